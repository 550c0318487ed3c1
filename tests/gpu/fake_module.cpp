// SPDX-License-Identifier: Apache-2.0
// A module without CUDA, so that the loader is tested on every machine. PALIMPSEST_FAKE_MODULE says how it
// behaves.
#include "core/backend/gpu_module.h"

#include <cstdlib>
#include <stdexcept>

namespace palimpsest {
namespace {

class FakeModule : public GpuModule {
public:
    std::string driverVersion() override { return "13.0"; }
    std::vector<DeviceInfo> devices() override
    {
        const char* const behaviour = std::getenv("PALIMPSEST_FAKE_MODULE");
        const std::string text = behaviour != nullptr ? behaviour : "";
        if (text == "throws")
            throw std::runtime_error("CUDA: no CUDA-capable device is detected");
        if (text == "empty")
            return {};
        return { { "cuda:0", "Fake 9000", 80'000'000'000, 79'000'000'000, "sm_90" } };
    }
    std::unique_ptr<Backend> createBackend(int) override
    {
        throw std::runtime_error("the fake module has no backend");
    }
    std::unique_ptr<DeviceMemory> createMemory(int) override
    {
        throw std::runtime_error("the fake module has no memory");
    }
};

} // namespace
} // namespace palimpsest

extern "C" [[gnu::visibility("default")]] palimpsest::GpuModule* palimpsestGpuModule(int version)
{
    static palimpsest::FakeModule module;
    return version == palimpsest::kGpuModuleVersion ? &module : nullptr;
}
