// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"
#include "core/project/settings.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest::test {

/// A folder that is empty at first and goes with the object.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// Writes a file and gives its path.
    std::filesystem::path write(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path m_path;
};

/// Settings of a data set, all others at their defaults.
[[nodiscard]] inline DataSettings dataSettings(std::string format, std::string path, std::string test = {},
    std::int64_t classes = 0, Shape sampleShape = {})
{
    DataSettings settings;
    settings.format = std::move(format);
    settings.path = std::move(path);
    settings.test = std::move(test);
    settings.classes = classes;
    settings.sampleShape = std::move(sampleShape);
    return settings;
}

/// One gzip member that holds `content`.
[[nodiscard]] std::string gzip(const std::string& content);

/// A zip archive of these members (name, content), deflated or stored.
[[nodiscard]] std::string zip(
    const std::vector<std::pair<std::string, std::string>>& members, bool isDeflated = true);

/// The header of a .npy file: {'descr': ..., 'fortran_order': ..., 'shape': ..., }.
[[nodiscard]] std::string headerOf(
    const std::string& descr, const std::string& shape, bool isFortran = false);
/// A .npy file of version 1.0 with this header and these bytes of values.
[[nodiscard]] std::string npyFile(const std::string& header, const std::string& values);

/// An idx file: `values` are written with `width` bytes each, big-endian, as the whole numbers they are.
[[nodiscard]] std::string idxFile(unsigned typeCode, const std::vector<std::uint32_t>& sizes,
    const std::vector<std::uint64_t>& values, std::size_t width);

/// The value, or a failed test that prints the error.
template <class T> T require(Result<T> result)
{
    if (!result.ok())
        throw std::runtime_error("unexpected error: " + result.error().text());
    return std::move(result).value();
}

/// The text of a BadInput; a failed test where there is none.
template <class T> std::string badInputText(const Result<T>& result)
{
    if (result.ok()) {
        ADD_FAILURE() << "expected BadInput, got a value";
        return {};
    }
    EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
    return result.error().text();
}

} // namespace palimpsest::test

#define EXPECT_CONTAINS(text, part)                                                                          \
    EXPECT_NE(std::string(text).find(part), std::string::npos) << "text: " << (text)
