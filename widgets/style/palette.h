// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <Qt>

namespace palimpsest {

/// Colour of the n-th task of a project, the same in every view: Okabe and Ito's, which people without full colour vision
/// can tell apart. After eight they repeat: every view adds a second cue (name, pattern or line style).
[[nodiscard]] QColor taskColor(int index);

/// Colour of a quantity: dark violet for 0 over green to yellow for 1 (the viridis family). Lightness grows with the value, so
/// that it reads in grey too. Values outside [0, 1] and NaN are taken as the nearest end and 0.
[[nodiscard]] QColor scaleColor(double value);

/// Colours of what is printed or exported: dark on white paper, whatever the window's theme is.
[[nodiscard]] QPalette paperPalette();

/// Black or white, whichever is easier to read on `background`.
[[nodiscard]] QColor readableOn(const QColor& background);

/// `share` of `b` in `a`, from 0 to 1.
[[nodiscard]] QColor blended(const QColor& a, const QColor& b, double share);

/// `color`, mixed with black or white as far as it takes to tell it from `background`: Okabe and Ito's black is no colour for a
/// line on a dark window, nor their yellow on a white one.
[[nodiscard]] QColor visibleOn(const QColor& color, const QColor& background);

/// Line style of the n-th task's curves: the second cue beside its colour. Never Qt::DashLine, which marks baselines and limits.
[[nodiscard]] Qt::PenStyle taskPenStyle(int index);

/// Colour of what is no task (a part of memory, a way to switch): the n-th of `count`, from the viridis family.
[[nodiscard]] QColor seriesColor(int index, int count);

// Of a difference, always beside an arrow or a sign.
[[nodiscard]] QColor betterColor(const QColor& background);
[[nodiscard]] QColor worseColor(const QColor& background);

} // namespace palimpsest
