// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <string>

namespace palimpsest {

/// What the program remembers of data sets that it fetched into a folder: FOLDER/palimpsest-data.json, read at each
/// question and replaced as a whole at each change. A file that cannot be understood is BadInput that says so.
class DataStore {
public:
    explicit DataStore(std::filesystem::path folder)
        : m_file(std::move(folder) / "palimpsest-data.json")
    {
    }

    /// The SHA-256 that the user confirmed for the file of an address.
    [[nodiscard]] Result<std::optional<std::string>> pinned(const std::string& url) const;
    [[nodiscard]] Status pin(const std::string& url, const std::string& sha256);

    /// Whether the user accepted the licence of a data set.
    [[nodiscard]] Result<bool> isAccepted(const std::string& name) const;
    [[nodiscard]] Status accept(const std::string& name);

    /// The SHA-256 of the file that a data set was converted into.
    [[nodiscard]] Result<std::optional<std::string>> made(const std::string& name) const;
    [[nodiscard]] Status setMade(const std::string& name, const std::string& sha256);

private:
    [[nodiscard]] Result<Json> read() const;
    [[nodiscard]] Result<std::optional<std::string>> find(const char* group, const std::string& key) const;
    [[nodiscard]] Status set(const char* group, const std::string& key, const std::string& value) const;

    std::filesystem::path m_file;
};

} // namespace palimpsest
