// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/nn alone: this header names LibTorch.

#include "core/backend/backend.h"
#include "core/nn/torch_headers.h"

#include <cstdint>
#include <memory>
#include <string>

namespace palimpsest::nn {

/// Where a computation runs: LibTorch's device and the backend of the same device.
struct ComputeDevice {
    at::Device torch = at::kCPU;
    std::shared_ptr<Backend> backend;

    [[nodiscard]] bool isCuda() const { return torch.is_cuda(); }
    /// Random numbers of dropout. On the CPU a generator of its own; on CUDA the device's one, which recorded graphs know,
    /// seeded anew.
    [[nodiscard]] at::Generator generator(std::uint64_t seed) const;
    /// Waits for all that this thread has queued on the device; the CPU never has to.
    void synchronize() const;
    /// How many results a loop leaves on the device before it reads them: reading waits for the device.
    [[nodiscard]] std::int64_t readEvery() const { return isCuda() ? 50 : 1; }
};

/// @param device  as JobContext::device() has it
/// @throws std::runtime_error where the device is not there (it was resolved before: it must have gone since)
[[nodiscard]] ComputeDevice computeDevice(const std::string& device);

} // namespace palimpsest::nn
