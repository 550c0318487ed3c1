// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace palimpsest {

// The border between the program and libpalimpsest_gpu.so, which is opened at run time: a program starts, and
// says why CUDA is off, where there is no driver or a CUDA library is missing. Both sides are built together
// from this header; the entry point says which version of it the module was built from.

/// A device as its driver describes it.
struct DeviceInfo {
    std::string id; ///< "cpu", "cuda:0": what --device takes
    std::string name; ///< "NVIDIA H100 80GB HBM3"
    std::int64_t memoryBytes = 0; ///< whole memory
    std::int64_t freeBytes = 0; ///< not used by any process now
    std::string architecture; ///< "sm_90"; of the CPU the number of its threads: "2 threads"
};

/// Plain memory of one CUDA device, for callers that hold no LibTorch tensors (tests, benchmarks of bare
/// kernels). Any thread. Every function throws std::runtime_error with the CUDA call and its reason.
class DeviceMemory {
public:
    virtual ~DeviceMemory() = default;
    [[nodiscard]] virtual void* allocate(std::size_t byteCount) = 0; ///< on the device (level 1)
    virtual void release(void* pointer) = 0;
    /// Page-locked host memory that kernels of the device read in place (level 2).
    [[nodiscard]] virtual void* allocatePinned(std::size_t byteCount) = 0;
    virtual void releasePinned(void* pointer) = 0;
    /// Either side may be device or host memory. Returns when it is done, after all that was queued before on
    /// any stream of the device.
    virtual void copy(void* to, const void* from, std::size_t byteCount) = 0;
    /// Waits for all that is queued on the device.
    virtual void synchronize() = 0;
};

/// What libpalimpsest_gpu.so implements.
class GpuModule {
public:
    virtual ~GpuModule() = default;
    /// CUDA version that the driver supports, "13.0"; "none" where there is no driver.
    [[nodiscard]] virtual std::string driverVersion() = 0;
    /// Empty list or std::runtime_error ("no CUDA-capable device is detected"): CUDA is off.
    [[nodiscard]] virtual std::vector<DeviceInfo> devices() = 0;
    /// The module must outlive the backend; it is never closed. @throws std::runtime_error where there is no
    /// such device
    [[nodiscard]] virtual std::unique_ptr<Backend> createBackend(int device) = 0;
    [[nodiscard]] virtual std::unique_ptr<DeviceMemory> createMemory(int device) = 0;
};

/// Raised by one with every change of Backend, DeviceMemory, GpuModule or DeviceInfo.
inline constexpr int kGpuModuleVersion = 4;
/// The one symbol that the module exports: nullptr where `version` is not the one it was built from, else the
/// module's only object, which lives as long as the process.
using GpuModuleEntry = GpuModule* (*)(int version);
inline constexpr const char* kGpuModuleEntryName = "palimpsestGpuModule";

/// Where the module is sought, in this order: $PALIMPSEST_GPU_MODULE (a file or a folder; then nowhere else),
/// the program's folder, ../lib and ../lib/palimpsest beside it.
[[nodiscard]] std::vector<std::filesystem::path> gpuModulePlaces();
/// Opens one file. The error holds the text of dlerror(), which names a missing CUDA library.
[[nodiscard]] Result<GpuModule*> loadGpuModule(const std::filesystem::path& file);
/// The module of this process: sought and opened at the first call, which must come before LibTorch is asked
/// for a device (it remembers whether there is CUDA). Later calls return the same object or the same error.
/// Any thread.
[[nodiscard]] const Result<GpuModule*>& gpuModule();

struct DeviceList {
    std::vector<DeviceInfo> devices; ///< the CPU first
    std::string driverVersion; ///< "13.0"; empty where the module could not be opened
    std::string whyNoCuda; ///< one sentence; empty where there is a CUDA device
};
/// What `palimpsest devices` prints.
[[nodiscard]] DeviceList listDevices();
/// The same for a module that is given, or the error with which none came.
[[nodiscard]] DeviceList listDevices(const Result<GpuModule*>& module);

/// Checks the name of a device and gives "cpu" or "cuda:N": "auto" is the first CUDA device, or the CPU where there is none.
/// @return BadInput for an unknown name, or for a CUDA device that is not there (with the reason)
[[nodiscard]] Result<std::string> resolveDevice(const std::string& device);

/// The backend of a device by its name: "cpu", "cuda:0", or "auto" (the first CUDA device, the CPU where
/// there is none).
/// @return BadInput for an unknown name, or for a CUDA device that is not there (with the reason)
[[nodiscard]] Result<std::unique_ptr<Backend>> makeBackend(const std::string& device);
/// Memory of a CUDA device by its name, "cuda:0". @return BadInput as makeBackend(), and for the CPU
[[nodiscard]] Result<std::unique_ptr<DeviceMemory>> makeDeviceMemory(const std::string& device);

} // namespace palimpsest
