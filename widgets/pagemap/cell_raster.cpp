// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/cell_raster.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace palimpsest {

void CellRaster::setCells(std::span<const std::uint8_t> codes, std::int64_t columns, Coarser coarser)
{
    m_levels.clear();
    m_coarse.clear();
    if (codes.empty() || columns <= 0)
        return;
    const auto count = static_cast<std::int64_t>(codes.size());
    m_levels.push_back({ codes, columns, (count + columns - 1) / columns, 1, 1 });
    const std::int64_t down = coarser == Coarser::BothWays ? 2 : 1;
    while (m_levels.back().columns > 1 || (down > 1 && m_levels.back().rows > 1)) {
        const Level& fine = m_levels.back();
        Level next;
        next.columns = (fine.columns + 1) / 2;
        next.rows = (fine.rows + down - 1) / down;
        next.cellsAcross = fine.cellsAcross * 2;
        next.cellsDown = fine.cellsDown * down;
        std::vector<std::uint8_t>& coarse
            = m_coarse.emplace_back(static_cast<std::size_t>(next.columns * next.rows), std::uint8_t { 0 });
        for (std::int64_t row = 0; row < fine.rows; ++row) {
            const std::uint8_t* from = fine.codes.data() + row * fine.columns;
            std::uint8_t* to = coarse.data() + row / down * next.columns;
            const std::int64_t here
                = std::min(fine.columns, static_cast<std::int64_t>(fine.codes.size()) - row * fine.columns);
            for (std::int64_t pair = 0; pair < here / 2; ++pair)
                to[pair] = std::max({ to[pair], from[2 * pair], from[2 * pair + 1] });
            if (here % 2 == 1)
                to[here / 2] = std::max(to[here / 2], from[here - 1]);
        }
        next.codes = coarse;
        m_levels.push_back(next);
    }
}

std::int64_t CellRaster::extraBytes() const
{
    std::int64_t bytes = 0;
    for (const std::vector<std::uint8_t>& coarse : m_coarse)
        bytes += static_cast<std::int64_t>(coarse.size());
    return bytes;
}

void CellRaster::paint(QImage& image, const QRectF& cells, const std::array<QRgb, 256>& colors) const
{
    if (m_levels.empty() || cells.isEmpty()) {
        image.fill(colors[0]);
        return;
    }
    // The finest level of which a cell takes a pixel at least, both ways.
    const double across = cells.width() / static_cast<double>(columns()); // pixels a cell
    const double down = cells.height() / static_cast<double>(rows());
    const Level* level = &m_levels.front();
    for (const Level& candidate : m_levels) {
        level = &candidate;
        if (across * static_cast<double>(candidate.cellsAcross) >= 1.0
            && (down * static_cast<double>(candidate.cellsDown) >= 1.0 || candidate.cellsDown == 1))
            break;
    }
    const double width = across * static_cast<double>(level->cellsAcross);
    const double height = down * static_cast<double>(level->cellsDown);
    const auto cellAt = [](double pixel, double start, double size, std::int64_t count) {
        const double place = std::floor((pixel + 0.5 - start) / size);
        return place < 0.0 || place >= static_cast<double>(count) ? std::int64_t { -1 }
                                                                  : static_cast<std::int64_t>(place);
    };

    m_columnOfPixel.resize(static_cast<std::size_t>(image.width()));
    for (int x = 0; x < image.width(); ++x)
        m_columnOfPixel[static_cast<std::size_t>(x)] = cellAt(x, cells.left(), width, level->columns);
    // The pixels that show a column are one run: outside it is the ground.
    const auto isOutside = [](std::int64_t column) { return column < 0; };
    const auto begin = std::find_if_not(m_columnOfPixel.begin(), m_columnOfPixel.end(), isOutside);
    const auto end = std::find_if(begin, m_columnOfPixel.end(), isOutside);
    const auto first = static_cast<int>(begin - m_columnOfPixel.begin());
    const auto last = static_cast<int>(end - m_columnOfPixel.begin());

    std::int64_t painted = -2; // the row that the line above shows
    const auto lineBytes = static_cast<std::size_t>(image.width()) * sizeof(QRgb);
    for (int y = 0; y < image.height(); ++y) {
        const std::int64_t row = cellAt(y, cells.top(), height, level->rows);
        auto* const line = reinterpret_cast<QRgb*>(image.scanLine(y));
        if (row == painted) {
            std::memcpy(line, image.constScanLine(y - 1), lineBytes);
            continue;
        }
        painted = row;
        std::fill_n(line, image.width(), colors[0]);
        if (row < 0)
            continue;
        const std::uint8_t* const codes = level->codes.data() + row * level->columns;
        const std::int64_t here = static_cast<std::int64_t>(level->codes.size()) - row * level->columns;
        for (int x = first; x < last; ++x) {
            const std::int64_t column = m_columnOfPixel[static_cast<std::size_t>(x)];
            if (column < here)
                line[x] = colors[codes[column]];
        }
    }
}

} // namespace palimpsest
