// SPDX-License-Identifier: Apache-2.0
// What a module of another version answers.
#include "core/backend/gpu_module.h"

extern "C" [[gnu::visibility("default")]] palimpsest::GpuModule* palimpsestGpuModule(int)
{
    return nullptr;
}
