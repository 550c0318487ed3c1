// SPDX-License-Identifier: Apache-2.0
#include "core/data/unpack.h"
#include "tests/fuzz/input_file.h"

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::filesystem::path archive = test::inputFile(data, size, "input.archive");
    const std::filesystem::path folder = archive.parent_path() / "out";
    JobChannel channel;
    (void)unpackArchive(archive, folder, {}, { 1'000'000, 100 }, JobContext(channel, {}));
    for (const auto& entry : std::filesystem::directory_iterator(archive.parent_path()))
        test::require(entry.path() == archive || entry.path() == folder, "nothing leaves the folder");
    std::filesystem::remove_all(folder);
    return 0;
}
