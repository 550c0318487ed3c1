// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace palimpsest {

/// Colour of the n-th task of a project, the same in every view: Okabe and Ito's, which people without full colour vision
/// can tell apart. After eight they repeat: every view adds a second cue (name, pattern or line style).
[[nodiscard]] QColor taskColor(int index);

/// Colour of a quantity: dark violet for 0 over green to yellow for 1 (the viridis family). Lightness grows with the value, so
/// that it reads in grey too. Values outside [0, 1] and NaN are taken as the nearest end and 0.
[[nodiscard]] QColor scaleColor(double value);

/// Black or white, whichever is easier to read on `background`.
[[nodiscard]] QColor readableOn(const QColor& background);

} // namespace palimpsest
