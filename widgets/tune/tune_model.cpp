// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tune/tune_model.h"

#include "core/project/recipe.h"
#include "widgets/style/text.h"

#include <QFont>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

std::int64_t bytesOf(const TuneFront& front, const TuneModel::Row& row)
{
    return row.kind == TuneModel::Kind::Rival ? front.rivals[row.index].bytes : front.points[row.index].bytes;
}

const TuneAccuracy& accuracyOf(const TuneFront& front, const TuneModel::Row& row)
{
    return row.kind == TuneModel::Kind::Rival ? front.rivals[row.index].accuracy
                                              : front.points[row.index].accuracy;
}

QString formText(Storage storage)
{
    return QString::fromStdString(toString(storage));
}

} // namespace

QString rivalText(const TuneRival& rival)
{
    return TuneModel::tr("private %1").arg(QString::fromStdString(rival.name));
}

QString choiceText(const TuneChoice& choice)
{
    const QString steps = countText(choice.steps);
    if (choice.exclusivePages == 0)
        return TuneModel::tr("%1 %2 pages, %3 steps")
            .arg(countText(choice.poolPages), formText(choice.poolStorage), steps);
    return TuneModel::tr("%1 %2 and %3 exclusive %4 pages, %5 steps")
        .arg(countText(choice.poolPages), formText(choice.poolStorage), countText(choice.exclusivePages),
            formText(choice.exclusiveStorage), steps);
}

void TuneModel::setFront(std::shared_ptr<const TuneFront> front)
{
    std::vector<Row> rows;
    if (front)
        rows = rowsOf(*front);
    const bool isAnother = !front || !m_front || front->tasks != m_front->tasks
        || front->points.size() < m_front->points.size() || front->rivals.size() != m_front->rivals.size();
    if (isAnother) {
        beginResetModel();
        m_rows = std::move(rows);
        m_front = std::move(front);
        m_best = m_front ? bestPoint(*m_front) : std::nullopt;
        endResetModel();
        return;
    }
    m_front = std::move(front);
    m_best = bestPoint(*m_front);
    show(std::move(rows));
}

void TuneModel::setShowsTried(bool shows)
{
    m_showsTried = shows;
    if (m_front)
        show(rowsOf(*m_front));
}

void TuneModel::setCurrent(const std::optional<TuneChoice>& choice)
{
    m_current = choice;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, NameColumn), index(rowCount() - 1, NameColumn));
}

std::vector<TuneModel::Row> TuneModel::rowsOf(const TuneFront& front) const
{
    const std::vector<std::size_t> best = paretoFront(front.points);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < front.points.size(); ++i) {
        const bool isOnFront = std::find(best.begin(), best.end(), i) != best.end();
        if (isOnFront || m_showsTried)
            rows.push_back({ isOnFront ? Kind::Front : Kind::Tried, i });
    }
    for (std::size_t i = 0; i < front.rivals.size(); ++i)
        rows.push_back({ Kind::Rival, i });
    std::stable_sort(rows.begin(), rows.end(),
        [&](const Row& a, const Row& b) { return bytesOf(front, a) < bytesOf(front, b); });
    return rows;
}

/// Takes out what is no longer there and puts in what is new: both lists are in the same order.
void TuneModel::show(std::vector<Row> rows)
{
    const auto isSame = [](const Row& a, const Row& b) {
        return a.index == b.index && (a.kind == Kind::Rival) == (b.kind == Kind::Rival);
    };
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        const bool stays
            = std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return isSame(row, m_rows[i]); });
        if (stays)
            continue;
        beginRemoveRows({}, static_cast<int>(i), static_cast<int>(i));
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(i));
        endRemoveRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i < m_rows.size() && isSame(m_rows[i], rows[i])) {
            m_rows[i] = rows[i]; // it may have left the front
            continue;
        }
        beginInsertRows({}, static_cast<int>(i), static_cast<int>(i));
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(i), rows[i]);
        endInsertRows();
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const TunePoint* TuneModel::point(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[static_cast<std::size_t>(row)].kind == Kind::Rival)
        return nullptr;
    return &m_front->points[m_rows[static_cast<std::size_t>(row)].index];
}

int TuneModel::rowOf(Kind kind, std::size_t index) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) {
        return row.index == index && (row.kind == Kind::Rival) == (kind == Kind::Rival);
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

bool TuneModel::isCurrent(int row) const
{
    const TunePoint* const found = point(row);
    if (found == nullptr || !m_current)
        return false;
    TuneChoice current = *m_current;
    if (current.exclusivePages == 0) // their form has no effect
        current.exclusiveStorage = found->choice.exclusiveStorage;
    return found->choice == current;
}

int TuneModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TuneModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString TuneModel::text(const Row& row, int column) const
{
    const TuneAccuracy& accuracy = accuracyOf(*m_front, row);
    const auto bytes = static_cast<double>(bytesOf(*m_front, row));
    switch (static_cast<Column>(column)) {
    case NameColumn:
        return row.kind == Kind::Rival ? rivalText(m_front->rivals[row.index])
                                       : choiceText(m_front->points[row.index].choice);
    case BytesColumn:
        return bytesText(bytes);
    case RatioColumn:
        return tr("%1 ×").arg(static_cast<double>(m_front->standaloneBytes) / bytes, 0, 'f', 1);
    case MeanColumn:
        return pointsText(accuracy.meanChange);
    case WorstColumn:
        return pointsText(accuracy.worstChange);
    case TaskColumn:
        return QString::fromStdString(m_front->tasks[accuracy.worstTask]);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant TuneModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isBest = row.kind != Kind::Rival && m_best == row.index;
    switch (role) {
    case Qt::DisplayRole: {
        const QString shown = text(row, index.column());
        if (index.column() != NameColumn)
            return shown;
        // A sign as well as a type face: what is chosen must be seen at once.
        return (isBest ? QStringLiteral("\u2605 ") : QString()) + shown
            + (isCurrent(index.row()) ? QStringLiteral(" \u2713") : QString());
    }
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        if (index.column() == NameColumn) {
            QStringList parts { text(row, NameColumn) };
            if (row.kind == Kind::Front)
                parts << tr("on the front: nothing that was tried is better in bytes, mean and worst task");
            else if (row.kind == Kind::Tried)
                parts << tr("tried, and beaten by a point of the front");
            else
                parts << tr("each network kept apart: nothing is shared");
            if (isBest)
                parts << tr("the best for the target");
            if (isCurrent(index.row()))
                parts << tr("what the recipe says now");
            return parts.join(QStringLiteral("; "));
        }
        return role == Qt::AccessibleTextRole ? QVariant(text(row, index.column())) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (index.column() == NameColumn || index.column() == TaskColumn ? Qt::AlignLeft : Qt::AlignRight)
            | Qt::AlignVCenter);
    case Qt::FontRole: {
        QFont font;
        font.setBold(isBest || isCurrent(index.row()));
        font.setItalic(row.kind == Kind::Rival);
        return font;
    }
    default:
        return {};
    }
}

QVariant TuneModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    switch (section) {
    case NameColumn:
        return isTip ? tr("★: the best for the target; ✓: what the recipe says now.") : tr("Packing");
    case BytesColumn:
        return isTip ? tr("Of all tasks together: pool, exclusive pages, private tensors, tables and scales; "
                          "1 KB = 1,000 bytes.")
                     : tr("Size");
    case RatioColumn:
        return isTip ? tr("Float32 bytes of the networks, divided by the size.") : tr("Smaller by");
    case MeanColumn:
        return isTip ? tr("Mean change of accuracy over the tasks, in points, on validation samples.")
                     : tr("Mean");
    case WorstColumn:
        return isTip ? tr("Change of the task that loses most, in points.") : tr("Worst");
    case TaskColumn:
        return isTip ? tr("The task that loses most.") : tr("of task");
    default:
        return {};
    }
}

} // namespace palimpsest
