// SPDX-License-Identifier: Apache-2.0
#include "core/data/data_store.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "palimpsest-data";
constexpr int kVersion = 1;
constexpr const char* kPins = "pins"; // address -> SHA-256
constexpr const char* kAccepted = "accepted"; // data set -> "yes"
constexpr const char* kMade = "made"; // data set -> SHA-256

} // namespace

Result<Json> DataStore::read() const
{
    Json json { { "format", kFormat }, { "version", kVersion }, { kPins, Json::object() },
        { kAccepted, Json::object() }, { kMade, Json::object() } };
    std::error_code error;
    if (!fs::exists(m_file, error))
        return json;
    PALIMPSEST_TRY(const Json found, readJsonFile(m_file));
    const Error notOurs
        = badInput("is not what this program writes there; remove it, and licences and hashes are asked "
                   "for anew",
            m_file.string());
    if (!found.is_object() || found.value("format", Json()) != kFormat
        || found.value("version", Json()) != kVersion)
        return notOurs;
    for (const char* group : { kPins, kAccepted, kMade }) {
        const auto values = found.find(group);
        if (values == found.end())
            continue;
        if (!values->is_object())
            return notOurs;
        for (const auto& [key, value] : values->items()) {
            if (!value.is_string())
                return notOurs;
            json[group][key] = value;
        }
    }
    return json;
}

Result<std::optional<std::string>> DataStore::find(const char* group, const std::string& key) const
{
    PALIMPSEST_TRY(const Json json, read());
    const auto found = json.at(group).find(key);
    return found == json.at(group).end() ? std::nullopt : std::optional(found->get<std::string>());
}

Status DataStore::set(const char* group, const std::string& key, const std::string& value) const
{
    PALIMPSEST_TRY(Json json, read());
    json[group][key] = value;
    std::error_code error;
    fs::create_directories(m_file.parent_path(), error);
    return writeFileAtomically(m_file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

Result<std::optional<std::string>> DataStore::pinned(const std::string& url) const
{
    return find(kPins, url);
}

Status DataStore::pin(const std::string& url, const std::string& sha256)
{
    return set(kPins, url, sha256);
}

Result<bool> DataStore::isAccepted(const std::string& name) const
{
    PALIMPSEST_TRY(const std::optional<std::string> found, find(kAccepted, name));
    return found.has_value();
}

Status DataStore::accept(const std::string& name)
{
    return set(kAccepted, name, "yes");
}

Result<std::optional<std::string>> DataStore::made(const std::string& name) const
{
    return find(kMade, name);
}

Status DataStore::setMade(const std::string& name, const std::string& sha256)
{
    return set(kMade, name, sha256);
}

} // namespace palimpsest
