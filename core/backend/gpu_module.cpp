// SPDX-License-Identifier: Apache-2.0
#include "core/backend/gpu_module.h"

#include <charconv>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <dlfcn.h>
#include <unistd.h>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

constexpr const char* kModuleFile = "libpalimpsest_gpu.so";

Result<GpuModule*> findGpuModule()
{
    const std::vector<fs::path> places = gpuModulePlaces();
    std::string sought;
    for (const fs::path& place : places) {
        std::error_code ignored;
        if (fs::is_regular_file(place, ignored))
            return loadGpuModule(place);
        sought += (sought.empty() ? "" : ", ") + place.string();
    }
    return failure("expected the CUDA module at one of: " + sought
        + "; found none of them (it is built where nvcc 13 is, by the preset release; PALIMPSEST_GPU_MODULE "
          "names another place)");
}

DeviceInfo describeCpu()
{
    DeviceInfo info;
    info.id = "cpu";
    info.name = "CPU";
    std::ifstream cpuInfo("/proc/cpuinfo");
    for (std::string line; std::getline(cpuInfo, line);) {
        if (line.starts_with("model name")) {
            if (const std::size_t colon = line.find(": "); colon != std::string::npos)
                info.name = line.substr(colon + 2);
            break;
        }
    }
    const std::int64_t pageBytes = sysconf(_SC_PAGESIZE);
    info.memoryBytes = sysconf(_SC_PHYS_PAGES) * pageBytes;
    info.freeBytes = sysconf(_SC_AVPHYS_PAGES) * pageBytes;
    const unsigned threads = std::thread::hardware_concurrency();
    info.architecture = std::to_string(threads) + (threads == 1 ? " thread" : " threads");
    return info;
}

/// The number of "cuda:N"; empty where `device` is no such name.
std::optional<int> cudaIndex(const std::string& device)
{
    constexpr std::string_view kPrefix = "cuda:";
    if (!device.starts_with(kPrefix))
        return std::nullopt;
    int index = -1;
    const char* const end = device.data() + device.size();
    const auto [stop, error] = std::from_chars(device.data() + kPrefix.size(), end, index);
    if (error != std::errc {} || stop != end || index < 0)
        return std::nullopt;
    return index;
}

} // namespace

std::vector<fs::path> gpuModulePlaces()
{
    if (const char* named = std::getenv("PALIMPSEST_GPU_MODULE"); named != nullptr && *named != '\0') {
        std::error_code ignored;
        const fs::path place(named);
        return { fs::is_directory(place, ignored) ? place / kModuleFile : place };
    }
    std::error_code ignored;
    const fs::path folder = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    return { folder / kModuleFile, folder.parent_path() / "lib" / kModuleFile,
        folder.parent_path() / "lib" / "palimpsest" / kModuleFile };
}

Result<GpuModule*> loadGpuModule(const fs::path& file)
{
    // Global: LibTorch's CUDA hooks are found through the symbols of the libraries that the module brings.
    // Never closed: LibTorch keeps pointers into them.
    void* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (handle == nullptr) {
        const char* reason = dlerror();
        return failure(std::string("the CUDA module cannot be opened: ")
                + (reason != nullptr ? reason : "unknown reason"),
            file.string());
    }
    auto* const entry = reinterpret_cast<GpuModuleEntry>(dlsym(handle, kGpuModuleEntryName));
    if (entry == nullptr)
        return failure(std::string("expected a CUDA module with the symbol ") + kGpuModuleEntryName
                + ", found another library; build it from the same sources as this program",
            file.string());
    GpuModule* const module = entry(kGpuModuleVersion);
    if (module == nullptr)
        return failure(
            "the CUDA module was built for another version of this program; build both from the same sources",
            file.string());
    return module;
}

const Result<GpuModule*>& gpuModule()
{
    static const Result<GpuModule*> module = findGpuModule();
    return module;
}

DeviceList listDevices(const Result<GpuModule*>& module)
{
    DeviceList list;
    list.devices.push_back(describeCpu());
    if (!module) {
        list.whyNoCuda = module.error().text();
        return list;
    }
    try { // the module speaks for a machine that may be broken; whatever is wrong there is what the user
        // wants to read
        list.driverVersion = module.value()->driverVersion();
        std::vector<DeviceInfo> cuda = module.value()->devices();
        if (cuda.empty())
            list.whyNoCuda = "the driver answers, but it lists no CUDA device";
        for (DeviceInfo& device : cuda)
            list.devices.push_back(std::move(device));
    } catch (const std::exception& problem) {
        list.whyNoCuda = problem.what();
    }
    return list;
}

DeviceList listDevices()
{
    return listDevices(gpuModule());
}

Result<std::string> resolveDevice(const std::string& device)
{
    if (device == "cpu")
        return device;
    const std::optional<int> index = device == "auto" ? std::optional<int>(0) : cudaIndex(device);
    if (!index)
        return badInput("expected a device auto, cpu or cuda:N, got \"" + device + "\"", "--device");
    const DeviceList list = listDevices();
    const auto cudaCount = static_cast<int>(list.devices.size()) - 1;
    if (device == "auto" && cudaCount == 0)
        return std::string("cpu");
    if (cudaCount == 0)
        return badInput("expected a device that is here, got " + device
                + ", but CUDA is off: " + list.whyNoCuda + "; --device cpu runs without it",
            "--device");
    if (*index >= cudaCount)
        return badInput("expected one of cuda:0 to cuda:" + std::to_string(cudaCount - 1) + ", got " + device,
            "--device");
    return "cuda:" + std::to_string(*index);
}

Result<std::unique_ptr<Backend>> makeBackend(const std::string& device)
{
    PALIMPSEST_TRY(const std::string resolved, resolveDevice(device));
    if (resolved == "cpu")
        return makeCpuBackend();
    return (*gpuModule())->createBackend(*cudaIndex(resolved));
}

Result<std::unique_ptr<DeviceMemory>> makeDeviceMemory(const std::string& device)
{
    PALIMPSEST_TRY(const std::string resolved, resolveDevice(device));
    if (resolved == "cpu")
        return badInput("expected a CUDA device, got " + device, "--device");
    return (*gpuModule())->createMemory(*cudaIndex(resolved));
}

} // namespace palimpsest
