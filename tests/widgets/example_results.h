// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"

#include <memory>
#include <vector>

namespace palimpsest::test {

/// A finished run of three tasks, "alpha", "beta" and "gamma", with numbers that can be worked by hand:
/// 4, 2 and 3 pages of 64 weights; page Fisher {8, 1, 0.5, 0.5}, {3, 1} and {1, 1, 2}; 3 slots, one exclusive page (alpha's
/// first). The tests name what else they rely on.
[[nodiscard]] std::shared_ptr<RunResults> exampleResults();

} // namespace palimpsest::test
