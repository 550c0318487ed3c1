// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace palimpsest {

/// The points of one curve, in order of x, with a tree of the least and greatest y of every 4, 16, 64 ... of them: what a plot
/// must draw of a million points is found in the time of a few thousand. About 19 bytes a point, and up to as many again that are kept for
/// the points to come.
class CurveStore {
public:
    /// A point whose x is below that of the last one begins the curve anew; one that is not finite is left out.
    void append(double x, double y);
    void clear();

    [[nodiscard]] std::size_t size() const { return m_x.size(); }
    [[nodiscard]] bool isEmpty() const { return m_x.empty(); }
    [[nodiscard]] QPointF point(std::size_t index) const { return { m_x[index], m_y[index] }; }
    /// Smallest rectangle that holds all points; empty where there are none. Not in the time of the points: kept.
    [[nodiscard]] std::optional<QRectF> bounds() const;
    [[nodiscard]] std::size_t byteCount() const; ///< of memory that it takes
    /// First point with an x that is not below `x`; size() where there is none.
    [[nodiscard]] std::size_t firstFrom(double x) const;

    /// What is to be drawn of [low, high] on `columns` pixels: all points where they are few; else, of every run of points
    /// that is at most one pixel wide, the lowest and the highest. In order of x, with one point more on either side, where
    /// there is one. At most some ten points a pixel.
    /// @param isLogarithmic  the pixels are even in log x; low > 0
    [[nodiscard]] std::vector<QPointF> visible(
        double low, double high, int columns, bool isLogarithmic) const;

private:
    struct Block {
        std::uint32_t lowest = 0; ///< index of the point
        std::uint32_t highest = 0;
    };
    struct Request;
    void collect(
        std::size_t level, std::size_t block, const Request& request, std::vector<QPointF>& out) const;

    std::vector<double> m_x, m_y;
    std::vector<std::vector<Block>>
        m_levels; ///< level 0: blocks of kFanOut points; each further one kFanOut times as long
    double m_lowest = 0.0, m_highest = 0.0;
};

} // namespace palimpsest
