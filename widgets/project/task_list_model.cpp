// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/task_list_model.h"

#include "widgets/project/recipe_document.h"
#include "widgets/style/palette.h"

#include <QMimeData>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace palimpsest {

namespace {

const QString kMimeType = QStringLiteral("application/x-palimpsest-task-row");

QStringList namesOf(const Recipe& recipe)
{
    QStringList names;
    for (const TaskSettings& task : recipe.tasks)
        names << QString::fromStdString(task.name);
    return names;
}

} // namespace

TaskListModel::TaskListModel(RecipeDocument& document, QObject* parent)
    : QAbstractListModel(parent)
    , m_document(document)
    , m_names(namesOf(document.recipe()))
{
    connect(&document, &RecipeDocument::recipeChanged, this, &TaskListModel::update);
}

/// Tells the views the least that has changed: one row came, went or moved; else all of it.
void TaskListModel::update()
{
    const QStringList names = namesOf(m_document.recipe());
    if (names.size() == m_names.size()) {
        QStringList moved = m_names;
        const auto [first, other] = std::mismatch(names.begin(), names.end(), m_names.begin());
        const bool isSame = first == names.end();
        QStringList sorted = names;
        QStringList oldSorted = m_names;
        std::sort(sorted.begin(), sorted.end());
        std::sort(oldSorted.begin(), oldSorted.end());
        if (isSame || sorted != oldSorted) { // settings or names alone
            m_names = names;
            if (!names.isEmpty())
                Q_EMIT dataChanged(index(0), index(static_cast<int>(names.size()) - 1));
            return;
        }
        for (qsizetype from = 0; from < names.size(); ++from) {
            const qsizetype to = names.indexOf(m_names[from]);
            moved = m_names;
            moved.move(from, to);
            if (to == from || moved != names)
                continue;
            const int row = static_cast<int>(from);
            const int place = static_cast<int>(to);
            beginMoveRows({}, row, row, {}, place > row ? place + 1 : place);
            m_names = names;
            endMoveRows();
            return;
        }
    } else if (std::abs(names.size() - m_names.size()) == 1) {
        const QStringList& more = names.size() > m_names.size() ? names : m_names;
        const QStringList& less = names.size() > m_names.size() ? m_names : names;
        const auto row = std::mismatch(less.begin(), less.end(), more.begin()).first - less.begin();
        QStringList without = more;
        without.removeAt(row);
        if (without == less) {
            const int place = static_cast<int>(row);
            if (&more == &names)
                beginInsertRows({}, place, place);
            else
                beginRemoveRows({}, place, place);
            const bool isNew = &more == &names;
            m_names = names;
            if (isNew)
                endInsertRows();
            else
                endRemoveRows();
            return;
        }
    }
    beginResetModel();
    m_names = names;
    endResetModel();
}

int TaskListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_names.size());
}

QVariant TaskListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return m_names[index.row()];
    case Qt::DecorationRole:
        return taskColor(index.row());
    case Qt::ToolTipRole:
        if (row >= m_document.recipe().tasks.size())
            return {};
        return tr("Network %1, data %2. F2 renames the task.")
            .arg(QString::fromStdString(m_document.recipe().tasks[row].network),
                QString::fromStdString(m_document.recipe().tasks[row].data.path));
    default:
        return {};
    }
}

bool TaskListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::EditRole)
        return false;
    const QString json = QString::fromStdString(Json(value.toString().trimmed().toStdString()).dump());
    const QString problem = m_document.edit(QStringLiteral("tasks[%1].name").arg(index.row()), json);
    m_document.finishEdit();
    if (!problem.isEmpty())
        Q_EMIT refused(problem);
    return problem.isEmpty();
}

Qt::ItemFlags TaskListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between the rows, not on them
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled
        | Qt::ItemNeverHasChildren;
}

QStringList TaskListModel::mimeTypes() const
{
    return { kMimeType };
}

QMimeData* TaskListModel::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto* const data = new QMimeData;
    data->setData(kMimeType, QByteArray::number(indexes.constFirst().row()));
    return data;
}

bool TaskListModel::dropMimeData(
    const QMimeData* data, Qt::DropAction action, int row, int /*column*/, const QModelIndex& /*parent*/)
{
    const int from = data->hasFormat(kMimeType) ? data->data(kMimeType).toInt() : -1;
    if (action != Qt::MoveAction || from < 0 || from >= rowCount())
        return false;
    const int before = row < 0 ? rowCount() : row;
    const int to = before > from ? before - 1 : before;
    if (to != from && m_document.moveTask(from, to))
        Q_EMIT moved(to);
    return false; // it is done: the view has no row to remove
}

} // namespace palimpsest
