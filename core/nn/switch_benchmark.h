// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"
#include "core/nn/joint.h"
#include "core/nn/stored_state.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// Latencies of one way to switch, one value a switch.
struct SwitchTimes {
    std::string method;
    std::vector<double> microseconds; ///< of the host, until the task can be used
    [[nodiscard]] double quantile(double share) const; ///< nearest rank; 0.5: median
};

struct SwitchBenchmark {
    std::vector<std::size_t> sequence; ///< task of each switch: random, seeded, never the same twice in a row
    std::vector<SwitchTimes> methods;
    double networkBytes = 0.0; ///< mean float32 bytes of a switched network
    std::int64_t level1Bytes = 0, level2Bytes = 0; ///< counted from the executor's containers
    /// Growth of the memory in use over kMemorySwitches further switches, of the device and of this process.
    std::int64_t deviceBytesGrown = 0, residentBytesGrown = 0;
    static constexpr std::int64_t kMemorySwitches = 10'000;
    std::int64_t deviceBytesUsed = 0; ///< of the device by all processes after them; 0 on the CPU
    /// Largest absolute difference between the paged network's logits and those of the directly assembled weights.
    double largestDifference = 0.0;
};

/// N random switches by every method, after one warm-up round over all tasks.
///
///     paged         PagedExecutor::switchTo()
///     wholeCopy     CPU: one memcpy of the float32 network; CUDA: one copy from page-locked memory
///     fileReload    safetensors file to a fresh network on the device
///     allResident   every network stays: nothing to do but to take the other one
/// and on CUDA
///     launch        a switch of four weights: launch and synchronise, the floor
///     gather        the bare gather of as many float32 pages, all of them on level 1
///     tensorCopies  page-locked copies, tensor by tensor
///     int8Resident  every network stays as private int8 and is decoded at a switch
///     forward       one sample through the current network (recorded graph, copies of input and logits included)
///     switchForward the same with the switch as the graph's first node
///
/// @param folder  scratch folder for the reloaded files; they are removed again
[[nodiscard]] Result<SwitchBenchmark> benchmarkSwitch(std::vector<JointTask> tasks, const StoredState& state,
    std::int64_t switches, std::uint64_t seed, const std::filesystem::path& folder,
    const JobContext& context);

/// A switch of a large network against the memory's own speed, on the context's CUDA device: `pages` pages of 512 float32 weights
/// taken in random order from a pool of as many slots, so that every byte comes from memory.
struct BandwidthBenchmark {
    double networkBytes = 0.0;
    double switchUs = 0.0; ///< median
    double copyUs = 0.0; ///< median of a copy of as many bytes within the device's memory
    double pinnedCopyUs = 0.0; ///< median of one copy of the network from page-locked memory
    double copyBytesPerSecond = 0.0; ///< bytes read and written, of a copy of 1 GiB
    double floorUs = 0.0; ///< bytes that the switch reads and writes over copyBytesPerSecond
};
[[nodiscard]] Result<BandwidthBenchmark> benchmarkBandwidth(std::int64_t pages, const JobContext& context);

} // namespace palimpsest
