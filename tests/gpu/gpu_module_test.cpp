// SPDX-License-Identifier: Apache-2.0
#include "core/backend/gpu_module.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

/// Sets an environment variable for one test.
class Environment {
public:
    Environment(const char* name, const std::string& value)
        : m_name(name)
    {
        if (const char* old = std::getenv(name); old != nullptr)
            m_old = old;
        setenv(name, value.c_str(), 1);
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() { m_old.empty() ? unsetenv(m_name) : setenv(m_name, m_old.c_str(), 1); }

private:
    const char* m_name;
    std::string m_old;
};

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

TEST(GpuModule, IsSoughtBesideTheProgramAndInLib)
{
    const Environment unset("PALIMPSEST_GPU_MODULE", "");
    const auto places = gpuModulePlaces();
    const fs::path program = fs::read_symlink("/proc/self/exe").parent_path();
    ASSERT_EQ(places.size(), 3U);
    EXPECT_EQ(places[0], program / "libpalimpsest_gpu.so");
    EXPECT_EQ(places[1], program.parent_path() / "lib/libpalimpsest_gpu.so");
    EXPECT_EQ(places[2], program.parent_path() / "lib/palimpsest/libpalimpsest_gpu.so");
}

TEST(GpuModule, IsSoughtOnlyWhereTheVariableSays)
{
    const Environment file("PALIMPSEST_GPU_MODULE", "/nowhere/my.so");
    EXPECT_EQ(gpuModulePlaces(), std::vector<fs::path> { "/nowhere/my.so" });
    const Environment folder("PALIMPSEST_GPU_MODULE", fs::temp_directory_path().string());
    EXPECT_EQ(gpuModulePlaces(), std::vector { fs::temp_directory_path() / "libpalimpsest_gpu.so" });
}

TEST(GpuModule, TellsWhatTheLoaderSays)
{
    const auto missing = loadGpuModule("/nowhere/libpalimpsest_gpu.so");
    ASSERT_FALSE(missing.ok());
    EXPECT_TRUE(contains(missing.error().text(), "/nowhere/libpalimpsest_gpu.so")) << missing.error().text();

    const fs::path text = fs::path(testing::TempDir()) / "not_a_library.so";
    std::ofstream(text) << "no ELF file";
    const auto damaged = loadGpuModule(text);
    ASSERT_FALSE(damaged.ok());
    EXPECT_TRUE(contains(damaged.error().text(), "cannot be opened")) << damaged.error().text();
    fs::remove(text);
}

TEST(GpuModule, RefusesALibraryWithoutTheEntryPoint)
{
    const auto other = loadGpuModule("libm.so.6");
    ASSERT_FALSE(other.ok());
    EXPECT_TRUE(contains(other.error().text(), "palimpsestGpuModule")) << other.error().text();
}

TEST(GpuModule, ListsTheDevicesOfAModule)
{
    const auto module = loadGpuModule(PALIMPSEST_FAKE_GPU_MODULE);
    ASSERT_TRUE(module.ok()) << module.error().text();
    const DeviceList list = listDevices(module);
    ASSERT_EQ(list.devices.size(), 2U);
    EXPECT_EQ(list.devices[0].id, "cpu");
    EXPECT_GT(list.devices[0].memoryBytes, 0);
    EXPECT_EQ(list.devices[1].id, "cuda:0");
    EXPECT_EQ(list.devices[1].name, "Fake 9000");
    EXPECT_EQ(list.driverVersion, "13.0");
    EXPECT_EQ(list.whyNoCuda, "");
}

TEST(GpuModule, SaysWhyCudaIsOff)
{
    const auto module = loadGpuModule(PALIMPSEST_FAKE_GPU_MODULE);
    ASSERT_TRUE(module.ok()) << module.error().text();
    {
        const Environment behaviour("PALIMPSEST_FAKE_MODULE", "throws");
        const DeviceList list = listDevices(module);
        EXPECT_EQ(list.devices.size(), 1U);
        EXPECT_EQ(list.whyNoCuda, "CUDA: no CUDA-capable device is detected");
    }
    {
        const Environment behaviour("PALIMPSEST_FAKE_MODULE", "empty");
        EXPECT_FALSE(listDevices(module).whyNoCuda.empty());
    }
    const DeviceList none = listDevices(failure("libcudnn.so.9: cannot open shared object file", "gpu.so"));
    EXPECT_EQ(none.devices.size(), 1U);
    EXPECT_EQ(none.whyNoCuda, "gpu.so: libcudnn.so.9: cannot open shared object file");
}

TEST(GpuModule, RefusesAnotherVersion)
{
    const auto module = loadGpuModule(PALIMPSEST_FAKE_GPU_MODULE);
    ASSERT_TRUE(module.ok()) << module.error().text();
    const auto old = loadGpuModule(PALIMPSEST_OLD_GPU_MODULE);
    ASSERT_FALSE(old.ok());
    EXPECT_TRUE(contains(old.error().text(), "another version")) << old.error().text();
}

TEST(MakeBackend, ReadsDeviceNames)
{
    const auto cpu = makeBackend("cpu");
    ASSERT_TRUE(cpu.ok());
    EXPECT_EQ((*cpu)->name(), "cpu");
    for (const char* name : { "gpu", "cuda", "cuda:", "cuda:x", "cuda:-1", "cuda:0x", "" }) {
        const auto backend = makeBackend(name);
        ASSERT_FALSE(backend.ok()) << name;
        EXPECT_EQ(backend.error().kind, ErrorKind::BadInput);
        EXPECT_TRUE(contains(backend.error().message, "auto, cpu or cuda:N")) << backend.error().message;
    }
}

TEST(MakeBackend, SaysWhyADeviceIsNotThere)
{
    const auto backend = makeBackend("cuda:64");
    ASSERT_FALSE(backend.ok());
    EXPECT_EQ(backend.error().kind, ErrorKind::BadInput);
    EXPECT_TRUE(contains(backend.error().message, "expected")) << backend.error().message;
    EXPECT_TRUE(makeBackend("auto").ok()) << "the CPU where there is no CUDA device";
}

} // namespace
} // namespace palimpsest
