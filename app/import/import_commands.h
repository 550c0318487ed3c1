// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/worker/newest_task.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <optional>

class QMimeData;
class QWidget;

namespace palimpsest {

struct DroppedFiles;
class ImportAssistant;
class NoticeBar;
class ProjectCommands;
class Session;

/// Brings networks and data into the open project: by menu, or dropped on the window. Where no project is open one is asked for
/// first.
class ImportCommands : public QObject {
    Q_OBJECT
public:
    /// All outlive the object. Dialogs belong to `window`.
    ImportCommands(Session& session, ProjectCommands& projects, NoticeBar& notices, QWidget& window);

    ~ImportCommands() override; ///< closes the assistant: it works with the worker here

    void ask(); ///< opens the assistant; the user chooses the file there
    void importFiles(const QStringList& files); ///< one, or a layer list and its weights
    void importData(const QString& fileOrFolder); ///< a new task with these data
    /// Files that a drop brings; empty: it brings none.
    [[nodiscard]] static QStringList droppedFiles(const QMimeData* data);
    /// Looks what they are and goes on with that. Projects are for ProjectCommands.
    void drop(const QStringList& files);
    [[nodiscard]] bool isLooking() const { return m_looking.isBusy(); } ///< at what was dropped
    [[nodiscard]] ImportAssistant* assistant() const; ///< nullptr: it is not open

Q_SIGNALS:
    void added(int task); ///< to the recipe
    void dataFetched(); ///< a data set of the catalogue is here now
    void helpRequested();

private:
    struct Wish {
        QStringList files; ///< of a network
        QString data;
    };
    void start(const Wish& wish);
    void askForProject(const Wish& wish);
    void openAssistant(const Wish& wish);
    void showDropped(const DroppedFiles& dropped, const QStringList& files);
    void showCatalogue(ImportAssistant& assistant, const QString& title);

    Session& m_session;
    ProjectCommands& m_projects;
    NoticeBar& m_notices;
    QWidget& m_window;
    QPointer<ImportAssistant> m_assistant;
    std::optional<Wish> m_wish; ///< waits for a project
    NewestTask m_looking;
    NewestTask m_worker; ///< of the assistant; outlives it, so that closing it never waits
};

} // namespace palimpsest
