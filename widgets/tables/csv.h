// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QAbstractItemModel;

namespace palimpsest {

/// One field of RFC 4180: in quotes where it has to be.
[[nodiscard]] QString csvField(const QString& text);
/// One line of such fields, with its end.
[[nodiscard]] QString csvLine(const QStringList& fields);
/// A number as a file holds it: the shortest text that reads back as the same value, with a point.
[[nodiscard]] QString csvNumber(double value);
/// The model's texts with a line of its headers.
[[nodiscard]] QString tableCsv(const QAbstractItemModel& model);

} // namespace palimpsest
