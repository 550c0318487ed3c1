// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <stdexcept>
#include <string>

namespace palimpsest::gpu {

/// A CUDA call that failed: the machine's fault or a bug, never the user's input.
class CudaError : public std::runtime_error {
public:
    CudaError(cudaError_t code, const char* call, const char* file, int line)
        : std::runtime_error(std::string("CUDA: ") + cudaGetErrorString(code) + " (" + cudaGetErrorName(code)
            + ") in " + call + " at " + file + ":" + std::to_string(line))
        , m_code(code)
    {
    }
    [[nodiscard]] cudaError_t code() const { return m_code; }

private:
    cudaError_t m_code;
};

inline void check(cudaError_t code, const char* call, const char* file, int line)
{
    if (code == cudaSuccess)
        return;
    static_cast<void>(
        cudaGetLastError()); // an error that can be got over must not reappear at the next launch
    throw CudaError(code, call, file, line);
}

} // namespace palimpsest::gpu

// Every CUDA call, and after every launch: PALIMPSEST_CUDA(cudaGetLastError()).
#define PALIMPSEST_CUDA(call) ::palimpsest::gpu::check((call), #call, __FILE__, __LINE__)
