// SPDX-License-Identifier: Apache-2.0
#include "core/nn/train_alone.h"

#include "core/nn/joint_run.h"

#include <utility>

namespace palimpsest {
namespace {

/// The last page of a tensor is padded in the image only: what is stored ends with the tensor.
constexpr std::int64_t kAlonePage = kScaleGroup;

bool isPaged(const TensorSpec& tensor, Storage weights)
{
    return weights != Storage::Float32 && tensor.shape.size() > 1 && !isState(tensor.role);
}

/// Each paged tensor begins a page, so that no group of weights with one scale reaches over two tensors.
PageLayout aloneLayout(const Network& network, Storage weights)
{
    PageLayout layout;
    layout.pageSize = kAlonePage;
    for (std::size_t i = 0; i < network.tensors.size(); ++i) {
        const TensorSpec& tensor = network.tensors[i];
        const std::int64_t size = tensor.size();
        if (isPaged(tensor, weights)) {
            layout.places.push_back({ i, layout.imageSize(), size, false, false });
            layout.pageCount += (size + kAlonePage - 1) / kAlonePage;
        } else {
            layout.places.push_back({ i, layout.privateSize, size, true, isState(tensor.role) });
            layout.privateSize += size;
        }
    }
    return layout;
}

} // namespace

std::int64_t aloneBytes(const Network& network, const AloneForms& forms)
{
    std::int64_t bytes = privateBytes(
        aloneLayout(network, forms.weights), { Storage::Float32, forms.weights, forms.privates });
    for (const TensorSpec& tensor : network.tensors)
        if (isPaged(tensor, forms.weights))
            bytes += packedBytes(forms.weights, tensor.size()) + scaleBytes(forms.weights, tensor.size());
    return bytes;
}

Result<AloneOutcome> trainAlone(const AloneRequest& request, const JobContext& context)
{
    const PageLayout layout = aloneLayout(*request.task.network, request.forms.weights);
    PageTable table;
    for (std::int64_t page = 0; page < layout.pageCount; ++page)
        table.entries.push_back({ true, static_cast<std::uint32_t>(page) });
    JointRequest joint;
    joint.tasks = { request.task };
    joint.forms = { Storage::Float32, request.forms.weights, request.forms.privates };
    joint.settings = request.settings;
    joint.seed = request.seed;
    JointTask& task = joint.tasks.front();
    task.layout = &layout;
    task.table = &table;
    task.lossWeight = 1.0;
    joint.settings.softPenalty = 0.0;
    joint.settings.freezeFinished = false;
    joint.start.pageSize = layout.pageSize;
    joint.start.exclusive.resize(static_cast<std::size_t>(layout.imageSize()));
    fillImage(layout, *task.standalone, joint.start.exclusive);
    joint.start.privateRuns.emplace_back(static_cast<std::size_t>(layout.privateSize));
    fillPrivate(layout, *task.standalone, joint.start.privateRuns.front());
    PALIMPSEST_CHECK(nn::checkJointRequest(joint));
    PALIMPSEST_TRY(JointOutcome outcome,
        nn::JointRun(joint, { .series = request.series, .mayStopEarly = false }, context).run());
    return AloneOutcome { .weights = virtualizedWeights(task, 0, readState(outcome.state)),
        .steps = outcome.steps,
        .validationAccuracy = outcome.validationAccuracy.front(),
        .curve = std::move(outcome.curves.front()) };
}

} // namespace palimpsest
