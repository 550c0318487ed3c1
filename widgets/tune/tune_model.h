// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/tune_front.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace palimpsest {

/// The points of a front, the rivals and, where wanted, what was tried and is beaten: one row each, the smallest first.
class TuneModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, BytesColumn, RatioColumn, MeanColumn, WorstColumn, TaskColumn, ColumnCount };
    enum class Kind { Front, Tried, Rival };
    /// What a row shows; `index` is of TuneFront::points or, for a rival, ::rivals.
    struct Row {
        Kind kind = Kind::Front;
        std::size_t index = 0;
        bool operator==(const Row&) const = default;
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// nullptr: none. Rows that were there before stay: a front that grows keeps selection and scroll position.
    void setFront(std::shared_ptr<const TuneFront> front);
    void setShowsTried(bool shows);
    /// What the recipe says now: the row that is the same is marked.
    void setCurrent(const std::optional<TuneChoice>& choice);

    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    /// The point of a row; nullptr: there is none, or it is a rival's.
    [[nodiscard]] const TunePoint* point(int row) const;
    [[nodiscard]] int rowOf(Kind kind, std::size_t index) const; ///< -1: it is not shown
    [[nodiscard]] bool isCurrent(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] std::vector<Row> rowsOf(const TuneFront& front) const;
    void show(std::vector<Row> rows);
    [[nodiscard]] QString text(const Row& row, int column) const;

    std::shared_ptr<const TuneFront> m_front;
    std::vector<Row> m_rows;
    std::optional<std::size_t> m_best;
    std::optional<TuneChoice> m_current;
    bool m_showsTried = false;
};

/// "private int8"
[[nodiscard]] QString rivalText(const TuneRival& rival);
/// "336 ternary pages, 1,200 steps"
[[nodiscard]] QString choiceText(const TuneChoice& choice);

} // namespace palimpsest
