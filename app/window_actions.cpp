// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_actions.h"

#include "widgets/actions/action_registry.h"
#include "widgets/style/media_icon.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QIcon>
#include <QStyle>

namespace palimpsest {

namespace {

void setIcon(QAction* action, QStyle::StandardPixmap icon)
{
    action->setIcon(QApplication::style()->standardIcon(icon));
}

} // namespace

WindowActions::WindowActions(ActionRegistry& registry)
{
    const auto add = [&](const char* id, const QString& group, const QString& text, const QString& tip,
                         const QList<QKeySequence>& keysOf = {}) {
        return registry.add(QLatin1String(id), group, text, tip, keysOf);
    };
    const auto keys = [](QKeySequence::StandardKey key) {
        // Platforms name up to six; those after the first would take shortcuts that others need.
        return QList<QKeySequence> { QKeySequence(key) };
    };

    const QString project = ActionRegistry::tr("Project");
    create = add("project.new", project, ActionRegistry::tr("&New …"),
        ActionRegistry::tr("Makes a project from a sample, or an empty one"), keys(QKeySequence::New));
    open = add("project.open", project, ActionRegistry::tr("&Open …"),
        ActionRegistry::tr("Opens a project folder"), keys(QKeySequence::Open));
    save = add("project.save", project, ActionRegistry::tr("&Save"),
        ActionRegistry::tr("Writes the recipe into project.json; running does so too"),
        keys(QKeySequence::Save));
    reload = add("project.reload", project, ActionRegistry::tr("&Read again"),
        ActionRegistry::tr("Reads the recipe and the results again: another program may have changed them"),
        { QKeySequence(Qt::CTRL | Qt::Key_R) });
    close = add("project.close", project, ActionRegistry::tr("&Close"),
        ActionRegistry::tr("Closes the project"), keys(QKeySequence::Close));
    importNetwork = add("project.import", project, ActionRegistry::tr("&Import a network …"),
        ActionRegistry::tr(
            "Makes a task from a trained network: ONNX, TorchScript, TensorFlow, safetensors and others"),
        { QKeySequence(Qt::CTRL | Qt::Key_I) });
    dataSets = add("project.dataSets", project, ActionRegistry::tr("&Data sets …"),
        ActionRegistry::tr("Shows the data sets that the program knows, and fetches them"));
    exportReport = add("project.exportReport", project, ActionRegistry::tr("Save the repor&t as …"),
        ActionRegistry::tr("Saves the report with pictures of the views, as PDF or HTML"),
        { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E) });
    exportBundle = add("project.exportBundle", project, ActionRegistry::tr("Save the &bundle as …"),
        ActionRegistry::tr(
            "Saves what a device needs to run the packed networks: pages, tables, a C header"));
    exportView = add("project.exportView", project, ActionRegistry::tr("Save the &view as …"),
        ActionRegistry::tr("Saves the view in front as a picture (PNG, SVG) or its data as CSV"),
        { QKeySequence(Qt::CTRL | Qt::Key_E) });
    copyPicture = add("project.copyPicture", project, ActionRegistry::tr("Copy the view as a &picture"),
        ActionRegistry::tr("Copies the view in front to the clipboard, as a picture"),
        { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C) });
    copyData = add("project.copyData", project, ActionRegistry::tr("Copy the view's &data"),
        ActionRegistry::tr("Copies the data of the view in front to the clipboard, as text"));
    quit = add("project.quit", project, ActionRegistry::tr("&Quit"),
        ActionRegistry::tr("Closes the window; asks first while a job runs"),
        { QKeySequence(Qt::CTRL | Qt::Key_Q) });
    setIcon(create, QStyle::SP_FileIcon);
    setIcon(open, QStyle::SP_DirOpenIcon);
    setIcon(save, QStyle::SP_DialogSaveButton);
    setIcon(reload, QStyle::SP_BrowserReload);

    const QString edit = ActionRegistry::tr("Edit");
    undo = add("edit.undo", edit, ActionRegistry::tr("&Undo"),
        ActionRegistry::tr("Takes back the last change of the settings"), keys(QKeySequence::Undo));
    redo = add("edit.redo", edit, ActionRegistry::tr("&Redo"),
        ActionRegistry::tr("Makes the change that was taken back again"),
        { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z) });
    // Styles have no pixmap for these, and arrows are for going back.
    undo->setIcon(QIcon::fromTheme(QStringLiteral("edit-undo"), QIcon(QStringLiteral(":/icons/undo.svg"))));
    redo->setIcon(QIcon::fromTheme(QStringLiteral("edit-redo"), QIcon(QStringLiteral(":/icons/redo.svg"))));

    const QString run = ActionRegistry::tr("Run");
    runAll = add("run.all", run, ActionRegistry::tr("Run &all"),
        ActionRegistry::tr("Runs every stage that is not done"), { QKeySequence(Qt::Key_F5) });
    runUpTo = add("run.upTo", run, ActionRegistry::tr("Run &up to the selected stage"),
        ActionRegistry::tr("Runs what is not done up to the selected stage, that one included"),
        { QKeySequence(Qt::SHIFT | Qt::Key_F5) });
    runStage = add("run.stage", run, ActionRegistry::tr("Run the selected &stage"),
        ActionRegistry::tr("Runs the selected stage, also where it is done, and what it needs and lacks"),
        { QKeySequence(Qt::CTRL | Qt::Key_F5) });
    targetSize = add("run.targetSize", run, ActionRegistry::tr("Set a target si&ze …"),
        ActionRegistry::tr(
            "Asks how large all networks together may be, and makes the pool as large as that"),
        { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T) });
    targetSize->setIconText(ActionRegistry::tr("Target size"));
    search = add("run.search", run, ActionRegistry::tr("Search for a &packing …"),
        ActionRegistry::tr("Finds the packing that keeps most accuracy within a size, or the smallest for a "
                           "loss of accuracy"),
        { QKeySequence(Qt::CTRL | Qt::Key_T) });
    cancel = add("run.cancel", run, ActionRegistry::tr("&Cancel"),
        ActionRegistry::tr("Stops the project's jobs within a second; what is done is kept"),
        { QKeySequence(Qt::CTRL | Qt::Key_Period) });
    runAll->setIcon(mediaIcon(MediaSign::Play));
    runUpTo->setIcon(mediaIcon(MediaSign::ToEnd));
    runStage->setIcon(mediaIcon(MediaSign::Forward));
    setIcon(search, QStyle::SP_FileDialogContentsView);
    targetSize->setIcon(QIcon(QStringLiteral(":/icons/target.svg")));
    cancel->setIcon(mediaIcon(MediaSign::Stop));

    const QString view = ActionRegistry::tr("View");
    find = add("view.find", view, ActionRegistry::tr("&Find …"),
        ActionRegistry::tr("Finds a page, slot, layer or task in the page map"), keys(QKeySequence::Find));
    findNext = add("view.findNext", view, ActionRegistry::tr("Find ne&xt"),
        ActionRegistry::tr("Selects the next thing that was found"), { QKeySequence(Qt::Key_F3) });
    findPrevious = add("view.findPrevious", view, ActionRegistry::tr("Find pre&vious"),
        ActionRegistry::tr("Selects the thing that was found before"),
        { QKeySequence(Qt::SHIFT | Qt::Key_F3) });
    selectionBack = add("view.selectionBack", view, ActionRegistry::tr("&Back"),
        ActionRegistry::tr("Selects what was selected before"), { QKeySequence(Qt::ALT | Qt::Key_Left) });
    selectionForward = add("view.selectionForward", view, ActionRegistry::tr("F&orward"),
        ActionRegistry::tr("Selects what was selected after it"), { QKeySequence(Qt::ALT | Qt::Key_Right) });
    clearSelection = add("view.clearSelection", view, ActionRegistry::tr("&Clear selection"),
        ActionRegistry::tr("Selects no page, task or layer, in all views"),
        { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A) });
    largerText = add("view.largerText", view, ActionRegistry::tr("&Larger text"),
        ActionRegistry::tr("Makes all text of the program larger"),
        { QKeySequence(Qt::CTRL | Qt::Key_Plus) });
    smallerText = add("view.smallerText", view, ActionRegistry::tr("&Smaller text"),
        ActionRegistry::tr("Makes all text of the program smaller"),
        { QKeySequence(Qt::CTRL | Qt::Key_Minus) });
    normalText = add("view.normalText", view, ActionRegistry::tr("&Normal text"),
        ActionRegistry::tr("Gives all text the size that the system asks for"),
        { QKeySequence(Qt::CTRL | Qt::Key_0) });
    systemTheme = add("view.systemTheme", view, ActionRegistry::tr("Colours of the s&ystem"),
        ActionRegistry::tr("Takes the colours of the desktop, light or dark, and follows them"));
    lightTheme = add("view.lightTheme", view, ActionRegistry::tr("L&ight colours"),
        ActionRegistry::tr("Dark text on light"));
    darkTheme = add("view.darkTheme", view, ActionRegistry::tr("&Dark colours"),
        ActionRegistry::tr("Light text on dark"));
    auto* const themes = new QActionGroup(&registry);
    for (QAction* theme : { systemTheme, lightTheme, darkTheme }) {
        theme->setCheckable(true);
        themes->addAction(theme);
    }
    fullScreen = add("view.fullScreen", view, ActionRegistry::tr("&Full screen"),
        ActionRegistry::tr("Fills the screen with the window, and back"), { QKeySequence(Qt::Key_F11) });
    fullScreen->setCheckable(true);

    const QString window = ActionRegistry::tr("Window");
    nextPane = add("window.nextPane", window, ActionRegistry::tr("&Next pane"),
        ActionRegistry::tr("Moves the keyboard to the next part of the window"),
        { QKeySequence(Qt::Key_F6) });
    previousPane = add("window.previousPane", window, ActionRegistry::tr("&Previous pane"),
        ActionRegistry::tr("Moves the keyboard to the part of the window before"),
        { QKeySequence(Qt::SHIFT | Qt::Key_F6) });
    filterLog = add("window.filterLog", window, ActionRegistry::tr("&Filter the log"),
        ActionRegistry::tr("Shows the log and moves the keyboard to its filter"),
        { QKeySequence(Qt::CTRL | Qt::Key_L) });
    resetLayout = add("window.resetLayout", window, ActionRegistry::tr("&Reset layout"),
        ActionRegistry::tr("Puts all parts of the window back where they were at first"));

    const QString settings = ActionRegistry::tr("Settings");
    shortcuts = add("settings.shortcuts", settings, ActionRegistry::tr("&Keyboard shortcuts …"),
        ActionRegistry::tr("Shows and changes the shortcut of every action"));
    systemLanguage = add("settings.language.system", settings, ActionRegistry::tr("Language of the s&ystem"),
        ActionRegistry::tr("Speaks the language of the desktop where there is a translation, else "
                           "English; from the next start on"));
    // A language is called by its own name: who reads no other one finds it.
    english = add("settings.language.en", settings, QStringLiteral("&English"),
        ActionRegistry::tr("English texts, from the next start on"));
    german = add("settings.language.de", settings, QStringLiteral("&Deutsch"),
        ActionRegistry::tr("German texts, from the next start on"));
    auto* const languages = new QActionGroup(&registry);
    for (QAction* language : { systemLanguage, english, german }) {
        language->setCheckable(true);
        languages->addAction(language);
    }

    const QString help = ActionRegistry::tr("Help");
    helpHere = add("help.here", help, ActionRegistry::tr("&Help on this part"),
        ActionRegistry::tr("Opens the page of the view that has the keyboard"), { QKeySequence(Qt::Key_F1) });
    helpContents = add("help.contents", help, ActionRegistry::tr("&Contents"),
        ActionRegistry::tr("Opens the first page of the help"));
    about = add("help.about", help, ActionRegistry::tr("&About Palimpsest"),
        ActionRegistry::tr("Says which version this is, and its licences"));
}

} // namespace palimpsest
