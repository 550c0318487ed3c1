// SPDX-License-Identifier: Apache-2.0
// Puts the files of a corpus through a fuzz target without libFuzzer: as they are, cut off, and with single bytes spoilt.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kMaxPlaces = 1024; ///< of one file that are cut and spoilt, evenly spread

using Bytes = std::vector<std::uint8_t>;

/// From a heap block of the exact size, so that a read beyond the end is seen by a sanitizer.
void run(const Bytes& bytes, std::size_t size)
{
    const Bytes exact(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void runAll(Bytes bytes)
{
    run(bytes, bytes.size());
    const std::size_t step = bytes.size() / kMaxPlaces + 1;
    for (std::size_t place = 0; place < bytes.size(); place += step) {
        run(bytes, place);
        for (const unsigned spoil : { 0x01U, 0x80U, 0xFFU }) {
            const std::uint8_t kept = bytes[place];
            bytes[place] = static_cast<std::uint8_t>(kept ^ spoil);
            run(bytes, bytes.size());
            bytes[place] = kept;
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
        return 2;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        std::printf("%s\n", file.filename().c_str());
        std::fflush(stdout); // the last line names the file that crashed
        std::ifstream stream(file, std::ios::binary);
        runAll(Bytes(std::istreambuf_iterator<char>(stream), {}));
    }
    return files.empty() ? 1 : 0;
}
