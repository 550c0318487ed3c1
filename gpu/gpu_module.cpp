// SPDX-License-Identifier: Apache-2.0
#include "core/backend/gpu_module.h"

#include "gpu/cuda_backend.h"
#include "gpu/cuda_check.h"
#include "gpu/device_memory.h"

namespace palimpsest::gpu {
namespace {

void requireDevice(int device)
{
    int count = 0;
    PALIMPSEST_CUDA(cudaGetDeviceCount(&count));
    if (device < 0 || device >= count)
        throw CudaError(
            cudaErrorInvalidDevice, ("device " + std::to_string(device)).c_str(), __FILE__, __LINE__);
}

class CudaModule : public GpuModule {
public:
    std::string driverVersion() override
    {
        int version = 0;
        PALIMPSEST_CUDA(cudaDriverGetVersion(&version));
        return version == 0 ? "none"
                            : std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
    }

    std::vector<DeviceInfo> devices() override
    {
        int count = 0;
        PALIMPSEST_CUDA(cudaGetDeviceCount(&count));
        int before = 0;
        if (count != 0)
            PALIMPSEST_CUDA(cudaGetDevice(&before));
        std::vector<DeviceInfo> list;
        for (int device = 0; device < count; ++device)
            list.push_back(describe(device));
        if (count != 0)
            PALIMPSEST_CUDA(cudaSetDevice(before));
        return list;
    }

    std::unique_ptr<Backend> createBackend(int device) override
    {
        requireDevice(device);
        return std::make_unique<CudaBackend>(device);
    }

    std::unique_ptr<DeviceMemory> createMemory(int device) override
    {
        requireDevice(device);
        return std::make_unique<CudaDeviceMemory>(device);
    }

private:
    static DeviceInfo describe(int device)
    {
        cudaDeviceProp properties {};
        PALIMPSEST_CUDA(cudaGetDeviceProperties(&properties, device));
        PALIMPSEST_CUDA(cudaSetDevice(device));
        std::size_t freeBytes = 0;
        std::size_t allBytes = 0;
        PALIMPSEST_CUDA(cudaMemGetInfo(&freeBytes, &allBytes));
        return { "cuda:" + std::to_string(device), properties.name, static_cast<std::int64_t>(allBytes),
            static_cast<std::int64_t>(freeBytes),
            "sm_" + std::to_string(properties.major) + std::to_string(properties.minor) };
    }
};

} // namespace
} // namespace palimpsest::gpu

extern "C" [[gnu::visibility("default")]] palimpsest::GpuModule* palimpsestGpuModule(int version)
{
    static palimpsest::gpu::CudaModule module;
    return version == palimpsest::kGpuModuleVersion ? &module : nullptr;
}
