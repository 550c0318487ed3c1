// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/gpu_module.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace palimpsest::test {

/// The host's own memory behind the interface of a device's, for the CPU backend.
class HostMemory : public DeviceMemory {
public:
    void* allocate(std::size_t byteCount) override { return std::malloc(byteCount); }
    void release(void* pointer) override { std::free(pointer); }
    void* allocatePinned(std::size_t byteCount) override { return allocate(byteCount); }
    void releasePinned(void* pointer) override { release(pointer); }
    void copy(void* to, const void* from, std::size_t byteCount) override
    {
        if (byteCount != 0)
            std::memcpy(to, from, byteCount);
    }
    void synchronize() override { }
};

enum class Level { Device, Pinned };

/// Numbers in a device's memory, with a guard of `kGuard` values on both sides: a kernel that writes outside
/// is caught by guardsAreWhole(). `offset` values are left out at the front, to get a pointer that is not
/// aligned to 16 bytes.
template <class T> class DeviceBuffer {
public:
    static constexpr std::size_t kGuard = 64;

    DeviceBuffer(DeviceMemory& memory, const std::vector<T>& values, Level level = Level::Device,
        std::size_t offset = 0)
        : m_memory(memory)
        , m_size(values.size())
        , m_front(kGuard + offset)
        , m_level(level)
    {
        const std::size_t byteCount = (m_front + m_size + kGuard) * sizeof(T);
        m_base = static_cast<T*>(
            level == Level::Device ? memory.allocate(byteCount) : memory.allocatePinned(byteCount));
        std::vector<T> whole(m_front + m_size + kGuard, guardValue());
        std::copy(values.begin(), values.end(), whole.begin() + static_cast<std::ptrdiff_t>(m_front));
        memory.copy(m_base, whole.data(), byteCount);
    }
    DeviceBuffer(const DeviceBuffer&) = delete;
    DeviceBuffer& operator=(const DeviceBuffer&) = delete;
    ~DeviceBuffer() { m_level == Level::Device ? m_memory.release(m_base) : m_memory.releasePinned(m_base); }

    [[nodiscard]] T* data() const { return m_base + m_front; }

    void set(const std::vector<T>& values)
    {
        m_memory.copy(data(), values.data(), values.size() * sizeof(T));
    }
    [[nodiscard]] std::vector<T> values() const
    {
        std::vector<T> result(m_size);
        m_memory.copy(result.data(), data(), m_size * sizeof(T));
        return result;
    }
    [[nodiscard]] bool guardsAreWhole() const
    {
        std::vector<T> whole(m_front + m_size + kGuard);
        m_memory.copy(whole.data(), m_base, whole.size() * sizeof(T));
        for (std::size_t i = 0; i < whole.size(); ++i) {
            const bool inside = i >= m_front && i < m_front + m_size;
            if (!inside && whole[i] != guardValue())
                return false;
        }
        return true;
    }

private:
    static T guardValue() { return static_cast<T>(1234567); }

    DeviceMemory& m_memory;
    std::size_t m_size;
    std::size_t m_front;
    Level m_level;
    T* m_base = nullptr;
};

} // namespace palimpsest::test
