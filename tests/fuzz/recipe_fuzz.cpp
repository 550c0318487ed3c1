// SPDX-License-Identifier: Apache-2.0
#include "core/project/recipe.h"
#include "tests/fuzz/input_file.h"

#include <nlohmann/json.hpp>

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto json = parseJson({ reinterpret_cast<const char*>(data), size }, "input");
    if (!json)
        return 0;
    const auto recipe = parseRecipe(*json, "input", NoTasks::Allow);
    if (!recipe)
        return 0;
    const auto again = parseRecipe(toJson(*recipe), "written", NoTasks::Allow);
    test::require(again.ok(), "what was written can be read");
    test::require(toJson(*again) == toJson(*recipe), "what was written is read the same");
    return 0;
}
