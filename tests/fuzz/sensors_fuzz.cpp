// SPDX-License-Identifier: Apache-2.0
#include "core/data/sensors_reader.h"
#include "tests/fuzz/input_file.h"

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    DataSettings settings;
    settings.format = "sensors";
    settings.path = test::inputFile(data, size, "input.csv").string();
    settings.windows = { 2, 1 };
    settings.columns.where = { "label!=none" };
    if (const auto read = makeSensorsReader()->read(settings, {}, Part::Train))
        test::require(
            read->y.size() == static_cast<std::size_t>(read->x.shape().front()), "each window has a label");
    return 0;
}
