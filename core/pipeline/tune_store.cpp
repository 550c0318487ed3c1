// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/tune_store.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/pipeline/project.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "palimpsest-tune";
constexpr int kVersion = 1;
constexpr std::size_t kMostSearches = 16; ///< the oldest go

struct Kept {
    std::string key;
    TuneFront front;
};

fs::path fileOf(const fs::path& folder)
{
    return folder / "tune.json";
}

/// Oldest first; those that do not read are left out.
std::vector<Kept> readAll(const fs::path& folder)
{
    std::vector<Kept> all;
    if (!fs::exists(fileOf(folder)))
        return all;
    const auto json = readJsonFile(fileOf(folder));
    if (!json || !json->is_object() || json->value("format", Json()) != kFormat
        || json->value("version", Json()) != kVersion)
        return all;
    const auto searches = json->find("searches");
    if (searches == json->end() || !searches->is_array())
        return all;
    for (const Json& search : *searches) {
        if (!search.is_object() || !search.contains("key") || !search.at("key").is_string())
            continue;
        if (auto front = tuneFrontFromJson(search, fileOf(folder).string()); front)
            all.push_back({ search.at("key").get<std::string>(), std::move(*front) });
    }
    return all;
}

} // namespace

Result<std::string> searchKey(const fs::path& folder, const Recipe& recipe)
{
    Recipe plain = recipe;
    plain.pages.poolStorage = plain.pages.exclusiveStorage = Storage::Float32;
    plain.pages.poolPages = 1;
    plain.separation.exclusivePages = 0;
    plain.optimisation.steps = 1;
    PALIMPSEST_TRY(const Project project, Project::fromRecipe(folder, std::move(plain), {}));
    return project.planned("optimise").fingerprint;
}

std::optional<TuneFront> readTuneFront(const fs::path& folder, const std::string& key)
{
    for (Kept& kept : readAll(folder))
        if (kept.key == key)
            return std::move(kept.front);
    return std::nullopt;
}

Status keepTuneFront(const fs::path& folder, const std::string& key, const TuneFront& front)
{
    std::vector<Kept> all = readAll(folder);
    std::erase_if(all, [&](const Kept& kept) { return kept.key == key; });
    all.push_back({ key, front });
    if (all.size() > kMostSearches)
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(kMostSearches));
    Json searches = Json::array();
    for (const Kept& kept : all) {
        Json search = { { "key", kept.key } };
        search.update(toJson(kept.front));
        searches.push_back(std::move(search));
    }
    const Json json = { { "format", kFormat }, { "version", kVersion }, { "searches", std::move(searches) } };
    return writeFileAtomically(fileOf(folder), json.dump(1) + "\n");
}

std::vector<std::string> filesOfTuneFronts(const fs::path& folder)
{
    std::vector<std::string> files;
    for (const Kept& kept : readAll(folder))
        for (const std::size_t index : paretoFront(kept.front.points)) {
            const std::vector<std::string>& names = kept.front.points[index].files;
            files.insert(files.end(), names.begin(), names.end());
        }
    return files;
}

} // namespace palimpsest
