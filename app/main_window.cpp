// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/views.h"
#include "app/window_menus.h"
#include "widgets/actions/shortcut_editor.h"
#include "widgets/job/job_list.h"
#include "widgets/log/job_log.h"
#include "widgets/log/log_view.h"
#include "widgets/pipeline/pipeline_bar.h"
#include "widgets/project/project_summary.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/theme.h"
#include "widgets/view/view.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace palimpsest {

namespace {

constexpr int kTextStep = 10; // per cent
const QString kThemeKey = QStringLiteral("look/theme");
const QString kTextSizeKey = QStringLiteral("look/textSize");

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
    return StageLook::Unknown;
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QStringList stageNameList()
{
    QStringList names;
    for (const Stage stage : kStages)
        names << textOf(toString(stage));
    return names;
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

MainWindow::MainWindow(QSettings& settings, ThemeSwitch& themes, QWidget* parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_themes(themes)
{
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    resize(1280, 800);
    // The log and the jobs have the whole width below, as in the wireframe.
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    makeCentre();
    makeDocks();

    makeMenus(*this, m_actions, makeViewActions(), makePaneActions());
    addToolBarBreak();
    auto* const pipelineTools = new QToolBar(tr("Pipeline"), this);
    pipelineTools->setObjectName(QStringLiteral("pipeline"));
    pipelineTools->setMovable(false);
    pipelineTools->toggleViewAction()->setEnabled(false); // without it one is lost
    m_pipeline = new PipelineBar(stageNameList());
    m_pipeline->addActions({ m_actions.runStage, m_actions.runUpTo, m_actions.runAll, m_actions.cancel });
    pipelineTools->addWidget(m_pipeline);
    addToolBar(pipelineTools);
    for (const ActionRegistry::Entry& entry : m_registry.entries())
        addAction(entry.action); // shortcuts act also where no menu or tool bar has them
    statusBar();

    connectActions();
    connectSession();
    new JobLog(m_session.jobs(), m_log, this);
    m_layout = std::make_unique<WindowLayout>(*this);
    readSettings();
    showProject();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre()
{
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_note->setMargin(m_note->fontMetrics().height() / 3);
    m_note->hide();
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("views"));
    m_tabs->setDocumentMode(true);
    m_tabs->setMovable(true);
    m_views = makeViews(m_selection, m_tabs);
    for (View* view : m_views)
        m_tabs->addTab(view, view->title());
    m_centre = new EmptyPage(m_tabs);
    m_centre->setObjectName(QStringLiteral("centre"));

    auto* const centre = new QWidget;
    auto* const layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_centre, 1);
    setCentralWidget(centre);
}

QDockWidget* MainWindow::addDock(
    Qt::DockWidgetArea area, const QString& id, const QString& title, QWidget* content)
{
    auto* const dock = new QDockWidget(title, this);
    dock->setObjectName(QStringLiteral("dock.") + id);
    dock->setWidget(content);
    addDockWidget(area, dock);
    m_docks.push_back(dock);
    return dock;
}

void MainWindow::makeDocks()
{
    m_summary = new ProjectSummary;
    m_logView = new LogView(m_log);
    QDockWidget* const project
        = addDock(Qt::LeftDockWidgetArea, QStringLiteral("project"), tr("Project"), m_summary);
    QDockWidget* const jobs = addDock(
        Qt::BottomDockWidgetArea, QStringLiteral("jobs"), tr("Jobs"), new JobList(m_session.jobs()));
    m_logDock = addDock(Qt::BottomDockWidgetArea, QStringLiteral("log"), tr("Log"), m_logView);
    splitDockWidget(jobs, m_logDock, Qt::Horizontal);
    resizeDocks({ project }, { width() / 4 }, Qt::Horizontal);
    resizeDocks({ jobs, m_logDock }, { width() / 2, width() / 2 }, Qt::Horizontal);
    resizeDocks({ jobs }, { height() / 5 }, Qt::Vertical);
}

QList<QAction*> MainWindow::makeViewActions()
{
    QList<QAction*> actions;
    for (View* view : m_views) {
        const qsizetype number = actions.size() + 1;
        QAction* const action = m_registry.add(QStringLiteral("view.") + view->id(), tr("View"),
            view->title(), tr("Brings this view to the front"),
            number < 10 ? QList<QKeySequence> { QKeySequence(QStringLiteral("Ctrl+%1").arg(number)) }
                        : QList<QKeySequence> {});
        connect(action, &QAction::triggered, this, [this, view] {
            m_tabs->setCurrentWidget(view);
            view->setFocus(Qt::ShortcutFocusReason);
        });
        actions << action;
    }
    return actions;
}

QList<QAction*> MainWindow::makePaneActions()
{
    QList<QAction*> actions;
    for (QDockWidget* dock : m_docks) {
        QAction* const action
            = m_registry.add(QStringLiteral("window.show.") + dock->objectName().section(QLatin1Char('.'), 1),
                tr("Window"), dock->windowTitle(), tr("Shows or hides this part of the window"));
        QAction* const toggle = dock->toggleViewAction();
        action->setCheckable(true);
        action->setChecked(toggle->isChecked());
        connect(toggle, &QAction::toggled, action, &QAction::setChecked);
        connect(action, &QAction::triggered, dock, [dock](bool show) {
            dock->setVisible(show);
            if (show)
                dock->raise();
        });
        actions << action;
    }
    return actions;
}

void MainWindow::connectActions()
{
    connect(m_actions.open, &QAction::triggered, this, &MainWindow::chooseProject);
    connect(m_actions.reload, &QAction::triggered, &m_session, &Session::reload);
    connect(m_actions.close, &QAction::triggered, &m_session, &Session::close);
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);

    QUndoStack& edits = m_session.document().undoStack();
    connect(m_actions.undo, &QAction::triggered, &edits, &QUndoStack::undo);
    connect(m_actions.redo, &QAction::triggered, &edits, &QUndoStack::redo);
    connect(&edits, &QUndoStack::undoTextChanged, this, [this](const QString& text) {
        m_actions.undo->setText(text.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(text));
    });
    connect(&edits, &QUndoStack::redoTextChanged, this, [this](const QString& text) {
        m_actions.redo->setText(text.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(text));
    });
    connect(&edits, &QUndoStack::indexChanged, this, &MainWindow::updateActions);

    connect(m_actions.runAll, &QAction::triggered, this, [this] { m_session.runUpTo(); });
    connect(m_actions.runUpTo, &QAction::triggered, this, [this] {
        if (const auto stage = selectedStage())
            m_session.runUpTo(stage);
    });
    connect(m_actions.runStage, &QAction::triggered, this, [this] {
        if (const auto stage = selectedStage())
            m_session.runStage(*stage);
    });
    connect(m_actions.cancel, &QAction::triggered, &m_session, &Session::cancel);
    connect(m_pipeline, &PipelineBar::selectedChanged, this, &MainWindow::updateActions);

    connect(m_actions.clearSelection, &QAction::triggered, &m_selection, &Selection::clear);
    connect(m_actions.largerText, &QAction::triggered, this,
        [this] { setTextSize(m_themes.textSize() + kTextStep); });
    connect(m_actions.smallerText, &QAction::triggered, this,
        [this] { setTextSize(m_themes.textSize() - kTextStep); });
    connect(m_actions.normalText, &QAction::triggered, this, [this] { setTextSize(100); });
    for (const auto& [action, theme] : { std::pair(m_actions.systemTheme, Theme::System),
             std::pair(m_actions.lightTheme, Theme::Light), std::pair(m_actions.darkTheme, Theme::Dark) })
        connect(action, &QAction::triggered, this, [this, chosen = theme] {
            m_themes.setTheme(chosen);
            m_settings.setValue(kThemeKey, toString(chosen));
        });
    connect(m_actions.fullScreen, &QAction::triggered, this, [this](bool on) {
        setWindowState(on ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
    connect(m_actions.nextPane, &QAction::triggered, this, [this] { moveToPane(1); });
    connect(m_actions.previousPane, &QAction::triggered, this, [this] { moveToPane(-1); });
    connect(m_actions.filterLog, &QAction::triggered, this, [this] {
        m_logDock->show();
        m_logDock->raise();
        m_logView->focusFilter();
    });
    connect(m_actions.resetLayout, &QAction::triggered, this, [this] { m_layout->reset(); });
    connect(m_actions.shortcuts, &QAction::triggered, this, &MainWindow::editShortcuts);
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::loadingStarted, this, [this](const QString& folder) {
        if (!m_session.hasProject())
            m_centre->showHint(tr("Opening %1 …").arg(folder));
        m_log.add(LogLevel::Info, tr("Opening %1").arg(folder));
    });
    connect(&m_session, &Session::projectChanged, this, &MainWindow::showProject);
    connect(&m_session, &Session::statesChanged, this, &MainWindow::showStates);
    connect(&m_session, &Session::resultsChanged, this, &MainWindow::showResults);
    connect(&m_session, &Session::loadFailed, this, [this](const Error& error) {
        const QString text = QString::fromStdString(error.text());
        m_log.add(LogLevel::Error, tr("Not opened: %1").arg(text));
        if (m_session.hasProject())
            setProblem(text); // what was open stays
        else
            m_centre->showHint(tr("The project cannot be opened.\n\n%1").arg(text));
    });
    connect(&m_session, &Session::runningStageChanged, m_pipeline, &PipelineBar::setRunning);
    connect(&m_session, &Session::progressChanged, m_pipeline, &PipelineBar::setProgress);
    connect(&m_session, &Session::jobBegun, this, [this] {
        for (View* view : m_views)
            view->beginJob();
    });
    connect(&m_session, &Session::samplesArrived, this, [this](const std::vector<Sample>& samples) {
        for (View* view : m_views)
            view->addSamples(samples);
    });
    connect(&m_session.document(), &RecipeDocument::recipeChanged, this, [this] {
        for (View* view : m_views)
            view->setRecipe(m_session.document().recipe());
        m_summary->setProject(
            m_session.document().recipe(), QString::fromStdString(m_session.folder().string()));
    });
    for (View* view : m_views) {
        connect(view, &View::settingEdited, this, [this](const QString& path, const QString& value) {
            const Status edited = m_session.document().set(path, value);
            setProblem(edited ? QString() : QString::fromStdString(edited.error().text()));
        });
        connect(view, &View::statusChanged, this,
            [this](const QString& text) { statusBar()->showMessage(text); });
    }
    JobQueue& jobs = m_session.jobs();
    connect(&jobs, &JobQueue::jobStarted, this, &MainWindow::updateActions);
    connect(&jobs, &JobQueue::jobEnded, this, [this](int job) {
        const JobEntry& ended = *m_session.jobs().find(job);
        if (ended.state == JobState::Failed)
            setProblem(tr("The job failed: %1").arg(QString::fromStdString(ended.error.text())));
        updateActions();
    });
    connect(&jobs, &JobQueue::rowsInserted, this, &MainWindow::updateActions);
    connect(&jobs, &JobQueue::busyChanged, this, [this](bool busy) {
        updateActions();
        if (busy)
            setProblem({});
        else if (m_closeWhenIdle)
            close();
    });
}

void MainWindow::readSettings()
{
    m_registry.load(m_settings);
    m_layout->restore(m_settings);
    const Theme theme = themeFromString(m_settings.value(kThemeKey).toString()).value_or(Theme::System);
    m_themes.setTheme(theme);
    (theme == Theme::System         ? m_actions.systemTheme
            : theme == Theme::Light ? m_actions.lightTheme
                                    : m_actions.darkTheme)
        ->setChecked(true);
    m_themes.setTextSize(m_settings.value(kTextSizeKey, 100).toInt());
}

void MainWindow::setTextSize(int percent)
{
    m_themes.setTextSize(percent);
    m_settings.setValue(kTextSizeKey, m_themes.textSize());
    statusBar()->showMessage(tr("Text size: %1 %").arg(m_themes.textSize()), 3000);
}

void MainWindow::moveToPane(int step)
{
    std::vector<QWidget*> panes { m_pipeline, centralWidget() };
    for (QDockWidget* dock : m_docks) {
        if (dock->isVisible() && !dock->visibleRegion().isEmpty())
            panes.push_back(dock->widget());
    }
    const QWidget* const focus = QApplication::focusWidget();
    const auto current = std::find_if(panes.begin(), panes.end(), [&](const QWidget* pane) {
        return focus != nullptr && (pane == focus || pane->isAncestorOf(focus));
    });
    const auto count = static_cast<std::ptrdiff_t>(panes.size());
    std::ptrdiff_t place = current == panes.end() ? (step > 0 ? -1 : 0) : current - panes.begin();
    for (std::ptrdiff_t tried = 0; tried < count; ++tried) {
        place = (place + step + count) % count;
        for (QWidget* inside : panes[static_cast<std::size_t>(place)]->findChildren<QWidget*>()) {
            if (inside->isVisible() && inside->isEnabled() && (inside->focusPolicy() & Qt::TabFocus) != 0) {
                inside->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
}

void MainWindow::editShortcuts()
{
    auto* const editor = new ShortcutEditor(m_registry, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &QDialog::finished, this, [this] { m_registry.save(m_settings); });
    editor->open();
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

void MainWindow::showView(const QString& id)
{
    for (View* view : m_views) {
        if (view->id() == id)
            m_tabs->setCurrentWidget(view);
    }
}

void MainWindow::showProject()
{
    m_selection.clear();
    m_problem.clear();
    if (m_session.hasProject()) {
        setWindowTitle(tr("%1 – Palimpsest").arg(QString::fromStdString(m_session.document().recipe().name)));
        m_centre->showContent();
    } else {
        setWindowTitle(tr("Palimpsest"));
        m_centre->showHint(
            tr("No project is open.\n\nOpen a project folder with Ctrl+O, or drop one here.\nA first "
               "one is made by: palimpsest new FOLDER --sample quickstart"));
    }
    showStates();
    showResults();
}

void MainWindow::showStates()
{
    std::vector<StageRow> rows;
    for (const StageStatus& status : m_session.states().stages)
        rows.push_back(
            { textOf(toString(status.stage)), lookOf(status.state), QString::fromStdString(status.reason),
                static_cast<int>(status.partsDone), static_cast<int>(status.partCount) });
    m_pipeline->setStages(rows);
    showNote();
    updateActions();
}

void MainWindow::showResults()
{
    for (View* view : m_views)
        view->setResults(m_session.results().results);
    showNote();
}

void MainWindow::setProblem(const QString& text)
{
    m_problem = text;
    showNote();
}

void MainWindow::showNote()
{
    const ShownResults& results = m_session.results();
    QStringList sentences;
    if (!m_problem.isEmpty())
        sentences << m_problem;
    if (!m_session.states().problem.empty())
        sentences << QString::fromStdString(m_session.states().problem);
    if (!results.problem.empty())
        sentences << QString::fromStdString(results.problem);
    if (results.results && !results.isCurrent)
        sentences << tr(
            "Results of the earlier run %1: the recipe has changed since. F5 brings them up to date.")
                         .arg(QString::fromStdString(results.results->run));
    m_note->setText(sentences.join(QLatin1Char('\n')));
    m_note->setVisible(!sentences.isEmpty());
}

std::optional<Stage> MainWindow::selectedStage() const
{
    return stageFromString(m_pipeline->selected().toStdString());
}

void MainWindow::updateActions()
{
    const bool hasProject = m_session.hasProject();
    const bool canRun = hasProject && m_session.states().problem.empty();
    m_actions.reload->setEnabled(hasProject);
    m_actions.close->setEnabled(hasProject);
    m_actions.undo->setEnabled(m_session.document().undoStack().canUndo());
    m_actions.redo->setEnabled(m_session.document().undoStack().canRedo());
    m_actions.runAll->setEnabled(canRun);
    m_actions.runUpTo->setEnabled(canRun && selectedStage());
    m_actions.runStage->setEnabled(canRun && selectedStage());
    m_actions.cancel->setEnabled(m_session.isRunning());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_session.jobs().isBusy()) {
        event->ignore();
        if (!m_closeWhenIdle)
            askBeforeClosing();
        return;
    }
    m_layout->save(m_settings);
    m_registry.save(m_settings);
    event->accept();
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
        m_session.jobs().cancelAll();
        if (!m_session.jobs().isBusy())
            close(); // it ended while the question was open
    });
    box->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedFolder(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_session.open(droppedFolder(event->mimeData()).toStdString());
}

} // namespace palimpsest
