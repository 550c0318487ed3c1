// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/import/data_page.h"

#include "core/data/recognise.h"
#include "core/project/recipe.h"
#include "widgets/import/import_text.h"
#include "widgets/project/path_field.h"
#include "widgets/project/problem_label.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/samples_view.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/text.h"
#include "widgets/worker/newest_task.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>
#include <utility>

namespace palimpsest {

namespace {

std::vector<std::string> dataFormats()
{
    for (const SettingInfo& info : recipeSettings())
        if (info.path == "tasks[].data.format")
            return info.choices;
    return {};
}

/// Letters and digits alone, small: names that differ by their spelling are one.
QString plainName(const QString& name)
{
    QString plain;
    for (const QChar c : name)
        if (c.isLetterOrNumber())
            plain += c.toLower();
    return plain;
}

/// How much two names say that they mean the same: 0 nothing.
qsizetype likeness(const QString& a, const QString& b)
{
    constexpr qsizetype kLeast = 3; ///< letters that say something
    constexpr qsizetype kEqual = 1000;
    if (a == b && !a.isEmpty())
        return kEqual;
    const QString& shorter = a.size() < b.size() ? a : b;
    const QString& longer = a.size() < b.size() ? b : a;
    return shorter.size() >= kLeast && longer.contains(shorter) ? shorter.size() : 0;
}

} // namespace

DataPage::DataPage(const ImportEngine& engine, NewestTask& worker, const RecipeDocument& document,
    const QString& base, QWidget* parent)
    : ImportPage(parent)
    , m_engine(engine)
    , m_worker(worker)
    , m_document(document)
    , m_base(base)
{
    m_text = new QLabel;
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_samples = new SamplesView;
    auto* const area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(m_samples);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(createForm(base));
    layout->addWidget(m_text);
    layout->addWidget(area, 1);
    fillChoices({});
    take();
}

QWidget* DataPage::createForm(const QString& base)
{
    auto* const fields = new QWidget;
    m_form = new QFormLayout(fields);
    m_form->setContentsMargins({});
    const auto add = [this](const QString& label, QWidget* widget, QWidget* field, const char* name,
                         const QString& tip) {
        m_form->addRow(label, widget);
        qobject_cast<QLabel*>(m_form->labelForField(widget))->setBuddy(field);
        field->setObjectName(QLatin1String(name));
        field->setToolTip(tip);
    };
    m_box = new QComboBox;
    m_fetch = new QPushButton(tr("&Get it …"));
    m_fetch->setObjectName(QStringLiteral("importFetch"));
    m_fetch->setToolTip(tr("Opens the catalogue of data sets: it says what the data are and what their "
                           "licence asks, and fetches them."));
    auto* const row = new QWidget;
    auto* const rowLayout = new QHBoxLayout(row);
    rowLayout->setContentsMargins({});
    rowLayout->addWidget(m_box, 1);
    rowLayout->addWidget(m_fetch);
    add(tr("&Data:"), row, m_box, "importData",
        tr("The samples that the network was trained for: from a task of this project, a set that the "
           "program knows, or your own."));
    m_path = new PathField(PathKind::DataPath);
    m_path->setBaseFolder(base);
    add(tr("File or f&older:"), m_path, m_path->line(), "importDataPath",
        tr("idx, npz, HDF5, MATLAB, csv or ts files, CIFAR's batches, or a folder with a folder of pictures "
           "or sounds for each class."));
    m_format = new QComboBox;
    for (const std::string& format : dataFormats())
        m_format->addItem(QString::fromStdString(format));
    add(tr("F&ormat:"), m_format, m_format, "importDataFormat",
        tr("How the files are read; it is seen from their names."));
    m_test = new PathField(PathKind::DataPath);
    m_test->setBaseFolder(base);
    m_test->line()->setPlaceholderText(tr("Where it is apart from the training data"));
    add(tr("&Test data:"), m_test, m_test->line(), "importDataTest",
        tr("The file or folder of the test split, where the first one holds training data alone. It is not "
           "read here."));
    m_problem = new ProblemLabel;
    m_form->addRow(QString(), m_problem);

    connect(m_box, &QComboBox::activated, this, &DataPage::take);
    connect(m_path, &PathField::finished, this, &DataPage::takeFiles);
    connect(m_format, &QComboBox::activated, this, &DataPage::take);
    connect(m_test, &PathField::finished, this, &DataPage::take);
    connect(m_fetch, &QPushButton::clicked, this, [this] {
        const Choice chosen = choice();
        if (chosen.kind == Choice::Kind::Known)
            Q_EMIT fetchRequested(m_known.at(chosen.index).title);
    });
    return fields;
}

QString DataPage::title() const
{
    return tr("Data");
}

QString DataPage::explanation() const
{
    return tr("The data that the network was trained for. Palimpsest trains the shared pages on them, so it "
              "needs their training "
              "samples; the test split is read by the stage evaluate alone.");
}

void DataPage::enter()
{
    m_box->setFocus();
    if (!m_isGood && !m_worker.isBusy() && choice().kind != Choice::Kind::None)
        choice().kind == Choice::Kind::Files ? takeFiles() : take();
}

void DataPage::setNetwork(const SharedNetwork& network, const QString& file)
{
    if (network == m_network)
        return;
    m_network = network;
    if (choice().kind == Choice::Kind::None)
        chooseLikely(file);
    else
        take(); // other classes may fit now
}

void DataPage::setKnownData(const QList<KnownData>& known)
{
    const Choice current = choice();
    m_known = known;
    fillChoices(current);
    if (current.kind == Choice::Kind::Known && !m_isGood)
        take(); // it may have been fetched
}

void DataPage::fillChoices(const Choice& current)
{
    const QSignalBlocker quiet(m_box);
    m_box->clear();
    m_choices.clear();
    const auto add = [&](const QString& text, const Choice& choice) {
        m_box->addItem(text);
        m_choices.push_back(choice);
        if (choice.kind == current.kind && choice.index == current.index)
            m_box->setCurrentIndex(m_box->count() - 1);
    };
    const auto divide = [&] {
        m_box->insertSeparator(m_box->count());
        m_choices.push_back({});
    };
    add(tr("Choose …"), {});
    add(tr("Own files"), { Choice::Kind::Files, 0 });
    const std::vector<TaskSettings>& tasks = m_document.recipe().tasks;
    if (!tasks.empty())
        divide();
    for (int i = 0; i < static_cast<int>(tasks.size()); ++i)
        add(tr("As the task %1").arg(QString::fromStdString(tasks[static_cast<std::size_t>(i)].name)),
            { Choice::Kind::Task, i });
    if (!m_known.isEmpty())
        divide();
    for (int i = 0; i < m_known.size(); ++i)
        add(m_known[i].isPresent ? m_known[i].title
                                 : tr("%1 (not on this computer yet)").arg(m_known[i].title),
            { Choice::Kind::Known, i });
}

DataPage::Choice DataPage::choice() const
{
    const int index = m_box->currentIndex();
    return index < 0 ? Choice {} : m_choices[static_cast<std::size_t>(index)];
}

void DataPage::choose(Choice::Kind kind, int index)
{
    for (std::size_t i = 0; i < m_choices.size(); ++i)
        if (m_choices[i].kind == kind && m_choices[i].index == index)
            m_box->setCurrentIndex(static_cast<int>(i));
    take();
}

void DataPage::chooseTask(int task)
{
    choose(Choice::Kind::Task, task);
}

void DataPage::chooseKnown(int known)
{
    choose(Choice::Kind::Known, known);
}

void DataPage::chooseFiles(const QString& fileOrFolder)
{
    {
        const QSignalBlocker quiet(m_path); // choose() below takes it
        m_path->choose(fileOrFolder);
    }
    choose(Choice::Kind::Files, 0);
    takeFiles();
}

void DataPage::chooseLikely(const QString& file)
{
    const QString name = plainName(QFileInfo(file).baseName());
    qsizetype most = 0;
    Choice best;
    const auto offer = [&](const QString& other, const Choice& choice) {
        if (const qsizetype is = likeness(name, plainName(other)); is > most) {
            most = is;
            best = choice;
        }
    };
    const std::vector<TaskSettings>& tasks = m_document.recipe().tasks;
    for (int i = 0; i < static_cast<int>(tasks.size()); ++i)
        offer(QString::fromStdString(tasks[static_cast<std::size_t>(i)].name), { Choice::Kind::Task, i });
    // Also what is not on this computer: Fashion-MNIST is no answer to a network called mnist.
    for (int i = 0; i < m_known.size(); ++i)
        offer(m_known[i].title, { Choice::Kind::Known, i });
    if (most > 0)
        choose(best.kind, best.index);
}

void DataPage::takeFiles()
{
    if (m_path->path().trimmed().isEmpty()) {
        take();
        return;
    }
    const QString path = QDir(m_base).absoluteFilePath(m_path->path().trimmed());
    m_text->setText(tr("Looking what it is …"));
    m_worker.start([this, path](const std::stop_token&) -> NewestTask::Show {
        const Result<DataSettings> seen = recogniseData(path.toStdString());
        return [this, seen, path] {
            if (seen) {
                m_format->setCurrentText(QString::fromStdString(seen->format));
                take();
            } else {
                reject(sentenceOf(seen.error(), path));
            }
        };
    });
}

void DataPage::take()
{
    const Choice chosen = choice();
    const bool isFiles = chosen.kind == Choice::Kind::Files;
    m_form->setRowVisible(m_path, isFiles);
    const bool isNamed = isFiles && !m_path->path().trimmed().isEmpty();
    m_form->setRowVisible(m_format, isNamed);
    m_form->setRowVisible(m_test, isNamed);
    const bool isMissing = chosen.kind == Choice::Kind::Known && !m_known.at(chosen.index).isPresent;
    m_fetch->setVisible(isMissing);
    m_task.data = {};
    m_task.split = {};
    m_task.preprocess.clear();
    switch (chosen.kind) {
    case Choice::Kind::None:
        reject({});
        m_text->setText(tr("Choose the data: the first samples are shown here."));
        return;
    case Choice::Kind::Task: {
        const TaskSettings& other = m_document.recipe().tasks.at(static_cast<std::size_t>(chosen.index));
        m_task.data = other.data;
        m_task.split = other.split;
        m_task.preprocess = other.preprocess;
        break;
    }
    case Choice::Kind::Known: {
        const KnownData& known = m_known.at(chosen.index);
        if (isMissing) {
            reject(tr("%1 is not on this computer yet: get it, or choose other data.").arg(known.title));
            return;
        }
        m_task.data = known.data;
        m_task.split = known.split;
        break;
    }
    case Choice::Kind::Files:
        m_task.data.path = m_path->path().trimmed().toStdString();
        m_task.data.test = m_test->path().trimmed().toStdString();
        m_task.data.format = m_format->currentText().toStdString();
        if (m_task.data.path.empty()) {
            reject({});
            m_text->setText(tr("Choose a file or a folder, or drop it on its field."));
            m_path->setFocus();
            return;
        }
        break;
    }
    read();
}

void DataPage::read()
{
    m_isGood = false;
    m_problem->setProblem({});
    m_samples->setData({});
    m_text->setText(tr("Reading …"));
    Q_EMIT changed();
    TaskSettings task = m_task;
    task.preprocess.clear(); // shown as the files have them
    m_worker.start([this, read = m_engine.data, task](const std::stop_token& stop) -> NewestTask::Show {
        return [this, preview = read(task, stop)] { showData(preview); };
    });
}

void DataPage::showData(const Result<DataPreview>& preview)
{
    if (!preview) {
        reject(sentenceOf(preview.error(), QString::fromStdString(m_task.data.path)));
        return;
    }
    const std::int64_t count
        = std::accumulate(preview->classCounts.begin(), preview->classCounts.end(), std::int64_t { 0 });
    m_text->setText(tr("%1 training samples of shape %2 in %3 classes; here is one of each, then the next:")
                        .arg(countText(count), QString::fromStdString(toString(preview->sampleShape)),
                            countText(static_cast<std::int64_t>(preview->classCounts.size()))));
    m_samples->setData(*preview);
    const auto classes = static_cast<std::int64_t>(preview->classCounts.size());
    const std::int64_t outputs = m_network ? m_network->content.network.network.classes() : classes;
    m_isGood = outputs == classes;
    if (!m_isGood)
        m_problem->setProblem(tr("The network has %1 outputs, these data have %2 classes: choose the data "
                                 "that it was trained for.")
                                  .arg(countText(outputs), countText(classes)));
    Q_EMIT changed();
}

void DataPage::reject(const QString& problem)
{
    m_isGood = false;
    m_samples->setData({});
    m_text->setText({});
    m_problem->setProblem(problem);
    Q_EMIT changed();
}

QString DataPage::problem() const
{
    return m_problem->problem();
}

} // namespace palimpsest
