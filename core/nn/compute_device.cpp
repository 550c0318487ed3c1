// SPDX-License-Identifier: Apache-2.0
#include "core/nn/compute_device.h"

#include "core/backend/gpu_module.h"

#include <map>
#include <mutex>
#include <stdexcept>

namespace palimpsest::nn {

namespace {

/// Gives this thread and autograd's own thread for the device their CUDA context: cuBLAS complains where it is the first to be
/// called in a thread.
void setUpThreads(at::Device device)
{
    const at::AutoGradMode gradMode(true);
    const at::Tensor one = at::ones({ 1 }, at::device(device).dtype(at::kFloat)).set_requires_grad(true);
    one.square().sum().backward();
}

} // namespace

ComputeDevice computeDevice(const std::string& device)
{
    // Kept for the thread: the driver need not be asked, nor the device be set up, for every network that is scored.
    static thread_local std::map<std::string, ComputeDevice> known;
    if (const auto found = known.find(device); found != known.end())
        return found->second;
    auto backend = makeBackend(device); // first: it opens the module that brings LibTorch's CUDA half
    if (!backend)
        throw std::runtime_error(backend.error().text());
    ComputeDevice found { at::Device(device), std::move(*backend) };
    if (found.isCuda()) {
        // Float32 means float32, as on the CPU: the shorter products of the tensor cores are for those who ask for them.
        at::globalContext().setAllowTF32CuDNN(false);
        at::globalContext().setAllowTF32CuBLAS(false);
        setUpThreads(found.torch);
    }
    known.emplace(device, found);
    return found;
}

void ComputeDevice::synchronize() const
{
    if (!isCuda())
        return;
    const c10::impl::VirtualGuardImpl device(torch.type());
    device.synchronizeStream(device.getStream(torch));
}

at::Generator ComputeDevice::generator(std::uint64_t seed) const
{
    if (!isCuda())
        return at::make_generator<at::CPUGeneratorImpl>(seed);
    at::Generator shared = at::globalContext().defaultGenerator(torch);
    const std::scoped_lock lock(shared.mutex());
    shared.set_current_seed(seed);
    return shared;
}

} // namespace palimpsest::nn
