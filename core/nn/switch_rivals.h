// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/nn alone: what benchmarkSwitch() compares a paged switch with.

#include "core/base/result.h"
#include "core/nn/joint.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest::nn {

/// The tasks' networks as a program without pages would keep them, and every way to make one of them current
/// (core/nn/switch_benchmark.h says which).
class SwitchRivals {
public:
    using Method = std::pair<std::string, std::function<Status(std::size_t)>>;

    /// @param tasks   outlive the rivals
    /// @param folder  for the files that are reloaded
    [[nodiscard]] static Result<std::unique_ptr<SwitchRivals>> create(const std::vector<JointTask>& tasks,
        const VirtualizedState& state, const std::filesystem::path& folder, const std::string& device);
    SwitchRivals(const SwitchRivals&) = delete;
    SwitchRivals& operator=(const SwitchRivals&) = delete;
    ~SwitchRivals();

    /// Valid while this lives.
    [[nodiscard]] std::vector<Method> methods();
    [[nodiscard]] std::int64_t networkBytes(std::size_t task) const; ///< float32

private:
    struct State;
    explicit SwitchRivals(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace palimpsest::nn
