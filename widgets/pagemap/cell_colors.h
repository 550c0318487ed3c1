// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_cells.h"

#include <QBrush>
#include <QColor>
#include <QPalette>

#include <array>

namespace palimpsest {

/// Colours of all codes under one palette; beside them the patterns by which categories are told apart without colour.
class CellColors {
public:
    explicit CellColors(const QPalette& palette);

    /// One colour a code, for CellRaster.
    /// @param dimsOthers  cells without kHighlight fade towards the ground
    [[nodiscard]] const std::array<QRgb, 256>& colors(bool dimsOthers) const
    {
        return dimsOthers ? m_dimmed : m_plain;
    }
    [[nodiscard]] QColor color(std::uint8_t code, bool dimsOthers = false) const
    {
        return QColor::fromRgb(colors(dimsOthers)[code]);
    }
    /// Lines over a category's colour; Qt::NoBrush for shades and for categories that need none.
    [[nodiscard]] static Qt::BrushStyle pattern(std::uint8_t code);
    /// Colour of a pattern's lines over a cell of that colour.
    [[nodiscard]] static QColor patternColor(const QColor& cell);
    /// Lines that part the cells.
    [[nodiscard]] QColor ground() const { return m_ground; }

private:
    std::array<QRgb, 256> m_plain {};
    std::array<QRgb, 256> m_dimmed {};
    QColor m_ground;
};

} // namespace palimpsest
