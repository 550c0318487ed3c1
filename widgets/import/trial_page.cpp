// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/import/trial_page.h"

#include "core/project/recipe.h"
#include "widgets/import/import_text.h"
#include "widgets/import/trial_model.h"
#include "widgets/project/problem_label.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/samples_view.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_view.h"
#include "widgets/worker/newest_task.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace palimpsest {

namespace {

constexpr int kTypingMs = 600;

QString wholePercent(double fraction)
{
    return QString::number(std::lround(fraction * 100.0));
}

} // namespace

TrialPage::TrialPage(
    const ImportEngine& engine, NewestTask& worker, const RecipeDocument& document, QWidget* parent)
    : ImportPage(parent)
    , m_engine(engine)
    , m_worker(worker)
    , m_document(document)
    , m_model(new TrialModel(this))
{
    auto* const row = new QHBoxLayout;
    row->addWidget(createFields(), 1);
    row->addSpacing(fontMetrics().averageCharWidth() * 2);
    row->addWidget(createResult(), 1);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(row);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(&m_typing, &QTimer::timeout, this, [this] { start(stepsFromText(m_steps->text())); });
}

QWidget* TrialPage::createFields()
{
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("importName"));
    m_name->setToolTip(tr("What the task is called in the project: letters, digits, - and _."));
    m_nameProblem = new ProblemLabel;
    m_steps = new QLineEdit;
    m_steps->setObjectName(QStringLiteral("importSteps"));
    m_steps->setPlaceholderText(tr("None: values as the files have them"));
    m_steps->setToolTip(tr(
        "How the samples were prepared when the network was trained: a list of steps such as scale=255, l2, "
        "standardise. They become part of the task and are applied wherever it is used."));
    m_problem = new ProblemLabel;
    m_common = new QPushButton(tr("T&ry the common ones"));
    m_common->setObjectName(QStringLiteral("importTryCommon"));
    m_common->setToolTip(
        tr("Tries the network with each way to prepare samples that is common, and takes the best."));
    m_table = new TableView;
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Ways to prepare the samples that were tried"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setToolTip(tr("A click takes the steps of the row."));

    auto* const fields = new QWidget;
    auto* const layout = new QVBoxLayout(fields);
    layout->setContentsMargins({});
    auto* const form = new QFormLayout;
    form->addRow(tr("&Name of the task:"), m_name);
    form->addRow(QString(), m_nameProblem);
    form->addRow(tr("&Preprocessing:"), m_steps);
    form->addRow(QString(), m_problem);
    layout->addLayout(form);
    layout->addWidget(m_common, 0, Qt::AlignRight);
    layout->addWidget(m_table, 1);

    connect(m_name, &QLineEdit::textEdited, this, [this] { m_isNameOwn = true; });
    connect(m_name, &QLineEdit::textChanged, this, &TrialPage::checkName);
    connect(m_steps, &QLineEdit::textEdited, this, [this] {
        clearTrial();
        m_typing.start();
    });
    connect(m_common, &QPushButton::clicked, this, &TrialPage::tryCommon);
    const auto takeRow = [this](const QModelIndex& index) {
        if (index.isValid())
            show(m_model->trial(index.row()));
    };
    connect(m_table, &QAbstractItemView::clicked, this, takeRow);
    connect(m_table, &QAbstractItemView::activated, this, takeRow);
    return fields;
}

QWidget* TrialPage::createResult()
{
    m_right = new QLabel;
    QFont large = m_right->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_right->setFont(large);
    m_right->setWordWrap(true);
    m_text = new QLabel;
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_samples = new SamplesView;
    auto* const area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(m_samples);
    auto* const result = new QWidget;
    auto* const layout = new QVBoxLayout(result);
    layout->setContentsMargins({});
    layout->addWidget(m_right);
    layout->addWidget(m_text);
    layout->addWidget(area, 1);
    return result;
}

QString TrialPage::title() const
{
    return tr("Try it");
}

QString TrialPage::explanation() const
{
    return tr(
        "The network on samples of the validation split. Few files say how samples were prepared for "
        "training, so the common "
        "ways are tried: many right predictions mean that file, data and preprocessing belong together.");
}

bool TrialPage::isComplete() const
{
    return m_trial.has_value() && m_nameProblem->problem().isEmpty() && !m_name->text().isEmpty();
}

void TrialPage::enter()
{
    if (!m_trial && !m_worker.isBusy() && m_problem->problem().isEmpty())
        start(m_steps->text().trimmed().isEmpty() ? std::nullopt
                                                  : std::optional(stepsFromText(m_steps->text())));
    m_steps->setFocus();
}

void TrialPage::setSubject(const SharedNetwork& network, const TaskSettings& task, const QString& file)
{
    if (network == m_network && task == m_subject)
        return;
    m_network = network;
    m_subject = task;
    m_trials.reset();
    m_model->setTrials({});
    m_steps->setText(stepsText(task.preprocess));
    if (!m_isNameOwn)
        m_name->setText(m_document.freeTaskName(QFileInfo(file).completeBaseName()));
    clearTrial();
    checkName();
}

void TrialPage::tryCommon()
{
    m_typing.stop();
    start(std::nullopt);
}

void TrialPage::setSteps(const QString& steps)
{
    m_steps->setText(steps);
    clearTrial();
    m_typing.start(0);
}

void TrialPage::setName(const QString& name)
{
    m_isNameOwn = true;
    m_name->setText(name);
}

TaskSettings TrialPage::task() const
{
    TaskSettings task = m_subject;
    task.name = m_name->text().trimmed().toStdString();
    if (m_trials)
        task.data = m_trials->data;
    task.preprocess = m_trial ? m_trial->steps : stepsFromText(m_steps->text());
    return task;
}

void TrialPage::start(const std::optional<std::vector<std::string>>& steps)
{
    if (!m_network)
        return;
    clearTrial();
    m_right->setText(tr("Trying …"));
    m_worker.start([this, tryOut = m_engine.tryOut, network = m_network, task = task(), steps](
                       const std::stop_token& stop) -> NewestTask::Show {
        return [this, trials = tryOut(*network, task, steps, stop), areCommon = !steps] {
            showTrials(trials, areCommon);
        };
    });
}

void TrialPage::showTrials(const Result<ImportTrials>& trials, bool areCommon)
{
    if (!trials) {
        clearTrial();
        showProblem(sentenceOf(trials.error(), QString::fromStdString(m_subject.data.path)));
        return;
    }
    m_trials = *trials;
    if (areCommon)
        m_model->setTrials(trials->trials);
    else
        m_model->add(trials->trials.front());
    m_table->fitColumns();
    show(trials->trials.front());
}

void TrialPage::show(const ImportTrial& trial)
{
    m_typing.stop();
    m_problem->setProblem({});
    m_trial = trial;
    m_steps->setText(stepsText(trial.steps));
    const QModelIndex row = m_model->index(m_model->find(trial.steps), 0);
    m_table->selectionModel()->setCurrentIndex(
        row, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    showResult(trial);
    DataPreview shown;
    shown.sampleShape = m_trials->sampleShape;
    shown.inputShape = m_trials->sampleShape;
    shown.classNames = m_trials->classNames;
    shown.samples = trial.shown;
    m_samples->setData(shown);
    Q_EMIT changed();
}

void TrialPage::showResult(const ImportTrial& trial)
{
    QStringList sentences;
    const auto classes = static_cast<double>(m_network->content.network.network.classes());
    if (trial.samples == 0) {
        m_right->setText(tr("Nothing to try yet"));
        sentences << tr(
            "The network has no weights: the stage train makes them. Shapes and classes fit the data.");
    } else {
        const auto share = static_cast<double>(trial.correct) / static_cast<double>(trial.samples);
        const ShareRange range = likelyShare(trial.correct, trial.samples);
        m_right->setText(m_trials->isValidation
                ? tr("%1 of %2 validation samples are right").arg(trial.correct).arg(trial.samples)
                : tr("%1 of %2 training samples are right").arg(trial.correct).arg(trial.samples));
        if (share - 1.0 / classes < 0.1 && range.low < 1.5 / classes)
            sentences << tr("That is hardly more than a guess among %1 classes, which is right in %2 %: the "
                            "preprocessing or the "
                            "data are others than in training.")
                             .arg(static_cast<int>(classes))
                             .arg(wholePercent(1.0 / classes));
        else
            sentences << tr(
                "On many such samples it would be right in %1 to %2 %; a guess among %3 classes in %4 %.")
                             .arg(wholePercent(range.low), wholePercent(range.high))
                             .arg(static_cast<int>(classes))
                             .arg(wholePercent(1.0 / classes));
        sentences << tr("The stage evaluate tells the accuracy on the test split.");
    }
    if (!m_trials->adapted.empty())
        sentences << QString::fromStdString(m_trials->adapted);
    if (!trial.shown.empty())
        sentences << tr("Below each sample: its true class, then what the network says.");
    m_text->setText(sentences.join(QLatin1Char(' ')));
}

void TrialPage::clearTrial()
{
    m_trial.reset();
    m_problem->setProblem({});
    m_right->setText({});
    m_text->setText({});
    m_samples->setData({});
    Q_EMIT changed();
}

void TrialPage::checkName()
{
    TaskSettings wanted = task();
    wanted.network = "networks/" + wanted.name + ".json"; // it gets one when it is added
    m_nameProblem->setProblem(wanted.data.path.empty() ? QString() : m_document.checkTask(wanted));
    Q_EMIT changed();
}

void TrialPage::showProblem(const QString& problem)
{
    m_problem->setProblem(problem);
}

QString TrialPage::problem() const
{
    return m_problem->problem().isEmpty() ? m_nameProblem->problem() : m_problem->problem();
}

QString TrialPage::result() const
{
    return m_right->text();
}

} // namespace palimpsest
