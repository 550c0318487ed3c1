// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace palimpsest {

/// Whether `actual` is the text of tests/golden/NAME. Where it is not, it is written beside it as NAME.actual, and the
/// first lines that differ are in the message; after a look at them, `mv NAME.actual NAME` accepts the change.
[[nodiscard]] testing::AssertionResult matchesGolden(const std::string& name, const std::string& actual);

} // namespace palimpsest
