// SPDX-License-Identifier: Apache-2.0
#include "core/base/process_memory.h"

#include <fstream>
#include <string>

namespace palimpsest {

std::int64_t residentBytes()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word)
        if (std::int64_t kibibytes = 0; word == "VmRSS:" && status >> kibibytes)
            return kibibytes * 1024;
    return 0;
}

} // namespace palimpsest
