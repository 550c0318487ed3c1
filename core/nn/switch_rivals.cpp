// SPDX-License-Identifier: Apache-2.0
#include "core/nn/switch_rivals.h"

#include "core/network/safetensors.h"
#include "core/nn/compute_device.h"
#include "core/nn/functional.h"
#include "core/nn/paged_executor.h"
#include "core/nn/stored_state.h"

#include <algorithm>
#include <cstring>
#include <deque>

namespace palimpsest::nn {
namespace {

namespace fs = std::filesystem;

/// A task's own network in the forms that the methods start from.
struct OwnNetwork {
    FlatNetwork resident; ///< on the device
    at::Tensor host; ///< all of it in (page-locked) host memory
    std::vector<at::Tensor> hostTensors; ///< one by one, on CUDA
    fs::path file;
};

/// Every page of every task in a slot of its own: what private storage is, in the terms of pages.
struct PrivatePages {
    std::deque<PageTable> tables;
    std::vector<JointTask> tasks;
    VirtualizedState state;
};

PrivatePages privatePages(const std::vector<JointTask>& tasks, const VirtualizedState& state)
{
    PrivatePages own;
    own.state.pageSize = state.pageSize;
    own.state.privateRuns = state.privateRuns;
    std::uint32_t slot = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        std::vector<float> image(static_cast<std::size_t>(tasks[i].layout->imageSize()));
        fillImage(*tasks[i].layout, virtualizedWeights(tasks[i], i, state), image);
        own.state.pool.insert(own.state.pool.end(), image.begin(), image.end());
        PageTable& table = own.tables.emplace_back();
        for (std::int64_t page = 0; page < tasks[i].layout->pageCount; ++page)
            table.entries.push_back({ false, slot++ });
        own.tasks.push_back(tasks[i]);
        own.tasks.back().table = &table;
    }
    return own;
}

} // namespace

struct SwitchRivals::State {
    const std::vector<JointTask>* tasks = nullptr;
    ComputeDevice device;
    std::vector<OwnNetwork> networks;
    at::Tensor target; ///< of the largest network, on the device
    std::vector<std::vector<at::Tensor>> targets; ///< tensor by tensor, one network each
    FlatNetwork reloaded;
    const FlatNetwork* volatile current = nullptr; ///< volatile: the compiler must not drop the switch
    PrivatePages own;
    std::optional<PagedExecutor> int8;
    // The bare gather and the launch, on CUDA.
    at::Tensor pages, image;
    std::vector<at::Tensor> codes;
    SwitchPlan tiny;
};

SwitchRivals::SwitchRivals(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
SwitchRivals::~SwitchRivals() = default;

Result<std::unique_ptr<SwitchRivals>> SwitchRivals::create(const std::vector<JointTask>& tasks,
    const VirtualizedState& state, const fs::path& folder, const std::string& device)
{
    auto own = std::make_unique<State>();
    own->tasks = &tasks;
    own->device = computeDevice(device);
    const bool cuda = own->device.isCuda();
    std::int64_t largest = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const Weights weights = virtualizedWeights(tasks[i], i, state);
        OwnNetwork network { makeFlatNetwork(*tasks[i].network, own->device.torch), {}, {},
            folder / (std::to_string(i) + ".safetensors") };
        loadWeights(network.resident, weights);
        PALIMPSEST_CHECK(writeSafetensors(network.file, weights));
        const auto pinned = at::device(at::kCPU).dtype(at::kFloat).pinned_memory(cuda);
        network.host = at::empty(network.resident.values.sizes(), pinned);
        network.host.copy_(network.resident.values);
        if (cuda) {
            std::vector<at::Tensor>& targets = own->targets.emplace_back();
            for (const at::Tensor& tensor : network.resident.tensors) {
                network.hostTensors.push_back(at::empty(tensor.sizes(), pinned));
                network.hostTensors.back().copy_(tensor.detach());
                targets.push_back(at::empty_like(tensor.detach()));
            }
        }
        largest = std::max(largest, network.resident.values.numel());
        own->networks.push_back(std::move(network));
    }
    own->target = at::empty({ largest }, at::device(own->device.torch).dtype(at::kFloat));
    if (cuda) {
        own->own = privatePages(tasks, state);
        PALIMPSEST_TRY(PagedExecutor int8,
            PagedExecutor::create(own->own.tasks,
                storeState(
                    own->own.tasks, own->own.state, { Storage::Int8, Storage::Int8, Storage::Float16 }),
                {}, device));
        own->int8.emplace(std::move(int8));
        own->pages = at::tensor(own->own.state.pool, at::kFloat).to(own->device.torch);
        std::int64_t longest = 4;
        for (const PageTable& table : own->own.tables) {
            std::vector<std::int32_t> codes;
            for (const PageRef& entry : table.entries)
                codes.push_back(static_cast<std::int32_t>(entry.index));
            own->codes.push_back(at::tensor(codes, at::kInt).to(own->device.torch));
            longest = std::max(longest, static_cast<std::int64_t>(codes.size()) * state.pageSize);
        }
        own->image = at::empty({ longest }, own->target.options());
        own->tiny.pool.pages = own->target.const_data_ptr();
        own->tiny.table = own->codes.front().const_data_ptr();
        own->tiny.image = own->image.mutable_data_ptr<float>();
        own->tiny.pageCount = 1;
        own->tiny.pageSize = 4;
        own->tiny.slotCount = 1;
    }
    return std::unique_ptr<SwitchRivals>(new SwitchRivals(std::move(own)));
}

std::int64_t SwitchRivals::networkBytes(std::size_t task) const
{
    return static_cast<std::int64_t>(m_state->networks.at(task).resident.values.nbytes());
}

std::vector<SwitchRivals::Method> SwitchRivals::methods()
{
    State& state = *m_state;
    const auto wholeCopy = [&state](std::size_t task) {
        const at::Tensor& values = state.networks[task].host;
        state.device.backend->copy(state.target.mutable_data_ptr(), values.const_data_ptr(),
            static_cast<std::int64_t>(values.nbytes()), nullptr);
        state.device.synchronize();
        return success();
    };
    const auto fileReload = [&state](std::size_t task) -> Status {
        const Network& network = *(*state.tasks)[task].network;
        const fs::path& file = state.networks[task].file;
        PALIMPSEST_TRY(Weights read, readSafetensors(file));
        PALIMPSEST_TRY(const Weights weights, checkWeights(network, std::move(read), file.string()));
        state.reloaded = makeFlatNetwork(network, state.device.torch);
        loadWeights(state.reloaded, weights);
        state.device.synchronize();
        return success();
    };
    const auto allResident = [&state](std::size_t task) {
        state.current = &state.networks[task].resident;
        return success();
    };
    std::vector<Method> methods { { "wholeCopy", wholeCopy }, { "fileReload", fileReload },
        { "allResident", allResident } };
    if (!state.device.isCuda())
        return methods;

    methods.emplace_back("launch", [&state](std::size_t) {
        state.device.backend->switchTo(state.tiny, nullptr);
        state.device.synchronize();
        return success();
    });
    methods.emplace_back("gather", [&state](std::size_t task) {
        const at::Tensor& codes = state.codes[task];
        state.device.backend->gather(state.pages.const_data_ptr<float>(), nullptr,
            reinterpret_cast<const std::uint32_t*>(codes.const_data_ptr<std::int32_t>()),
            state.image.mutable_data_ptr<float>(), codes.numel(), state.own.state.pageSize,
            state.pages.numel() / state.own.state.pageSize, nullptr);
        state.device.synchronize();
        return success();
    });
    methods.emplace_back("tensorCopies", [&state](std::size_t task) {
        for (std::size_t i = 0; i < state.targets[task].size(); ++i)
            state.targets[task][i].copy_(state.networks[task].hostTensors[i], /*non_blocking=*/true);
        state.device.synchronize();
        return success();
    });
    methods.emplace_back("int8Resident", [&state](std::size_t task) {
        state.int8->switchTo(task);
        return success();
    });
    return methods;
}

} // namespace palimpsest::nn
