// SPDX-License-Identifier: Apache-2.0
#include "core/backend/assignment.h"
#include "core/backend/scan_kernels.h"
#include "core/base/float_formats.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

namespace palimpsest {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int32_t kStaysOut = -2; ///< in m_columnOf: the row pays the price

/// Shortest augmenting paths. Dual values: v of a column, never positive and 0 while the column is free; u of
/// a row is implied, the smallest c - v of the row. A row's way out, at the price, is a column of its own
/// that no other row can take, so a row that stays out stays so.
class Solver {
public:
    Solver(std::span<const float> cost, std::int64_t rows, std::int64_t columns, double price,
        const std::stop_token& stop)
        : m_cost(cost.data())
        , m_rows(static_cast<std::int32_t>(rows))
        , m_columns(static_cast<std::int32_t>(columns))
        , m_price(price)
        , m_stop(stop)
        , m_v(static_cast<std::size_t>(columns), 0.0)
        , m_distance(static_cast<std::size_t>(columns))
        , m_closed(static_cast<std::size_t>(columns))
        , m_via(static_cast<std::size_t>(columns))
        , m_rank(static_cast<std::size_t>(columns))
        , m_rowOf(static_cast<std::size_t>(columns), kUnassigned)
        , m_columnOf(static_cast<std::size_t>(rows), kUnassigned)
    {
        std::iota(m_rank.begin(), m_rank.end(), 0.0);
    }

    [[nodiscard]] std::optional<std::vector<std::int32_t>> solve()
    {
        for (const std::int32_t row : reduceRows()) {
            if (!augment(row))
                return std::nullopt;
        }
        std::replace(m_columnOf.begin(), m_columnOf.end(), kStaysOut, kUnassigned);
        return std::move(m_columnOf);
    }

private:
    /// The best two choices of a row; column kStaysOut is its way out.
    struct Choice {
        std::int32_t best = kStaysOut;
        std::int32_t second = kStaysOut;
        double bestCost = kInfinity;
        double secondCost = kInfinity;
    };

    [[nodiscard]] const float* costs(std::int32_t row) const
    {
        return m_cost + static_cast<std::ptrdiff_t>(row) * m_columns;
    }
    template <class T> [[nodiscard]] static auto& at(T& values, std::int32_t index)
    {
        return values[static_cast<std::size_t>(index)];
    }

    [[nodiscard]] Choice choose(std::int32_t row) const
    {
        Choice choice;
        choice.bestCost = m_price;
        const float* cost = costs(row);
        for (std::int32_t column = 0; column < m_columns; ++column) {
            const double reduced = double { cost[column] } - at(m_v, column);
            if (reduced < choice.bestCost) {
                choice.second = choice.best;
                choice.secondCost = choice.bestCost;
                choice.best = column;
                choice.bestCost = reduced;
            } else if (reduced < choice.secondCost) {
                choice.second = column;
                choice.secondCost = reduced;
            }
        }
        return choice;
    }

    void give(std::int32_t row, std::int32_t column)
    {
        at(m_columnOf, row) = column;
        if (column >= 0) {
            at(m_rowOf, column) = row;
            at(m_rank, column) = static_cast<double>(m_columns) + column;
        }
    }

    /// Augmenting row reduction: each row takes its best column and lowers that column's v to what its second
    /// best is worth; the row it drives out goes on at once. Leaves few rows for the path search.
    /// @return the rows that are left
    [[nodiscard]] std::vector<std::int32_t> reduceRows()
    {
        std::vector<std::int32_t> open(static_cast<std::size_t>(m_rows));
        std::iota(open.begin(), open.end(), 0);
        constexpr int kPasses = 2;
        for (int pass = 0; pass < kPasses; ++pass) {
            std::vector<std::int32_t> left;
            // Rows that outbid each other by next to nothing would go on for long: each pass has a limit.
            std::int64_t bids = std::int64_t { 4 } * m_rows;
            for (std::int32_t row : open) {
                while (row >= 0) {
                    if (--bids < 0) {
                        left.push_back(row);
                        break;
                    }
                    row = bid(row, left);
                }
            }
            open = std::move(left);
        }
        return open;
    }

    /// @return the row that was driven out and should bid at once, or kUnassigned
    std::int32_t bid(std::int32_t row, std::vector<std::int32_t>& left)
    {
        const Choice choice = choose(row);
        std::int32_t column = choice.best;
        if (column == kStaysOut) {
            give(row, kStaysOut);
            return kUnassigned;
        }
        const bool isStrict = choice.bestCost < choice.secondCost;
        if (isStrict && choice.secondCost < kInfinity) {
            at(m_v, column) -= choice.secondCost - choice.bestCost;
        } else if (!isStrict && at(m_rowOf, column) != kUnassigned) {
            column = choice.second;
            if (column == kStaysOut) {
                give(row, kStaysOut);
                return kUnassigned;
            }
        }
        const std::int32_t drivenOut = at(m_rowOf, column);
        give(row, column);
        if (drivenOut == kUnassigned)
            return kUnassigned;
        at(m_columnOf, drivenOut) = kUnassigned;
        if (isStrict)
            return drivenOut;
        left.push_back(drivenOut);
        return kUnassigned;
    }

    /// Lowers the distances of the open columns by way of `row`, whose own distance is -base.
    /// @return the smallest distance of an open column, or infinity
    [[nodiscard]] double relax(std::int32_t row, double base)
    {
        return m_kernels.relax(costs(row), m_v.data(), base, row, m_distance.data(), m_via.data(), m_columns);
    }

    /// An open column at that distance, a free one where several are as near.
    [[nodiscard]] std::int32_t columnAt(double distance) const
    {
        const double rank = m_kernels.find(m_distance.data(), m_rank.data(), distance, m_columns);
        return static_cast<std::int32_t>(static_cast<std::int64_t>(rank) % m_columns);
    }

    /// Finds the shortest path from a row without a column to a free column, or to a row that does better to
    /// stay out, and moves every row on it one column on.
    /// @return false if the stop was requested
    [[nodiscard]] bool augment(std::int32_t start)
    {
        std::fill(m_distance.begin(), m_distance.end(), kInfinity);
        m_tree.clear();
        double smallest = relax(start, 0.0);
        double outCost = m_price;
        std::int32_t outRow = start;
        std::int32_t end = kUnassigned; // free column; or none: outRow leaves
        double length = 0.0;
        while (true) {
            if (m_stop.stop_requested())
                return false;
            if (outCost <= smallest) {
                length = outCost;
                break;
            }
            length = smallest;
            const std::int32_t column = columnAt(smallest);
            const std::int32_t row = at(m_rowOf, column);
            if (row == kUnassigned) {
                end = column;
                break;
            }
            at(m_closed, column) = length;
            at(m_distance, column) = -kInfinity;
            m_tree.push_back(column);
            const double base = double { costs(row)[column] } - at(m_v, column) - length;
            if (m_price - base < outCost) {
                outCost = m_price - base;
                outRow = row;
            }
            smallest = relax(row, base);
        }
        for (const std::int32_t column : m_tree)
            at(m_v, column) += at(m_closed, column) - length;
        if (end == kUnassigned) {
            end = at(m_columnOf, outRow);
            give(outRow, kStaysOut);
            if (outRow == start)
                return true;
        }
        while (true) {
            const auto row = static_cast<std::int32_t>(at(m_via, end));
            const std::int32_t next = at(m_columnOf, row);
            give(row, end);
            if (row == start)
                return true;
            end = next;
        }
    }

    const ScanKernels& m_kernels = scanKernels().front();
    const float* m_cost;
    std::int32_t m_rows;
    std::int32_t m_columns;
    double m_price;
    std::stop_token m_stop;
    std::vector<double> m_v;
    std::vector<double> m_distance; ///< of an open column from the starting row; -infinity: closed
    std::vector<double> m_closed; ///< distance of a closed column
    std::vector<std::int64_t> m_via; ///< the row before the column on its shortest path
    std::vector<std::int32_t> m_tree; ///< closed columns
    std::vector<double> m_rank; ///< of a column: its index while it is free, then m_columns more
    std::vector<std::int32_t> m_rowOf;
    std::vector<std::int32_t> m_columnOf;
};

void requireMatrix(std::span<const float> cost, std::int64_t rows, std::int64_t columns)
{
    constexpr std::int64_t kMax = std::numeric_limits<std::int32_t>::max();
    if (rows < 0 || columns < 0 || rows > kMax || columns > kMax
        || cost.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns)) {
        throw std::invalid_argument("assign: " + std::to_string(cost.size()) + " costs for "
            + std::to_string(rows) + " x " + std::to_string(columns));
    }
    if (!areFinite(cost))
        throw std::invalid_argument("assign: a cost is not finite");
}

} // namespace

std::vector<std::int32_t> assign(std::span<const float> cost, std::int64_t rows, std::int64_t columns)
{
    return *assign(cost, rows, columns, std::stop_token {});
}

std::optional<std::vector<std::int32_t>> assign(
    std::span<const float> cost, std::int64_t rows, std::int64_t columns, const std::stop_token& stop)
{
    requireMatrix(cost, rows, columns);
    if (rows > columns) {
        throw std::invalid_argument(
            "assign: " + std::to_string(rows) + " rows for " + std::to_string(columns) + " columns");
    }
    return Solver(cost, rows, columns, kInfinity, stop).solve();
}

std::optional<std::vector<std::int32_t>> assignPriced(std::span<const float> cost, std::int64_t rows,
    std::int64_t columns, double price, const std::stop_token& stop)
{
    requireMatrix(cost, rows, columns);
    if (!std::isfinite(price))
        throw std::invalid_argument("assignPriced: price " + std::to_string(price));
    return Solver(cost, rows, columns, price, stop).solve();
}

} // namespace palimpsest
