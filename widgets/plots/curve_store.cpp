// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_store.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {

namespace {

constexpr std::size_t kFanOut = 4;
constexpr std::size_t kFewPerPixel = 4; ///< up to here all points are drawn

/// Points in a block of a level.
std::size_t blockLength(std::size_t level)
{
    std::size_t length = kFanOut;
    for (; level > 0; --level)
        length *= kFanOut;
    return length;
}

} // namespace

/// One call of visible().
struct CurveStore::Request {
    std::size_t first = 0, last = 0; ///< points that are asked for, `last` not among them
    double pixel = 0.0; ///< width, in x or in log x
    bool isLogarithmic = false;
};

void CurveStore::append(double x, double y)
{
    if (!std::isfinite(x) || !std::isfinite(y))
        return;
    if (!m_x.empty() && x < m_x.back())
        clear();
    const auto index = static_cast<std::uint32_t>(m_x.size());
    m_lowest = m_x.empty() ? y : std::min(m_lowest, y);
    m_highest = m_x.empty() ? y : std::max(m_highest, y);
    m_x.push_back(x);
    m_y.push_back(y);

    for (std::size_t level = 0, length = kFanOut;; ++level, length *= kFanOut) {
        if (level == m_levels.size()) {
            // A level begins when the one below it has a second block: its first block is that one's first.
            if (level > 0 && m_levels[level - 1].size() < 2)
                break;
            m_levels.emplace_back();
            if (level > 0)
                m_levels[level].push_back(m_levels[level - 1].front());
        }
        std::vector<Block>& blocks = m_levels[level];
        const std::size_t block = index / length;
        if (block == blocks.size()) {
            blocks.push_back({ index, index });
            continue;
        }
        if (y < m_y[blocks[block].lowest])
            blocks[block].lowest = index;
        if (y > m_y[blocks[block].highest])
            blocks[block].highest = index;
    }
}

void CurveStore::clear()
{
    m_x.clear();
    m_y.clear();
    m_levels.clear();
}

std::optional<QRectF> CurveStore::bounds() const
{
    if (m_x.empty())
        return std::nullopt;
    return QRectF(QPointF(m_x.front(), m_lowest), QPointF(m_x.back(), m_highest));
}

std::size_t CurveStore::byteCount() const
{
    std::size_t bytes = sizeof(double) * (m_x.capacity() + m_y.capacity());
    for (const std::vector<Block>& level : m_levels)
        bytes += sizeof(Block) * level.capacity();
    return bytes;
}

std::size_t CurveStore::firstFrom(double x) const
{
    return static_cast<std::size_t>(std::lower_bound(m_x.begin(), m_x.end(), x) - m_x.begin());
}

void CurveStore::collect(
    std::size_t level, std::size_t block, const Request& request, std::vector<QPointF>& out) const
{
    const std::size_t length = blockLength(level);
    const std::size_t begin = block * length;
    const std::size_t end = std::min(begin + length, m_x.size());
    if (begin >= request.last || end <= request.first)
        return;
    const bool isInside = begin >= request.first && end <= request.last;
    const double width
        = request.isLogarithmic ? std::log(m_x[end - 1] / m_x[begin]) : m_x[end - 1] - m_x[begin];
    if (isInside && width <= request.pixel) {
        const auto [low, high] = m_levels[level][block];
        out.push_back(point(std::min(low, high)));
        if (low != high)
            out.push_back(point(std::max(low, high)));
        return;
    }
    if (level == 0) {
        for (std::size_t i = std::max(begin, request.first); i < std::min(end, request.last); ++i)
            out.push_back(point(i));
        return;
    }
    for (std::size_t child = 0; child < kFanOut; ++child)
        collect(level - 1, block * kFanOut + child, request, out);
}

std::vector<QPointF> CurveStore::visible(double low, double high, int columns, bool isLogarithmic) const
{
    std::vector<QPointF> out;
    if (m_x.empty() || columns < 1 || !(low < high))
        return out;
    const std::size_t first = firstFrom(low);
    const auto last = static_cast<std::size_t>(std::upper_bound(m_x.begin(), m_x.end(), high) - m_x.begin());
    if (first > 0)
        out.push_back(point(first - 1));
    const auto pixels = static_cast<std::size_t>(columns);
    if (last - first <= kFewPerPixel * pixels || m_levels.empty()) {
        for (std::size_t i = first; i < last; ++i)
            out.push_back(point(i));
    } else {
        const double width = isLogarithmic ? std::log(high / low) : high - low;
        const Request request { first, last, width / columns, isLogarithmic };
        for (std::size_t block = 0; block < m_levels.back().size(); ++block)
            collect(m_levels.size() - 1, block, request, out);
    }
    if (last < m_x.size())
        out.push_back(point(last));
    return out;
}

} // namespace palimpsest
