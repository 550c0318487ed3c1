// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "widgets/job/job_bar.h"
#include "widgets/models/accuracy_model.h"
#include "widgets/models/memory_model.h"
#include "widgets/models/stage_model.h"
#include "widgets/pagemap/page_map_panel.h"
#include "widgets/project/project_summary.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/table_view.h"

#include <QAction>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStyle>
#include <QTabWidget>
#include <QTime>
#include <QToolBar>
#include <QVBoxLayout>

namespace palimpsest {

namespace {

constexpr int kLogLines = 10'000;

StageLook lookOf(StageState state)
{
    switch (state) {
    case StageState::Waiting:
        return StageLook::Waiting;
    case StageState::Ready:
        return StageLook::Ready;
    case StageState::Stale:
        return StageLook::Stale;
    case StageState::Failed:
        return StageLook::Failed;
    case StageState::Done:
        return StageLook::Done;
    }
    return StageLook::Waiting;
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The folder that a drop names: the folder itself, or the one that holds a dropped project.json.
QString droppedFolder(const QMimeData* data)
{
    if (!data->hasUrls() || data->urls().size() != 1)
        return {};
    const QFileInfo file(data->urls().constFirst().toLocalFile());
    if (file.isDir())
        return file.absoluteFilePath();
    return file.fileName() == QStringLiteral("project.json") ? file.absolutePath() : QString();
}

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent)
    , m_stageModel(new StageModel(this))
    , m_accuracyModel(new AccuracyModel(this))
    , m_memoryModel(new MemoryModel(this))
{
    setAcceptDrops(true);
    resize(1280, 800); // before the pages, which share it out
    createActions();
    m_pages = new EmptyPage(createProjectPage(), this);
    m_pages->showHint(tr("No project is open.\n\nOpen a project folder with Ctrl+O, or drop one here.\nA "
                         "first one is made by: "
                         "palimpsest new FOLDER --sample quickstart"));
    setCentralWidget(m_pages);

    connect(&m_session, &Session::loadingStarted, this, [this](const QString& folder) {
        if (!m_session.snapshot())
            m_pages->showHint(tr("Opening %1 …").arg(folder));
        log(tr("Opening %1").arg(folder));
    });
    connect(&m_session, &Session::snapshotChanged, this, &MainWindow::showSnapshot);
    connect(&m_session, &Session::loadFailed, this, &MainWindow::showLoadError);
    connect(&m_session, &Session::runningStageChanged, this, [this](const QString& stage) {
        m_runningStage = stage;
        m_stageModel->setRunning(stage);
    });
    JobRunner& jobs = m_session.jobs();
    connect(&jobs, &JobRunner::messagesArrived, this,
        [this](const QStringList& messages) { log(messages.join(QLatin1Char('\n'))); });
    connect(&jobs, &JobRunner::failed, this,
        [this](const Error& error) { log(tr("Failed: %1").arg(QString::fromStdString(error.text()))); });
    connect(&jobs, &JobRunner::stateChanged, this, [this](JobRunner::State state) {
        updateActions();
        if (state == JobRunner::State::Finished)
            log(tr("The run is done."));
        else if (state == JobRunner::State::Canceled)
            log(tr("The run was canceled. Results of stages that are done are kept."));
        if (m_closeWhenIdle && !m_session.jobs().isBusy())
            close();
    });
    updateActions();
}

void MainWindow::createActions()
{
    const auto add = [this](const QString& text, const QString& tip, const QKeySequence& key,
                         QStyle::StandardPixmap icon) {
        auto* action = new QAction(style()->standardIcon(icon), text, this);
        action->setToolTip(
            key.isEmpty() ? tip : tr("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
        action->setShortcut(key);
        return action;
    };
    m_open = add(tr("&Open …"), tr("Open a project folder"), QKeySequence::Open, QStyle::SP_DirOpenIcon);
    m_reload = add(tr("&Read again"), tr("Read the recipe and the results again"), Qt::CTRL | Qt::Key_R,
        QStyle::SP_BrowserReload);
    m_run = add(tr("&Run"), tr("Run every stage that is not done"), Qt::Key_F5, QStyle::SP_MediaPlay);
    m_runUntil = add(tr("Run &up to the selected stage"),
        tr("Run what the selected stage needs, and the stage itself"), Qt::SHIFT | Qt::Key_F5,
        QStyle::SP_MediaSkipForward);
    m_cancel = add(tr("&Cancel"), tr("Cancel the running job; what is done is kept"),
        Qt::CTRL | Qt::Key_Period, QStyle::SP_MediaStop);
    m_open->setObjectName(QStringLiteral("open"));
    m_run->setObjectName(QStringLiteral("run"));
    m_runUntil->setObjectName(QStringLiteral("runUntil"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    auto* quit = new QAction(tr("&Quit"), this);
    quit->setShortcut(QKeySequence::Quit);

    QMenu* const project = menuBar()->addMenu(tr("&Project"));
    project->addActions({ m_open, m_reload });
    project->addSeparator();
    project->addAction(quit);
    menuBar()->addMenu(tr("&Run"))->addActions({ m_run, m_runUntil, m_cancel });
    QToolBar* const bar = addToolBar(tr("Tools"));
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu); // it would offer to hide the only tool bar
    bar->addActions({ m_open, m_reload, m_run, m_runUntil, m_cancel });

    connect(m_open, &QAction::triggered, this, &MainWindow::chooseProject);
    connect(m_reload, &QAction::triggered, &m_session, &Session::reload);
    connect(m_run, &QAction::triggered, this, [this] { m_session.run(); });
    connect(m_runUntil, &QAction::triggered, this, [this] {
        if (const auto stage = selectedStage())
            m_session.run(stage);
    });
    connect(m_cancel, &QAction::triggered, &m_session.jobs(), &JobRunner::cancel);
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

QWidget* MainWindow::createProjectPage()
{
    m_summary = new ProjectSummary;
    m_stages = new TableView;
    m_stages->setObjectName(QStringLiteral("stages"));
    m_stages->setAccessibleName(tr("Stages of the pipeline"));
    m_stages->setModel(m_stageModel);
    connect(
        m_stages->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MainWindow::updateActions);
    auto* const left = new QSplitter(Qt::Vertical);
    left->addWidget(m_summary);
    left->addWidget(m_stages);
    left->setStretchFactor(1, 1);

    m_log = new QPlainTextEdit;
    m_log->setReadOnly(true);
    m_log->setMaximumBlockCount(kLogLines);
    m_log->setAccessibleName(tr("Log"));
    auto* const jobs = new QWidget;
    auto* const jobsLayout = new QVBoxLayout(jobs);
    jobsLayout->setContentsMargins({});
    jobsLayout->addWidget(new JobBar(m_session.jobs()));
    jobsLayout->addWidget(m_log, 1);

    auto* const right = new QSplitter(Qt::Vertical);
    right->addWidget(createResults());
    right->addWidget(jobs);
    right->setStretchFactor(0, 4);
    right->setStretchFactor(1, 1);
    auto* const whole = new QSplitter;
    whole->addWidget(left);
    whole->addWidget(right);
    whole->setStretchFactor(0, 2);
    whole->setStretchFactor(1, 5);
    for (QSplitter* splitter : { left, right, whole })
        splitter->setChildrenCollapsible(false);
    whole->setSizes({ width() / 4, width() * 3 / 4 });
    left->setSizes({ height() * 2 / 5, height() * 3 / 5 });
    return whole;
}

QWidget* MainWindow::createResults()
{
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
    m_note->setMargin(m_note->fontMetrics().height() / 3);
    m_note->hide();
    m_accuracy = new TableView;
    m_accuracy->setModel(m_accuracyModel);
    m_accuracy->horizontalHeader()->setStretchLastSection(false); // numbers in columns of equal width
    m_accuracy->setAccessibleName(tr("Accuracy of each task"));
    m_memory = new TableView;
    m_memory->setModel(m_memoryModel);
    m_memory->setAccessibleName(tr("Bytes of each part"));
    m_pageMap = new PageMapPanel;
    m_accuracyPage = new EmptyPage(m_accuracy);
    m_memoryPage = new EmptyPage(m_memory);
    m_pageMapPage = new EmptyPage(m_pageMap);

    auto* const tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(m_accuracyPage, tr("&Accuracy"));
    tabs->addTab(m_memoryPage, tr("&Memory"));
    tabs->addTab(m_pageMapPage, tr("Pa&ge map"));
    auto* const results = new QWidget;
    auto* const layout = new QVBoxLayout(results);
    layout->setContentsMargins({});
    layout->addWidget(m_note);
    layout->addWidget(tabs, 1);
    return results;
}

void MainWindow::chooseProject()
{
    auto* const dialog = new QFileDialog(this, tr("Open a project folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& folder) { m_session.open(folder.toStdString()); });
    dialog->open();
}

void MainWindow::showSnapshot()
{
    const ProjectSnapshot& snapshot = *m_session.snapshot();
    const QString folder = QString::fromStdString(snapshot.folder.string());
    setWindowTitle(tr("%1 – Palimpsest").arg(QString::fromStdString(snapshot.recipe.name)));
    m_summary->setProject(snapshot.recipe, folder);
    logFinishedStages(snapshot);
    std::vector<StageRow> rows;
    for (const StageStatus& status : snapshot.stages)
        rows.push_back(
            { textOf(toString(status.stage)), lookOf(status.state), QString::fromStdString(status.reason),
                static_cast<int>(status.partsDone), static_cast<int>(status.partCount) });
    m_stageModel->setStages(std::move(rows));
    m_stageModel->setRunning(m_runningStage);
    m_stages->fitColumns();

    const std::string note = snapshot.problem.empty() ? snapshot.resultsNote : snapshot.problem;
    m_note->setText(QString::fromStdString(note));
    m_note->setVisible(!note.empty());
    m_accuracyModel->setReport(snapshot.report);
    m_accuracy->fitColumns();
    m_memoryModel->setReport(snapshot.report);
    m_memory->fitColumns();
    m_pageMap->setPageMap(snapshot.pageMap);
    if (snapshot.report) {
        m_accuracyPage->showContent();
        m_memoryPage->showContent();
    } else {
        m_accuracyPage->showHint(
            tr("No accuracy yet.\n\nThe stage evaluate measures it. F5 runs every stage that is not done."));
        m_memoryPage->showHint(tr("No bytes are counted yet.\n\nThe stages place and evaluate do it. F5 runs "
                                  "every stage that is not done."));
    }
    if (snapshot.pageMap)
        m_pageMapPage->showContent();
    else
        m_pageMapPage->showHint(tr("No page map yet.\n\nThe stage match makes it. F5 runs every stage that "
                                   "is not done, Shift+F5 those up to the selected one."));
    m_pages->showContent();
    updateActions();
}

void MainWindow::logFinishedStages(const ProjectSnapshot& snapshot)
{
    // From the states, not from the job's progress: that is looked at 20 times a second, and short stages slip through.
    const bool sameProject
        = m_loggedFolder == snapshot.folder && m_loggedStages.size() == snapshot.stages.size();
    for (std::size_t i = 0; sameProject && i < snapshot.stages.size(); ++i) {
        const StageStatus& stage = snapshot.stages[i];
        if (stage.state == StageState::Done && m_loggedStages[i].state != StageState::Done)
            log(tr("%1: done").arg(textOf(toString(stage.stage))));
    }
    m_loggedFolder = snapshot.folder;
    m_loggedStages = snapshot.stages;
}

void MainWindow::showLoadError(const Error& error)
{
    const QString text = QString::fromStdString(error.text());
    log(tr("Not opened: %1").arg(text));
    if (m_session.snapshot()) {
        m_note->setText(text); // what was open stays
        m_note->show();
    } else {
        m_pages->showHint(tr("The project cannot be opened.\n\n%1").arg(text));
    }
    updateActions();
}

std::optional<Stage> MainWindow::selectedStage() const
{
    const QModelIndexList rows = m_stages->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return std::nullopt;
    return stageFromString(rows.constFirst().data().toString().toStdString());
}

void MainWindow::updateActions()
{
    const bool busy = m_session.jobs().isBusy();
    const bool hasProject = m_session.snapshot() != nullptr;
    m_open->setEnabled(!busy);
    m_reload->setEnabled(hasProject);
    m_run->setEnabled(hasProject && !busy);
    m_runUntil->setEnabled(hasProject && !busy && selectedStage().has_value());
    m_cancel->setEnabled(m_session.jobs().state() == JobRunner::State::Running);
}

void MainWindow::log(const QString& text)
{
    m_log->appendPlainText(QStringLiteral("%1  %2").arg(QTime::currentTime().toString(Qt::ISODate), text));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_session.jobs().isBusy()) {
        event->accept();
        return;
    }
    event->ignore();
    if (!m_closeWhenIdle)
        askBeforeClosing();
}

void MainWindow::askBeforeClosing()
{
    if (findChild<QMessageBox*>() != nullptr)
        return; // it is asked already
    auto* const box = new QMessageBox(QMessageBox::Question, tr("A job is running"),
        tr("A job is running. Cancel it and close? Results of stages that are done are kept."),
        QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* const closeButton
        = box->addButton(tr("Cancel the job and close"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Keep running"), QMessageBox::RejectRole));
    connect(closeButton, &QPushButton::clicked, this, [this] {
        m_closeWhenIdle = true;
        m_session.jobs().cancel();
        if (!m_session.jobs().isBusy())
            close(); // it ended while the question was open
    });
    box->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (m_open->isEnabled() && !droppedFolder(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_session.open(droppedFolder(event->mimeData()).toStdString());
}

} // namespace palimpsest
