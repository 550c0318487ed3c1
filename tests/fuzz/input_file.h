// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temporary_folder.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace palimpsest::test {

/// For parsers that read files: the input's bytes as FOLDER/name, in one folder a process.
inline std::filesystem::path inputFile(const std::uint8_t* bytes, std::size_t size, const std::string& name)
{
    static const TemporaryFolder folder;
    std::filesystem::path path = folder / name;
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    stream.close();
    if (!stream)
        throw std::runtime_error("the input could not be written to " + path.string());
    return path;
}

/// Fails the run: an invariant does not hold.
inline void require(bool holds, const char* what)
{
    if (!holds)
        throw std::logic_error(what);
}

} // namespace palimpsest::test
