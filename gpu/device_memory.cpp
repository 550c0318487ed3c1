// SPDX-License-Identifier: Apache-2.0
#include "gpu/device_memory.h"

#include "gpu/cuda_check.h"

namespace palimpsest::gpu {

void* CudaDeviceMemory::allocate(std::size_t byteCount)
{
    void* pointer = nullptr;
    PALIMPSEST_CUDA(cudaSetDevice(m_device));
    PALIMPSEST_CUDA(cudaMalloc(&pointer, byteCount));
    return pointer;
}

void CudaDeviceMemory::release(void* pointer)
{
    PALIMPSEST_CUDA(cudaFree(pointer));
}

void* CudaDeviceMemory::allocatePinned(std::size_t byteCount)
{
    void* pointer = nullptr;
    PALIMPSEST_CUDA(cudaSetDevice(m_device));
    PALIMPSEST_CUDA(cudaHostAlloc(&pointer, byteCount, cudaHostAllocMapped | cudaHostAllocPortable));
    return pointer;
}

void CudaDeviceMemory::releasePinned(void* pointer)
{
    PALIMPSEST_CUDA(cudaFreeHost(pointer));
}

void CudaDeviceMemory::copy(void* to, const void* from, std::size_t byteCount)
{
    synchronize(); // cudaMemcpy waits for the default stream alone
    PALIMPSEST_CUDA(cudaMemcpy(to, from, byteCount, cudaMemcpyDefault));
}

void CudaDeviceMemory::synchronize()
{
    PALIMPSEST_CUDA(cudaSetDevice(m_device));
    PALIMPSEST_CUDA(cudaDeviceSynchronize());
}

} // namespace palimpsest::gpu
