// SPDX-License-Identifier: Apache-2.0
#include "core/nn/stored_state.h"

#include "core/base/file.h"

#include <string>

namespace palimpsest {
namespace {

/// A run of any length as one stored page.
StoredPages asOnePage(std::span<const float> values, Storage storage)
{
    return values.empty() ? StoredPages { storage, 0, 0, {}, {} }
                          : encodePages(values, static_cast<std::int64_t>(values.size()), storage);
}

} // namespace

StoredState storeState(const VirtualizedState& state, Storage pool, Storage exclusive)
{
    StoredState stored;
    stored.pool = encodePages(state.pool, std::max<std::int64_t>(state.pageSize, 1), pool);
    stored.exclusive = encodePages(state.exclusive, std::max<std::int64_t>(state.pageSize, 1), exclusive);
    stored.privateIsHalf = pool != Storage::Float32;
    for (const std::vector<float>& run : state.privateRuns)
        stored.privateRuns.push_back(
            asOnePage(run, stored.privateIsHalf ? Storage::Float16 : Storage::Float32).bytes);
    return stored;
}

VirtualizedState readState(const StoredState& stored)
{
    VirtualizedState state;
    state.pageSize = stored.pool.pageSize;
    state.pool = decodePages(stored.pool);
    state.exclusive = decodePages(stored.exclusive);
    for (std::size_t task = 0; task < stored.privateRuns.size(); ++task) {
        const std::int64_t size = stored.privateSize(task);
        state.privateRuns.push_back(decodePages({ stored.privateIsHalf ? Storage::Float16 : Storage::Float32,
            size, size == 0 ? 0 : 1, stored.privateRuns[task], {} }));
    }
    return state;
}

Status writeExclusivePages(const std::filesystem::path& path, const StoredPages& exclusive)
{
    std::string file(exclusive.bytes.begin(), exclusive.bytes.end());
    file.resize((file.size() + 1) / 2 * 2); // scales have two bytes each
    file.append(reinterpret_cast<const char*>(exclusive.scales.data()),
        exclusive.scales.size() * sizeof(std::uint16_t));
    return writeFileAtomically(path, file);
}

} // namespace palimpsest
