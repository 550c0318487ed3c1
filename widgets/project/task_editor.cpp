// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/task_editor.h"

#include "widgets/project/recipe_document.h"
#include "widgets/project/settings_form.h"
#include "widgets/project/task_list.h"
#include "widgets/project/task_preview.h"

#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace palimpsest {

TaskEditor::TaskEditor(RecipeDocument& document, PreviewReaders readers, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_readers(std::move(readers))
    , m_list(new TaskList(document))
    , m_form(new SettingsForm(document, SettingsForm::Scope::Task))
    , m_preview(new TaskPreview(m_readers))
{
    auto* const tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(m_form, tr("Task &settings"));
    tabs->addTab(m_preview, tr("Net&work and data"));
    auto* const split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(m_list);
    split->addWidget(tabs);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 3);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(split);

    connect(m_list, &TaskList::currentChanged, this, [this](int task) {
        showTask();
        Q_EMIT currentChanged(task);
    });
    connect(m_list, &TaskList::addRequested, this, &TaskEditor::addTask);
    connect(m_list, &TaskList::importRequested, this, &TaskEditor::importRequested);
    connect(&document, &RecipeDocument::recipeChanged, this, &TaskEditor::showTask);
    showTask();
}

void TaskEditor::setFolder(const QString& folder)
{
    m_folder = folder;
    m_form->setFolder(folder);
    showTask();
}

int TaskEditor::current() const
{
    return m_list->current();
}

void TaskEditor::select(int task)
{
    m_list->select(task);
}

void TaskEditor::showTask()
{
    const int task = current();
    m_form->setTask(task);
    if (task < 0 || task >= static_cast<int>(m_document.recipe().tasks.size()))
        m_preview->clear(tr("Select a task to see its network and its data."));
    else
        m_preview->setTask(m_document.recipe().tasks[static_cast<std::size_t>(task)], m_folder,
            QString::fromStdString(m_document.recipe().dataRoot));
}

void TaskEditor::addTask()
{
    auto* const dialog = new AddTaskDialog(m_document, m_readers, m_known, m_folder, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { select(dialog->added()); });
    dialog->open();
}

} // namespace palimpsest
