// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

class QAbstractItemModel;
class QFont;
class QPainter;
class QPalette;

namespace palimpsest {

/// Height that paintTable() takes for all rows and the header.
[[nodiscard]] double tableHeight(const QAbstractItemModel& model, const QFont& font);

/// Paints a table as it reads, without the cut of a scroll area: texts, alignment, bold rows, colours of texts, and a colour's
/// swatch where a cell has one. It is shrunk where it is larger than `target`; rows that do not fit even then are left out, and a
/// last line says how many.
void paintTable(QPainter& painter, const QRectF& target, const QAbstractItemModel& model, const QFont& font,
    const QPalette& palette);

} // namespace palimpsest
