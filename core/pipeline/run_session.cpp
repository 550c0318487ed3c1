// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/run_session.h"

#include "core/io/record_file.h"
#include "core/nn/power_spectra.h"
#include "core/pages/page_cost.h"
#include "core/pipeline/task_data.h"

#include <algorithm>
#include <stdexcept>

namespace palimpsest {

std::size_t RunSession::taskIndex(const std::string& name) const
{
    for (std::size_t i = 0; i < taskCount(); ++i)
        if (task(i).name == name)
            return i;
    throw std::out_of_range("no task " + name);
}

template <class T>
const T& RunSession::load(std::map<std::string, std::shared_ptr<const void>>& cache, const std::string& part,
    T (*decode)(const Record&))
{
    std::shared_ptr<const void>& slot = cache[part];
    if (!slot) {
        const std::filesystem::path file = m_project->resultFile(part);
        const auto record = readRecord(file);
        if (!record)
            throw DecodeError(record.error().text() + "; remove the file and run again");
        try {
            slot = std::make_shared<const T>(decode(*record));
        } catch (const DecodeError& e) {
            throw DecodeError(file.string() + ": " + e.what() + "; remove the file and run again");
        }
    }
    return *static_cast<const T*>(slot.get());
}

const ImportResult& RunSession::imported(std::size_t index)
{
    return load(m_results, "import/" + task(index).name, decodeImport);
}
const TrainResult& RunSession::trained(std::size_t index)
{
    return load(m_results, "train/" + task(index).name, decodeTrain);
}
const FisherResult& RunSession::fisher(std::size_t index)
{
    return load(m_results, "fisher/" + task(index).name, decodeFisher);
}
const PagesResult& RunSession::pages()
{
    return load(m_results, "pages", decodePages);
}
const SeparateResult& RunSession::separated()
{
    return load(m_results, "separate", decodeSeparate);
}
const MatchStageResult& RunSession::matched()
{
    return load(m_results, "match", decodeMatch);
}
const OptimiseResult& RunSession::optimised()
{
    return load(m_results, "optimise", decodeOptimise);
}
const BaselineResult& RunSession::baseline(const std::string& name, std::size_t index)
{
    return load(m_results, name + "/" + task(index).name, decodeBaseline);
}
const EvaluateResult& RunSession::evaluated()
{
    return load(m_results, "evaluate", decodeEvaluate);
}
const PlaceResult& RunSession::placed()
{
    return load(m_results, "place", decodePlace);
}
const ExecuteResult& RunSession::executed()
{
    return load(m_results, "execute", decodeExecute);
}

Result<const RunSession::TrainingData*> RunSession::trainingData(std::size_t index)
{
    if (const auto found = m_data.find(index); found != m_data.end())
        return &found->second;
    const TaskSettings& settings = task(index);
    const ImportResult& import = imported(index);
    PALIMPSEST_TRY(const RawSamples raw, readTrainingSplit(*m_project, settings));
    PALIMPSEST_TRY(const LabelledSamples all,
        preprocess(import.preprocessing, raw, import.classes, "tasks." + settings.name + ".data",
            preprocessTools()));
    return &(m_data[index] = { select(all, import.split.train), select(all, import.split.validation) });
}

Weights expandFisher(const Network& network, const Weights& fisher)
{
    Weights expanded;
    for (const TensorSpec& spec : network.tensors) {
        const Tensor* found = isState(spec.role) ? nullptr : fisher.find(spec.name);
        expanded.tensors.push_back(found != nullptr
                ? *found
                : Tensor {
                    spec.name, spec.shape, std::vector<float>(static_cast<std::size_t>(spec.size())) });
    }
    return expanded;
}

Result<std::vector<JointTask>> RunSession::jointTasks(bool withData)
{
    std::vector<JointTask> tasks;
    for (std::size_t i = 0; i < taskCount(); ++i) {
        JointTask joint;
        joint.name = task(i).name;
        joint.network = &imported(i).network;
        joint.standalone = &trained(i).weights;
        joint.fisher = &fisher(i).fisher;
        joint.layout = &pages().layouts.at(i);
        joint.table = &matched().match.tables.at(i);
        joint.augmentation = task(i).augmentation;
        joint.lossWeight = task(i).weight;
        joint.tolerance = task(i).tolerance;
        joint.standaloneValidationAccuracy = trained(i).validationAccuracy;
        if (withData) {
            PALIMPSEST_TRY(const TrainingData* data, trainingData(i));
            joint.train = &data->train;
            joint.validation = &data->validation;
        }
        tasks.push_back(std::move(joint));
    }
    return tasks;
}

const RunSession::Images& RunSession::images()
{
    if (m_images)
        return *m_images;
    Images& images = m_images.emplace();
    for (std::size_t i = 0; i < taskCount(); ++i) {
        const PageLayout& layout = pages().layouts.at(i);
        const auto size = static_cast<std::size_t>(layout.imageSize());
        fillImage(layout, trained(i).weights, images.weights.emplace_back(size));
        std::vector<float>& fisherImage = images.fisher.emplace_back(size);
        fillImage(layout, expandFisher(imported(i).network, fisher(i).fisher), fisherImage);
        const auto weight = static_cast<float>(task(i).weight);
        std::transform(fisherImage.begin(), fisherImage.end(), fisherImage.begin(),
            [weight](float value) { return value * weight; });
        images.valid.push_back(validityMask(layout));
    }
    for (std::size_t i = 0; i < taskCount(); ++i)
        images.tasks.push_back(
            { images.weights[i], images.fisher[i], images.valid[i], pages().layouts.at(i).pageCount });
    return images;
}

MatchProblem RunSession::matchProblem()
{
    MatchProblem problem;
    problem.tasks = images().tasks;
    problem.pageSize = recipe().pages.pageSize;
    problem.slotCount = pages().slotCount;
    for (std::size_t i = 0; i < taskCount(); ++i) {
        problem.names.push_back(task(i).name);
        problem.apart.push_back(outputLayerPages(imported(i).network, pages().layouts[i]));
    }
    return problem;
}

VirtualizedState RunSession::mergedState()
{
    const Images& all = images();
    const MatchResult& match = matched().match;
    VirtualizedState state;
    state.pageSize = recipe().pages.pageSize;
    state.pool = mergePages(
        all.tasks, match.tables, state.pageSize, pages().slotCount, recipe().optimisation.pageValue);
    state.exclusive.resize(static_cast<std::size_t>(match.exclusiveCount * state.pageSize));
    for (std::size_t t = 0; t < taskCount(); ++t) {
        const std::vector<PageRef>& entries = match.tables[t].entries;
        for (std::size_t page = 0; page < entries.size(); ++page) {
            if (!entries[page].exclusive)
                continue;
            const auto from = all.weights[t].begin() + static_cast<std::ptrdiff_t>(page) * state.pageSize;
            std::copy(from, from + state.pageSize,
                state.exclusive.begin() + static_cast<std::ptrdiff_t>(entries[page].index) * state.pageSize);
        }
        const PageLayout& layout = pages().layouts[t];
        fillPrivate(layout, trained(t).weights,
            state.privateRuns.emplace_back(static_cast<std::size_t>(layout.privateSize)));
    }
    return state;
}

} // namespace palimpsest
