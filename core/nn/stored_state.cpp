// SPDX-License-Identifier: Apache-2.0
#include "core/nn/stored_state.h"

#include "core/base/file.h"
#include "core/base/float_formats.h"
#include "core/base/json.h"
#include "core/pages/page_file.h"
#include "core/pages/page_scales.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <span>
#include <stdexcept>

namespace palimpsest {
namespace {

StoredPages encode(std::span<const float> values, std::int64_t pageSize, Storage storage,
    const std::vector<float>& learnedScales)
{
    if (learnedScales.empty() || !isIntegerForm(storage))
        return encodePages(values, pageSize, storage);
    std::vector<std::uint16_t> scales(learnedScales.size());
    std::transform(learnedScales.begin(), learnedScales.end(), scales.begin(), halfFromFloat);
    return encodePages(values, pageSize, storage, scales);
}

/// A run of any length as one stored page.
StoredPages asOnePage(std::span<const float> values, Storage storage)
{
    return values.empty() ? StoredPages { storage, 0, 0, {}, {} }
                          : encodePages(values, static_cast<std::int64_t>(values.size()), storage);
}

std::vector<float> floatScales(const StoredPages& pages)
{
    std::vector<float> scales(pages.scales.size());
    std::transform(pages.scales.begin(), pages.scales.end(), scales.begin(), floatFromHalf);
    return scales;
}

std::string privateName(std::size_t task)
{
    return "private/" + std::to_string(task);
}

void putPages(Record& record, const std::string& prefix, const std::string& name, const StoredPages& pages)
{
    record.arrays[prefix + "/" + name] = Array::from(pages.bytes);
    std::vector<std::uint8_t> scales(pages.scales.size() * sizeof(std::uint16_t));
    if (!scales.empty())
        std::memcpy(scales.data(), pages.scales.data(), scales.size());
    record.arrays[prefix + "/scales/" + name] = Array::from(scales);
}

Json formOf(const StoredPages& pages)
{
    return { static_cast<int>(pages.storage), pages.pageSize, pages.pageCount };
}

/// @return whether the arrays are those of the form
bool takePages(const Record& record, const std::string& prefix, const std::string& name, const Json& form,
    StoredPages& pages)
{
    const auto bytes = record.arrays.find(prefix + "/" + name);
    const auto scales = record.arrays.find(prefix + "/scales/" + name);
    if (!form.is_array() || form.size() != 3 || bytes == record.arrays.end() || scales == record.arrays.end()
        || bytes->second.type() != DType::UInt8 || scales->second.type() != DType::UInt8)
        return false;
    const int storage = form.at(0).get<int>();
    pages.pageSize = form.at(1).get<std::int64_t>();
    pages.pageCount = form.at(2).get<std::int64_t>();
    if (storage < 0 || storage > static_cast<int>(Storage::Binary) || pages.pageSize < 0
        || pages.pageCount < 0)
        return false;
    pages.storage = static_cast<Storage>(storage);
    const auto expected
        = [&](std::int64_t perPage) { return static_cast<std::size_t>(pages.pageCount * perPage); };
    const auto stored = bytes->second.as<std::uint8_t>();
    const auto storedScales = scales->second.as<std::uint8_t>();
    if (stored.size() != expected(packedBytes(pages.storage, pages.pageSize))
        || storedScales.size() != expected(scaleBytes(pages.storage, pages.pageSize)))
        return false;
    pages.bytes.assign(stored.begin(), stored.end());
    pages.scales.resize(storedScales.size() / sizeof(std::uint16_t));
    if (!storedScales.empty())
        std::memcpy(pages.scales.data(), storedScales.data(), storedScales.size());
    return true;
}

} // namespace

StoredState storeState(
    const VirtualizedState& state, const StateForms& forms, std::span<const PageLayout* const> layouts)
{
    if (layouts.size() != state.privateRuns.size())
        throw std::invalid_argument("storeState: " + std::to_string(layouts.size()) + " layouts for "
            + std::to_string(state.privateRuns.size()) + " private runs");
    StoredState stored;
    const std::int64_t pageSize = std::max<std::int64_t>(state.pageSize, 1);
    stored.pool = encode(state.pool, pageSize, forms.pool, state.poolScales);
    stored.exclusive = encode(state.exclusive, pageSize, forms.exclusive, state.exclusiveScales);
    for (std::size_t task = 0; task < layouts.size(); ++task)
        stored.privateRuns.push_back(
            asOnePage(state.privateRuns[task], privateForm(*layouts[task], forms.privates)));
    return stored;
}

void findScales(VirtualizedState& state, const StateForms& forms)
{
    const std::int64_t pageSize = std::max<std::int64_t>(state.pageSize, 1);
    if (state.poolScales.empty())
        state.poolScales = leastSquaresScales(state.pool, pageSize, forms.pool);
    if (state.exclusiveScales.empty())
        state.exclusiveScales = leastSquaresScales(state.exclusive, pageSize, forms.exclusive);
}

VirtualizedState readState(const StoredState& stored)
{
    VirtualizedState state;
    state.pageSize = stored.pool.pageSize;
    state.pool = decodePages(stored.pool);
    state.exclusive = decodePages(stored.exclusive);
    state.poolScales = floatScales(stored.pool);
    state.exclusiveScales = floatScales(stored.exclusive);
    for (const StoredPages& run : stored.privateRuns)
        state.privateRuns.push_back(decodePages(run));
    return state;
}

void putStoredState(Record& record, const std::string& prefix, const StoredState& state)
{
    Json forms = { { "pool", formOf(state.pool) }, { "exclusive", formOf(state.exclusive) },
        { "privates", Json::array() } };
    putPages(record, prefix, "pool", state.pool);
    putPages(record, prefix, "exclusive", state.exclusive);
    for (std::size_t task = 0; task < state.privateRuns.size(); ++task) {
        forms["privates"].push_back(formOf(state.privateRuns[task]));
        putPages(record, prefix, privateName(task), state.privateRuns[task]);
    }
    record.texts[prefix + "/forms"] = forms.dump();
}

std::optional<StoredState> takeStoredState(const Record& record, const std::string& prefix)
{
    const auto text = record.texts.find(prefix + "/forms");
    if (text == record.texts.end())
        return std::nullopt;
    const Json forms = Json::parse(text->second, nullptr, /*allow_exceptions=*/false);
    if (!forms.is_object() || !forms.contains("pool") || !forms.contains("exclusive")
        || !forms.contains("privates") || !forms.at("privates").is_array())
        return std::nullopt;
    try {
        StoredState state;
        if (!takePages(record, prefix, "pool", forms.at("pool"), state.pool)
            || !takePages(record, prefix, "exclusive", forms.at("exclusive"), state.exclusive))
            return std::nullopt;
        for (const Json& form : forms.at("privates")) {
            const std::string name = privateName(state.privateRuns.size());
            if (!takePages(record, prefix, name, form, state.privateRuns.emplace_back()))
                return std::nullopt;
        }
        return state;
    } catch (const nlohmann::json::exception&) { // a number is no number
        return std::nullopt;
    }
}

Status writeExclusivePages(const std::filesystem::path& path, const StoredPages& exclusive)
{
    return writeFileAtomically(path, pageFileContent(exclusive));
}

} // namespace palimpsest
