// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/gpu_module.h"

namespace palimpsest::gpu {

/// Memory of one device by plain CUDA calls.
class CudaDeviceMemory : public DeviceMemory {
public:
    explicit CudaDeviceMemory(int device)
        : m_device(device)
    {
    }
    [[nodiscard]] void* allocate(std::size_t byteCount) override;
    void release(void* pointer) override;
    [[nodiscard]] void* allocatePinned(std::size_t byteCount) override;
    void releasePinned(void* pointer) override;
    void copy(void* to, const void* from, std::size_t byteCount) override;
    void synchronize() override;

private:
    int m_device;
};

} // namespace palimpsest::gpu
