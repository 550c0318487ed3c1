// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/compare_controller.h"
#include "app/device_picker.h"
#include "app/document/data_fetcher.h"
#include "app/document/data_preview.h"
#include "app/look_settings.h"
#include "app/pane_walk.h"
#include "app/project_what_if.h"
#include "app/stage_rows.h"
#include "app/tune_controller.h"
#include "app/views.h"
#include "app/window_docks.h"
#include "app/window_menus.h"
#include "widgets/actions/shortcut_editor.h"
#include "widgets/inspector/inspector.h"
#include "widgets/log/job_log.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/pagemap/page_items.h"
#include "widgets/pagemap/page_map_page.h"
#include "widgets/pipeline/pipeline_bar.h"
#include "widgets/project/dropped_project.h"
#include "widgets/project/settings_form.h"
#include "widgets/project/start_page.h"
#include "widgets/project/task_editor.h"
#include "widgets/results/result_strip.h"
#include "widgets/tune/tune_view.h"
#include "widgets/view/view.h"
#include "widgets/whatif/what_if_panel.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

using Kind = NoticeBar::Kind;

// Names of notices.
const QString kStates = QStringLiteral("states");
const QString kResults = QStringLiteral("results");
const QString kToRun = QStringLiteral("toRun");
const QString kJob = QStringLiteral("job");
const QString kEdit = QStringLiteral("edit");
const QString kLanguage = QStringLiteral("language");

constexpr int kStatusMs = 3000; ///< how long a passing sentence stays in the status line
const QString kDeviceKey = QStringLiteral("run/device");

} // namespace

MainWindow::MainWindow(QSettings& settings, ThemeSwitch& themes, QWidget* parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_notices(new NoticeBar)
    , m_commands(m_session, *m_notices, m_log, settings, *this)
    , m_exports(m_session, *m_notices, m_log, *this)
    , m_import(m_session, m_commands, *m_notices, *this)
{
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    resize(1280, 800);
    // The log and the jobs have the whole width below, as in the wireframe.
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    makeCentre();
    m_docks = std::make_unique<WindowDocks>(*this, m_session, m_selection, m_log);

    auto* const recent = new QMenu(tr("Open &recent"), this);
    m_commands.fillRecentMenu(*recent);
    m_device = new DevicePicker(m_settings.value(kDeviceKey).toString());
    makeMenus(*this, m_actions, makeViewActions(), m_docks->makeActions(m_registry), recent, m_device);
    addToolBarBreak();
    auto* const pipelineTools = new QToolBar(tr("Pipeline"), this);
    pipelineTools->setObjectName(QStringLiteral("pipeline"));
    pipelineTools->setMovable(false);
    pipelineTools->toggleViewAction()->setEnabled(false); // without it one is lost
    m_pipeline = new PipelineBar(allStageNames());
    m_pipeline->addActions({ m_actions.runStage, m_actions.runUpTo, m_actions.runAll, m_actions.cancel });
    pipelineTools->addWidget(m_pipeline);
    addToolBar(pipelineTools);
    for (const ActionRegistry::Entry& entry : m_registry.entries())
        addAction(entry.action); // shortcuts act also where no menu or tool bar has them
    statusBar();

    connectActions();
    connectSession();
    connectViews();
    connectImport();
    new JobLog(m_session.jobs(), m_log, this);
    auto* const looks = new LookSettings(m_actions, themes, m_settings, this);
    connect(looks, &LookSettings::statusChanged, this,
        [this](const QString& text) { statusBar()->showMessage(text, kStatusMs); });
    connect(looks, &LookSettings::languageChosen, this,
        [this](const QString& text) { m_notices->show(kLanguage, Kind::Info, text); });
    m_layout = std::make_unique<WindowLayout>(*this);
    m_layout->restore(m_settings);
    m_registry.load(m_settings);
    showProject();
}

MainWindow::~MainWindow()
{
    // They say more while they go, after what would show it: the document clears its undo stack.
    for (const QObject* source :
        { static_cast<const QObject*>(&m_session), static_cast<const QObject*>(&m_session.jobs()),
            static_cast<const QObject*>(&m_session.document()),
            static_cast<const QObject*>(&m_session.document().undoStack()) })
        disconnect(source, nullptr, this, nullptr);
}

void MainWindow::makeCentre()
{
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("views"));
    m_tabs->setDocumentMode(true);
    m_tabs->setMovable(true);
    m_views = makeViews(m_selection, m_tabs);
    for (View* view : m_views)
        m_tabs->addTab(view, view->title());
    m_start = new StartPage(m_commands.recent());
    m_centre = new QStackedWidget;
    m_centre->addWidget(m_start);
    m_strip = new ResultStrip;
    connect(m_strip, &ResultStrip::viewRequested, this, &MainWindow::showView);
    m_project = new QWidget;
    auto* const projectLayout = new QVBoxLayout(m_project);
    projectLayout->setContentsMargins({});
    projectLayout->setSpacing(0);
    projectLayout->addWidget(m_strip);
    projectLayout->addWidget(m_tabs, 1);
    m_centre->addWidget(m_project);

    auto* const centre = new QWidget;
    auto* const layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_notices);
    layout->addWidget(m_centre, 1);
    setCentralWidget(centre);
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

void MainWindow::connectActions()
{
    connect(m_actions.create, &QAction::triggered, &m_commands, &ProjectCommands::askNew);
    connect(m_actions.open, &QAction::triggered, &m_commands, &ProjectCommands::askOpen);
    connect(m_actions.save, &QAction::triggered, &m_commands, &ProjectCommands::save);
    connect(m_actions.reload, &QAction::triggered, this, [this] {
        m_session.file().reload();
        m_session.refresh(); // results may be other ones though the recipe is the same
    });
    connect(m_actions.close, &QAction::triggered, &m_commands, &ProjectCommands::closeProject);
    connect(m_actions.dataSets, &QAction::triggered, this, &MainWindow::showDataSets);
    connect(m_start, &StartPage::newRequested, &m_commands, &ProjectCommands::askNew);
    connect(m_start, &StartPage::openRequested, &m_commands, &ProjectCommands::askOpen);
    connect(m_start, &StartPage::projectChosen, &m_commands, &ProjectCommands::open);
    connect(m_actions.exportReport, &QAction::triggered, &m_exports, &ExportCommands::askReport);
    connect(m_actions.exportBundle, &QAction::triggered, &m_exports, &ExportCommands::askBundle);
    connect(m_actions.exportView, &QAction::triggered, this,
        [this] { m_exports.views().saveAs(*currentView()); });
    connect(m_actions.copyPicture, &QAction::triggered, this,
        [this] { m_exports.views().copyPicture(*currentView()); });
    connect(m_actions.copyData, &QAction::triggered, this,
        [this] { m_exports.views().copyData(*currentView()); });
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.helpHere, &QAction::triggered, &m_help, &WindowHelp::showHere);
    connect(m_actions.helpContents, &QAction::triggered, &m_help,
        [this] { m_help.showPage(QStringLiteral("index")); });
    connect(m_actions.about, &QAction::triggered, &m_help, &WindowHelp::showAbout);

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

    for (View* view : m_views) {
        auto* const map = qobject_cast<PageMapPage*>(view);
        if (map == nullptr)
            continue;
        connect(m_actions.find, &QAction::triggered, map, [this, map] {
            m_tabs->setCurrentWidget(map);
            map->focusSearch();
        });
        connect(m_actions.findNext, &QAction::triggered, map, [map] { map->findNext(true); });
        connect(m_actions.findPrevious, &QAction::triggered, map, [map] { map->findNext(false); });
    }
    connect(m_actions.selectionBack, &QAction::triggered, &m_docks->inspector(), &Inspector::goBack);
    connect(m_actions.selectionForward, &QAction::triggered, &m_docks->inspector(), &Inspector::goForward);
    connect(m_actions.clearSelection, &QAction::triggered, &m_selection, &Selection::clear);
    connect(m_actions.fullScreen, &QAction::triggered, this, [this](bool on) {
        setWindowState(on ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
    connect(m_actions.nextPane, &QAction::triggered, this, [this] { moveToPane(panes(), 1); });
    connect(m_actions.previousPane, &QAction::triggered, this, [this] { moveToPane(panes(), -1); });
    connect(m_actions.filterLog, &QAction::triggered, this, [this] { m_docks->filterLog(); });
    connect(m_actions.resetLayout, &QAction::triggered, this, [this] { m_layout->reset(); });
    connect(m_actions.shortcuts, &QAction::triggered, this, &MainWindow::editShortcuts);
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::projectChanged, this, &MainWindow::showProject);
    connect(&m_session, &Session::statesChanged, this, &MainWindow::showStates);
    connect(&m_session, &Session::resultsChanged, this, &MainWindow::showResults);
    connect(&m_session, &Session::runningStageChanged, m_pipeline, &PipelineBar::setRunning);
    connect(&m_session, &Session::progressChanged, m_pipeline, &PipelineBar::setProgress);
    connect(&m_session, &Session::runningChanged, this, &MainWindow::updateActions);
    connect(&m_session, &Session::runningChanged, this, &MainWindow::showWhatToRun);
    RecipeDocument& document = m_session.document();
    connect(&document, &RecipeDocument::dirtyChanged, this, &MainWindow::showTitle);
    connect(&document, &RecipeDocument::dirtyChanged, this, &MainWindow::updateActions);
    connect(&document, &RecipeDocument::recipeChanged, this, [this] {
        showTitle();
        for (View* view : m_views)
            view->setRecipe(m_session.document().recipe());
    });

    m_session.setDevice(m_device->device());
    connect(m_device, &DevicePicker::deviceChanged, &m_session, &Session::setDevice);
    connect(m_device, &DevicePicker::chosen, this,
        [this](const QString& device) { m_settings.setValue(kDeviceKey, device); });
    connect(m_device, &DevicePicker::cudaMissing, this, [this](const QString& reason) {
        m_log.add(LogLevel::Info, tr("Jobs run on the CPU: %1").arg(reason));
    });

    JobQueue& jobs = m_session.jobs();
    connect(&jobs, &JobQueue::jobStarted, this, [this] { m_notices->remove(kJob); });
    connect(&jobs, &JobQueue::jobEnded, this, [this](int job) {
        const JobEntry& ended = *m_session.jobs().find(job);
        if (ended.state == JobState::Failed)
            m_notices->show(
                kJob, Kind::Error, tr("%1: %2").arg(ended.title, QString::fromStdString(ended.error.text())));
    });
    connect(&jobs, &JobQueue::busyChanged, this, [this](bool busy) {
        if (!busy && m_closeWhenIdle)
            close();
    });
}

void MainWindow::connectViews()
{
    connect(&m_session, &Session::jobBegun, this, [this] {
        for (View* view : m_views)
            view->beginJob();
    });
    connect(&m_session, &Session::samplesArrived, this, [this](const std::vector<Sample>& samples) {
        for (View* view : m_views)
            view->addSamples(samples);
    });
    for (View* view : m_views) {
        connect(view, &View::settingEdited, this, [this](const QString& path, const QString& value) {
            showEdit(m_session.document().set(path, value));
        });
        connect(view, &View::statusChanged, this,
            [this](const QString& text) { statusBar()->showMessage(text); });
    }
    for (View* view : m_views)
        if (auto* const compare = qobject_cast<CompareView*>(view))
            m_compare = new CompareController(*compare, this);
    const auto take = [this](const QList<SettingEdit>& edits, const QString& text) {
        showEdit(m_session.document().set(edits, text));
    };
    for (View* view : m_views)
        if (auto* const tune = qobject_cast<TuneView*>(view)) {
            m_tune = new TuneController(m_session, *tune, *m_notices, *this);
            connect(tune, &TuneView::pointTaken, this, take);
            connect(m_tune, &TuneController::pointTaken, this, take);
            connect(m_tune, &TuneController::begun, tune, [this, tune] { m_tabs->setCurrentWidget(tune); });
            connect(m_actions.search, &QAction::triggered, m_tune, [this] { m_tune->ask(std::nullopt); });
        }
    const auto listRuns = [this] {
        m_compare->setProject(m_session.hasProject() ? m_session.folder() : std::filesystem::path());
    };
    connect(&m_session, &Session::projectChanged, this, listRuns);
    connect(&m_session, &Session::resultsChanged, this, listRuns);
    new ProjectWhatIf(m_session, m_docks->whatIf(), this);
    connect(&m_docks->whatIf(), &WhatIfPanel::applied, this, take);
    connect(&m_docks->whatIf(), &WhatIfPanel::runRequested, m_actions.runAll, &QAction::trigger);
    connect(m_actions.targetSize, &QAction::triggered, m_docks.get(), &WindowDocks::askTargetSize);
    connect(m_docks.get(), &WindowDocks::statusChanged, this,
        [this](const QString& text) { statusBar()->showMessage(text); });
    m_exports.setViews(m_views);
    connect(&m_exports, &ExportCommands::done, this, [this](const QString& path) {
        statusBar()->showMessage(tr("Saved %1").arg(QDir::toNativeSeparators(path)), kStatusMs);
    });
}

void MainWindow::connectImport()
{
    connect(m_actions.importNetwork, &QAction::triggered, &m_import, &ImportCommands::ask);
    connect(&m_docks->tasks(), &TaskEditor::importRequested, &m_import, &ImportCommands::ask);
    connect(&m_import, &ImportCommands::helpRequested, this,
        [this] { m_help.showPage(QStringLiteral("import")); });
    connect(&m_import, &ImportCommands::dataFetched, this, [this] {
        m_docks->tasks().setKnownData(knownData());
        m_session.refresh();
    });
    connect(&m_import, &ImportCommands::added, this, [this](int task) {
        m_docks->showTask(task);
        const TaskSettings& added = m_session.document().recipe().tasks.at(static_cast<std::size_t>(task));
        statusBar()->showMessage(
            tr("Task %1 was added; undo takes it out again.").arg(QString::fromStdString(added.name)));
        m_log.add(LogLevel::Info,
            tr("Imported the network %1 for task %2")
                .arg(QString::fromStdString(added.network), QString::fromStdString(added.name)));
    });
}

void MainWindow::showEdit(const Status& edited)
{
    m_session.document().finishEdit(); // views tell of an edit when it is done
    m_notices->show(kEdit, Kind::Warning, edited ? QString() : QString::fromStdString(edited.error().text()));
}

std::vector<QWidget*> MainWindow::panes() const
{
    std::vector<QWidget*> panes { m_pipeline, centralWidget() };
    for (QWidget* pane : m_docks->panes())
        panes.push_back(pane);
    return panes;
}

View* MainWindow::currentView() const
{
    return static_cast<View*>(m_tabs->currentWidget());
}

void MainWindow::showDataSets()
{
    auto* dialog = findChild<CatalogueDialog*>();
    if (dialog == nullptr) {
        dialog = new CatalogueDialog(dataFetcher(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &CatalogueDialog::fetched, this, [this] {
            m_docks->tasks().setKnownData(knownData());
            m_session.refresh(); // stages that waited for the data may be ready now
        });
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::editShortcuts()
{
    auto* const editor = new ShortcutEditor(m_registry, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &QDialog::finished, this, [this] { m_registry.save(m_settings); });
    editor->open();
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
    for (const QString& name : { kStates, kResults, kToRun, kJob, kEdit })
        m_notices->remove(name);
    m_whatToRun.clear();
    m_docks->settings().setFolder(QString::fromStdString(m_session.folder().string()));
    m_docks->tasks().setFolder(QString::fromStdString(m_session.folder().string()));
    m_docks->tasks().setKnownData(knownData());
    if (m_session.hasProject())
        m_centre->setCurrentWidget(m_project);
    else
        m_centre->setCurrentWidget(m_start);
    showTitle();
    showStates();
    showResults();
}

void MainWindow::showTitle()
{
    setWindowTitle(m_session.hasProject()
            ? tr("%1[*] – Palimpsest").arg(QString::fromStdString(m_session.document().recipe().name))
            : tr("Palimpsest"));
    setWindowModified(m_session.hasProject() && m_session.document().isDirty());
}

void MainWindow::showStates()
{
    const StageStates& states = m_session.states();
    m_pipeline->setStages(stageRows(states.stages));
    m_notices->show(kStates, Kind::Warning, QString::fromStdString(states.problem));
    showWhatToRun();
    updateActions();
}

void MainWindow::showResults()
{
    const ShownResults& shown = m_session.results();
    for (View* view : m_views)
        view->setResults(shown.results);
    m_docks->inspector().setResults(shown.results);
    m_notices->show(kResults, Kind::Error, QString::fromStdString(shown.problem));
    followPage(shown.results.get());
    m_strip->setReport(shown.results ? shown.results->report.get() : nullptr);
    showWhatToRun();
    updateActions();
}

void MainWindow::followPage(const RunResults* results)
{
    const SelectedItem item = m_selection.item();
    const auto task = static_cast<std::size_t>(item.task);
    if (results != nullptr && item.task >= 0 && item.page >= 0 && task < results->tasks.size()) {
        SelectedItem renewed = pageItem(*results, task, item.page);
        renewed.layer = item.layer;
        m_selection.set(renewed);
    }
}

void MainWindow::showWhatToRun()
{
    const ShownResults& shown = m_session.results();
    const std::vector<StageStatus>& stages = m_session.states().stages;
    const bool isNew = !stages.empty() && std::ranges::none_of(stages, [](const StageStatus& stage) {
        return stage.state == StageState::Done || stage.state == StageState::Stale;
    });
    QString text;
    if (m_session.isRunning() || !m_session.hasProject())
        text.clear();
    else if (shown.results && !shown.isCurrent)
        text = tr("These are results of the earlier run %1: the recipe, its data or the program has changed "
                  "since.")
                   .arg(QString::fromStdString(shown.results->run));
    else if (isNew)
        text = tr("Nothing was run yet: the views fill as the stages above are done.");
    const QString keys = m_actions.runAll->shortcut().toString(QKeySequence::NativeText);
    QList<NoticeButton> buttons { { tr("Run all"), tr("Runs every stage that is not done (%1).").arg(keys),
        [this] { m_actions.runAll->trigger(); } } };
    if (isNew)
        buttons << NoticeButton { tr("Target size …"),
            tr("First says how large all networks together may be."),
            [this] { m_actions.targetSize->trigger(); } };
    if (std::exchange(m_whatToRun, text) != text) // one that was taken away stays away
        m_notices->show(kToRun, Kind::Info, text, buttons);
}

std::optional<Stage> MainWindow::selectedStage() const
{
    return stageFromString(m_pipeline->selected().toStdString());
}

void MainWindow::updateActions()
{
    const bool hasProject = m_session.hasProject();
    const bool canRun = hasProject && m_session.states().problem.empty();
    m_actions.save->setEnabled(hasProject && m_session.document().isDirty());
    m_actions.reload->setEnabled(hasProject);
    m_actions.close->setEnabled(hasProject);
    for (QAction* action : { m_actions.exportView, m_actions.copyPicture, m_actions.copyData,
             m_actions.exportReport, m_actions.exportBundle })
        action->setEnabled(hasProject);
    m_docks->setHasProject(hasProject);
    m_actions.undo->setEnabled(m_session.document().undoStack().canUndo());
    m_actions.redo->setEnabled(m_session.document().undoStack().canRedo());
    m_actions.runAll->setEnabled(canRun);
    m_actions.runUpTo->setEnabled(canRun && selectedStage());
    m_actions.runStage->setEnabled(canRun && selectedStage());
    m_actions.targetSize->setEnabled(hasProject);
    m_docks->whatIf().setCanRun(canRun);
    m_actions.search->setEnabled(canRun && !m_tune->isSearching());
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
    if (m_session.hasProject() && m_session.document().isDirty()) {
        event->ignore();
        if (m_closeWhenIdle) // the user has been asked
            m_commands.saveAndThen([this] { close(); });
        else
            m_commands.leave([this] { close(); });
        return;
    }
    m_layout->save(m_settings);
    m_registry.save(m_settings);
    event->accept();
}

void MainWindow::askBeforeClosing()
{
    const QString name = QStringLiteral("askToCancel");
    if (findChild<QMessageBox*>(name) != nullptr)
        return; // it is asked already
    auto* const box = new QMessageBox(QMessageBox::Question, tr("A job is running"),
        tr("A job is running. Cancel it, save the recipe and close? Results of stages that are done are "
           "kept."),
        QMessageBox::NoButton, this);
    box->setObjectName(name);
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

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    // For folders that cannot be watched. Not during construction: there is no document yet.
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && m_layout)
        m_session.file().checkFile();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!ImportCommands::droppedFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList files = ImportCommands::droppedFiles(event->mimeData());
    if (files.isEmpty())
        return;
    event->acceptProposedAction();
    if (const QString folder = droppedProject(event->mimeData()); !folder.isEmpty())
        m_commands.open(folder);
    else
        m_import.drop(files);
}

} // namespace palimpsest
