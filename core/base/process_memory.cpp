// SPDX-License-Identifier: Apache-2.0
#include "core/base/process_memory.h"

#include <fstream>
#include <string>

namespace palimpsest {

namespace {

/// A line of /proc/self/status, such as "VmRSS:", in bytes; 0 where there is none.
std::int64_t statusBytes(const std::string& name)
{
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word)
        if (std::int64_t kibibytes = 0; word == name && status >> kibibytes)
            return kibibytes * 1024;
    return 0;
}

} // namespace

std::int64_t residentBytes()
{
    return statusBytes("VmRSS:");
}

std::int64_t peakResidentBytes()
{
    return statusBytes("VmHWM:");
}

void restartPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5"; // proc(5): resets VmHWM
}

} // namespace palimpsest
