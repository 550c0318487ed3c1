// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/import/import_values.h"
#include "widgets/project/add_task_dialog.h"

#include <QDialog>
#include <QList>
#include <QStringList>

#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace palimpsest {

class DataPage;
class ImportPage;
class NetworkPage;
class NewestTask;
class RecipeDocument;
class TrialPage;

/// Leads from a file to a task of the project in three pages: what the file holds; the data; a trial on a hundred samples. Nothing
/// is changed until "Add the task", which puts the network into the project folder and the task into the recipe, as one step that
/// can be undone.
class ImportAssistant : public QDialog {
    Q_OBJECT
public:
    /// `document` and `worker` outlive the dialog. Work that still runs when it closes goes on in `worker`, and is thrown away.
    /// @param base  folder that data paths of the recipe are relative to
    ImportAssistant(RecipeDocument& document, ImportEngine engine, NewestTask& worker, const QString& base,
        QWidget* parent = nullptr);
    ~ImportAssistant() override;

    /// One file, or a layer list and its weights in any order. The assistant goes back to its first page.
    void setFiles(const QStringList& files);
    void setData(const QString& fileOrFolder); ///< chooses data before there is a network
    void setKnownData(const QList<KnownData>& known);

    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] bool canGoOn() const; ///< the next page may be shown, or the task be added
    void goOn(); ///< to the next page; on the last one adds the task
    void goBack();
    [[nodiscard]] int page() const; ///< 0 network, 1 data, 2 trial
    [[nodiscard]] int added() const { return m_added; } ///< index of the new task; -1: none was added

    void reject() override; ///< not while the task is being added

    [[nodiscard]] NetworkPage& networkPage() const { return *m_networkPage; }
    [[nodiscard]] DataPage& dataPage() const { return *m_dataPage; }
    [[nodiscard]] TrialPage& trialPage() const { return *m_trialPage; }

Q_SIGNALS:
    void fetchRequested(const QString& title); ///< a data set of the catalogue is wanted
    void helpRequested();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    [[nodiscard]] QWidget* createButtons();
    void showPage(int page);
    void showState();
    void add();
    void finishAdding(const Result<TaskSettings>& stored);

    RecipeDocument& m_document;
    ImportEngine m_engine;
    NewestTask& m_worker;
    std::vector<ImportPage*> m_pages;
    NetworkPage* m_networkPage;
    DataPage* m_dataPage;
    TrialPage* m_trialPage;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_steps = nullptr;
    QLabel* m_explanation = nullptr;
    QProgressBar* m_busy = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
    bool m_isAdding = false;
    int m_added = -1;
};

} // namespace palimpsest
