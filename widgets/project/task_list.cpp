// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/task_list.h"

#include "widgets/project/problem_label.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/setting_text.h"
#include "widgets/project/task_list_model.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/swatch_delegate.h"

#include <QAction>
#include <QListView>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>

namespace palimpsest {

TaskList::TaskList(RecipeDocument& document, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_model(new TaskListModel(document, this))
    , m_view(new QListView)
    , m_page(new EmptyPage(m_view))
    , m_problem(new ProblemLabel)
{
    m_view->setObjectName(QStringLiteral("tasks"));
    m_view->setAccessibleName(tr("Tasks"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new SwatchDelegate(this));
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    m_view->setDefaultDropAction(Qt::MoveAction);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->setUniformItemSizes(true);
    m_view->setIconSize(QSize(1, 1) * (fontMetrics().height() * 4 / 5));
    m_view->setMinimumHeight(fontMetrics().height() * 5);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    createActions();
    layout->addWidget(m_page, 1);
    layout->addWidget(m_problem);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &TaskList::showState);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { select(m_current); });
    connect(m_model, &TaskListModel::moved, this, &TaskList::select);
    connect(m_model, &TaskListModel::refused, this, &TaskList::report);
    connect(&document, &RecipeDocument::recipeChanged, this, [this] {
        report({});
        showState();
    });
    connect(&document, &RecipeDocument::readOnlyChanged, this, &TaskList::showState);
    connect(&document, &RecipeDocument::loaded, this, [this] { select(0); });
    select(0);
    showState();
}

void TaskList::createActions()
{
    auto* const bar = new QToolBar;
    bar->setToolButtonStyle(Qt::ToolButtonTextOnly);
    const auto add = [&](const char* name, const QString& text, const QString& tip, const QKeySequence& key) {
        auto* const action = new QAction(text, this);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setToolTip(tr("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
        bar->addAction(action);
        m_view->addAction(action);
        return action;
    };
    m_add = add("addTask", tr("Add …"), tr("Add a task: a network and its data"), Qt::Key_Insert);
    m_import = add("importTask", tr("Import …"),
        tr("Make a task from a trained network: ONNX, TorchScript, TensorFlow, safetensors and others"),
        Qt::SHIFT | Qt::Key_Insert);
    m_duplicate
        = add("duplicateTask", tr("Duplicate"), tr("Put a copy of the task behind it"), Qt::CTRL | Qt::Key_D);
    m_remove = add("removeTask", tr("Remove"),
        tr("Take the task out of the project; its files stay, and undo brings it back"),
        QKeySequence::Delete);
    m_up = add("moveTaskUp", QStringLiteral("↑"), tr("Move the task up"), Qt::ALT | Qt::Key_Up);
    m_down = add("moveTaskDown", QStringLiteral("↓"), tr("Move the task down"), Qt::ALT | Qt::Key_Down);
    m_up->setText(tr("↑"));
    m_down->setText(tr("↓"));
    for (QAction* action : { m_up, m_down })
        bar->widgetForAction(action)->setAccessibleName(action == m_up ? tr("Move up") : tr("Move down"));
    for (QAction* action : bar->actions())
        bar->widgetForAction(action)->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(bar);
    connect(m_add, &QAction::triggered, this, &TaskList::addRequested);
    connect(m_import, &QAction::triggered, this, &TaskList::importRequested);
    connect(m_duplicate, &QAction::triggered, this, &TaskList::duplicate);
    connect(m_remove, &QAction::triggered, this, &TaskList::remove);
    connect(m_up, &QAction::triggered, this, [this] { move(-1); });
    connect(m_down, &QAction::triggered, this, [this] { move(1); });
}

int TaskList::current() const
{
    return m_view->currentIndex().isValid() ? m_view->currentIndex().row() : -1;
}

void TaskList::select(int task)
{
    const int last = m_model->rowCount() - 1;
    m_view->setCurrentIndex(m_model->index(std::clamp(task, std::min(0, last), std::max(0, last))));
    showState();
}

void TaskList::duplicate()
{
    const Result<int> copy = m_document.duplicateTask(current());
    if (copy)
        select(*copy);
    else
        report(sentence(QString::fromStdString(copy.error().message)));
}

void TaskList::remove()
{
    const int row = current();
    const Status status = m_document.removeTask(row);
    if (status)
        select(row);
    else
        report(sentence(QString::fromStdString(status.error().message)));
}

void TaskList::move(int by)
{
    const int to = current() + by;
    if (to < 0 || to >= m_model->rowCount())
        return;
    const Status status = m_document.moveTask(current(), to);
    if (status)
        select(to);
    else
        report(sentence(QString::fromStdString(status.error().message)));
}

void TaskList::showState()
{
    const int task = current();
    const bool canEdit = m_document.readOnlyReason().isEmpty();
    m_add->setEnabled(canEdit);
    m_import->setEnabled(canEdit);
    m_duplicate->setEnabled(canEdit && task >= 0);
    m_remove->setEnabled(canEdit && task >= 0);
    m_up->setEnabled(canEdit && task > 0);
    m_down->setEnabled(canEdit && task >= 0 && task + 1 < m_model->rowCount());
    m_view->setDragEnabled(canEdit);
    m_view->setEditTriggers(canEdit ? QAbstractItemView::EditKeyPressed : QAbstractItemView::NoEditTriggers);
    if (m_model->rowCount() > 0)
        m_page->showContent();
    else
        m_page->showHint(tr("The project has no task yet. Import a trained network (or drop its file on the "
                            "window), or add a task by hand."));
    if (task != m_current) {
        m_current = task;
        Q_EMIT currentChanged(task);
    }
}

void TaskList::report(const QString& problem)
{
    m_problem->setProblem(problem);
}

} // namespace palimpsest
