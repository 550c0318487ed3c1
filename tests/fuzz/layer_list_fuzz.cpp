// SPDX-License-Identifier: Apache-2.0
#include "core/network/network.h"
#include "tests/fuzz/input_file.h"

#include <nlohmann/json.hpp>

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto json = parseJson({ reinterpret_cast<const char*>(data), size }, "input");
    if (!json)
        return 0;
    const auto network = parseNetwork(*json, "input");
    if (!network)
        return 0;
    const auto again = parseNetwork(toJson(*network), "written");
    test::require(again.ok() && *again == *network, "what was written is read the same");
    return 0;
}
