// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/add_task_dialog.h"

#include "core/data/recognise.h"
#include "core/project/recipe.h"
#include "widgets/project/path_field.h"
#include "widgets/project/problem_label.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/setting_text.h"
#include "widgets/project/task_preview.h"
#include "widgets/worker/newest_task.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

const SettingInfo& infoOf(const std::string& path)
{
    static const std::vector<SettingInfo> settings = recipeSettings();
    return *std::find_if(
        settings.begin(), settings.end(), [&](const SettingInfo& info) { return info.path == path; });
}

} // namespace

AddTaskDialog::AddTaskDialog(RecipeDocument& document, PreviewReaders readers, QList<KnownData> known,
    const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_known(std::move(known))
    , m_folder(folder)
    , m_recognition(new NewestTask(this))
{
    setWindowTitle(tr("Add a task"));
    const QString dataRoot = QString::fromStdString(document.recipe().dataRoot);
    m_base = dataRoot.isEmpty() ? folder : QDir(folder).absoluteFilePath(dataRoot);
    m_preview = new TaskPreview(std::move(readers));
    m_preview->clear(tr("Choose a network and its data: what they hold is shown here."));
    m_problem = new ProblemLabel;
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_add = buttons->addButton(tr("&Add"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &AddTaskDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* const fields = new QWidget;
    auto* const form = new QFormLayout(fields);
    form->setContentsMargins({});
    createFields(form);
    auto* const left = new QVBoxLayout;
    left->addWidget(fields);
    left->addWidget(m_problem);
    left->addStretch(1);
    auto* const top = new QHBoxLayout;
    top->addLayout(left, 1);
    top->addWidget(m_preview, 1);
    auto* const layout = new QVBoxLayout(this);
    layout->addLayout(top, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 140, fontMetrics().height() * 36);
    m_add->setDefault(true);
    m_network->setFocus();
    check();
}

void AddTaskDialog::createFields(QFormLayout* layout)
{
    const auto add = [&](const QString& label, QWidget* widget, QWidget* field, const QString& tip) {
        layout->addRow(label, widget);
        qobject_cast<QLabel*>(layout->labelForField(widget))->setBuddy(field);
        field->setToolTip(tip);
    };
    const auto tipOf = [](const char* path) { return settingToolTip(infoOf(path)); };
    m_network = new PathField(PathKind::ProjectFile);
    m_network->setObjectName(QStringLiteral("network"));
    m_network->setBaseFolder(m_folder);
    add(tr("Net&work:"), m_network, m_network->line(), tipOf("tasks[].network"));
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("taskName"));
    add(tr("&Name:"), m_name, m_name, tipOf("tasks[].name"));
    m_set = new QComboBox;
    m_set->setObjectName(QStringLiteral("knownData"));
    m_set->addItem(tr("Own files"));
    for (const KnownData& known : m_known)
        m_set->addItem(known.isPresent ? known.title : tr("%1 (not on this computer)").arg(known.title));
    add(tr("Data &set:"), m_set, m_set, tr("A data set that the program knows fills in the fields below."));
    m_data = new PathField(PathKind::DataPath);
    m_data->setObjectName(QStringLiteral("data"));
    m_data->setBaseFolder(m_base);
    add(tr("&Data:"), m_data, m_data->line(), tipOf("tasks[].data.path"));
    m_format = new QComboBox;
    m_format->setObjectName(QStringLiteral("format"));
    for (const std::string& format : infoOf("tasks[].data.format").choices)
        m_format->addItem(QString::fromStdString(format));
    add(tr("&Format:"), m_format, m_format, tipOf("tasks[].data.format"));
    m_test = new PathField(PathKind::DataFile);
    m_test->setBaseFolder(m_base);
    add(tr("&Test file:"), m_test, m_test->line(), tipOf("tasks[].data.test"));
    m_preprocess = new QLineEdit;
    m_preprocess->setObjectName(QStringLiteral("preprocess"));
    m_preprocess->setPlaceholderText(tr("For example: scale=255, standardise"));
    add(tr("&Preprocessing:"), m_preprocess, m_preprocess, tipOf("tasks[].preprocess"));

    connect(m_network, &PathField::edited, this, &AddTaskDialog::takeNetwork);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_isNameOwn = true; });
    connect(m_name, &QLineEdit::textChanged, this, &AddTaskDialog::check);
    connect(m_set, &QComboBox::activated, this, &AddTaskDialog::takeKnown);
    connect(m_data, &PathField::edited, this, &AddTaskDialog::takeData);
    connect(m_format, &QComboBox::currentIndexChanged, this, &AddTaskDialog::check);
    connect(m_test, &PathField::edited, this, &AddTaskDialog::check);
    connect(m_preprocess, &QLineEdit::textChanged, this, &AddTaskDialog::check);
}

void AddTaskDialog::setNetwork(const QString& file)
{
    m_network->choose(file);
}

void AddTaskDialog::setData(const QString& fileOrFolder)
{
    m_data->choose(fileOrFolder);
}

void AddTaskDialog::takeNetwork()
{
    const QString base = QFileInfo(m_network->path()).completeBaseName();
    if (!m_isNameOwn && !base.isEmpty())
        m_name->setText(m_document.freeTaskName(base));
    check();
}

void AddTaskDialog::takeData()
{
    m_set->setCurrentIndex(0);
    m_knownData = {};
    m_split = {};
    const QString path = QDir(m_base).absoluteFilePath(m_data->path());
    m_recognition->start([this, path](const std::stop_token&) -> NewestTask::Show {
        const Result<DataSettings> seen = recogniseData(path.toStdString());
        if (!seen)
            return {};
        return [this, format = QString::fromStdString(seen->format)] { m_format->setCurrentText(format); };
    });
    check();
}

void AddTaskDialog::takeKnown(int index)
{
    m_knownData = index > 0 ? m_known[index - 1].data : DataSettings {};
    m_split = index > 0 ? m_known[index - 1].split : SplitSettings {};
    if (index > 0) {
        m_data->setPath(QString::fromStdString(m_knownData.path));
        m_test->setPath(QString::fromStdString(m_knownData.test));
        m_format->setCurrentText(QString::fromStdString(m_knownData.format));
        if (!m_isNameOwn && m_name->text().isEmpty())
            m_name->setText(m_document.freeTaskName(m_known[index - 1].title.toLower()));
    }
    check();
}

TaskSettings AddTaskDialog::task() const
{
    TaskSettings task;
    task.name = m_name->text().trimmed().toStdString();
    task.network = m_network->path().trimmed().toStdString();
    task.data = m_knownData; // with what the fields do not show
    task.data.path = m_data->path().trimmed().toStdString();
    task.data.test = m_test->path().trimmed().toStdString();
    task.data.format = m_format->currentText().toStdString();
    task.split = m_split;
    for (const QString& step : m_preprocess->text().split(u',', Qt::SkipEmptyParts))
        task.preprocess.push_back(step.trimmed().toStdString());
    return task;
}

void AddTaskDialog::check()
{
    const TaskSettings settings = task();
    QString problem;
    if (settings.network.empty())
        problem = tr("Choose the file that describes the network.");
    else if (settings.data.path.empty())
        problem = tr("Choose the file or the folder of the data.");
    else
        problem = m_document.checkTask(settings);
    m_problem->setProblem(problem);
    m_add->setEnabled(problem.isEmpty());
    if (!settings.network.empty() || !settings.data.path.empty())
        m_preview->setTask(settings, m_folder, QString::fromStdString(m_document.recipe().dataRoot));
}

void AddTaskDialog::accept()
{
    const Status status = m_document.addTask(task());
    if (!status) {
        m_problem->setProblem(sentence(QString::fromStdString(status.error().message)));
        return;
    }
    m_added = static_cast<int>(m_document.recipe().tasks.size()) - 1;
    QDialog::accept();
}

} // namespace palimpsest
