// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"
#include "core/nn/joint_run.h"

#include <utility>

namespace palimpsest {
namespace {

/// Every tensor in the private run: the layout of a network that shares nothing.
PageLayout privateLayout(const Network& network)
{
    PageLayout layout;
    layout.pageSize = 1;
    for (std::size_t i = 0; i < network.tensors.size(); ++i) {
        layout.places.push_back({ i, layout.privateSize, network.tensors[i].size(), true });
        layout.privateSize += network.tensors[i].size();
    }
    return layout;
}

} // namespace

Result<SameStepsOutcome> trainSameSteps(const JointTask& task, const OptimisationSettings& settings,
    std::uint64_t seed, const JobContext& context)
{
    // The same run as the virtualized one with one task and no page: equal minibatches, rates, optimiser and
    // snapshots.
    const PageLayout layout = privateLayout(*task.network);
    const PageTable table;
    JointRequest request;
    request.tasks = { task };
    request.settings = settings;
    request.seed = seed;
    request.tasks.front().layout = &layout;
    request.tasks.front().table = &table;
    request.tasks.front().lossWeight = 1.0;
    request.settings.softPenalty = 0.0;
    request.settings.distillation = 0.0;
    request.settings.averaging = 0.0;
    request.start.pageSize = layout.pageSize;
    request.start.privateRuns.emplace_back(static_cast<std::size_t>(layout.privateSize));
    fillPrivate(layout, *task.standalone, request.start.privateRuns.front());
    PALIMPSEST_CHECK(nn::checkJointRequest(request));
    PALIMPSEST_TRY(JointOutcome outcome,
        nn::JointRun(request, { .series = "sameSteps", .mayStopEarly = false }, context).run());
    return SameStepsOutcome { .weights
        = virtualizedWeights(request.tasks.front(), 0, readState(outcome.state)),
        .steps = outcome.steps,
        .validationAccuracy = outcome.validationAccuracy.front(),
        .curve = std::move(outcome.curves.front()) };
}

} // namespace palimpsest
