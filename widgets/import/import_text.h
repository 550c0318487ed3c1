// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// "3, 32, 32", "3x32x32", "[3, 32, 32]": one to three sizes. None where it is something else.
[[nodiscard]] std::optional<Shape> shapeFromText(const QString& text);

/// An error as a sentence, without the name of the file that stands above it.
[[nodiscard]] QString sentenceOf(const Error& error, const QString& file);

[[nodiscard]] std::vector<std::string> stepsFromText(const QString& text); ///< "scale=255, l2"
[[nodiscard]] QString stepsText(const std::vector<std::string>& steps); ///< "scale=255, l2"
/// What the steps do, for people who do not know their names: "values divided by 255".
[[nodiscard]] QString stepsMeaning(const std::vector<std::string>& steps);

/// Where the share of right predictions of all samples lies, 19 times of 20, after `correct` of `samples` were right (Wilson 1927).
struct ShareRange {
    double low = 0.0;
    double high = 1.0;
};
[[nodiscard]] ShareRange likelyShare(std::int64_t correct, std::int64_t samples);

} // namespace palimpsest
