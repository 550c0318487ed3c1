// SPDX-License-Identifier: Apache-2.0
#include "core/data/csv_reader.h"
#include "tests/fuzz/input_file.h"

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    DataSettings settings;
    settings.format = "csv";
    settings.path = test::inputFile(data, size, "input.csv").string();
    const auto read = makeCsvReader()->read(settings, {}, Part::Train);
    if (read)
        test::require(
            read->y.size() == static_cast<std::size_t>(read->x.shape().front()), "each sample has a label");
    return 0;
}
