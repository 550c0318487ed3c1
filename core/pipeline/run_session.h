// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pipeline/project.h"
#include "core/pipeline/results.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

class Ranks;

/// Results and data of one run, read once and kept while the run lasts. For the sources of core/pipeline.
///
/// A result that is not there or does not decode throws DecodeError with the file's name; runPipeline() turns that into
/// an Error. Not thread-safe.
class RunSession {
public:
    /// @param ranks  the processes of this job; nullptr: this one is alone
    explicit RunSession(const Project& project, Ranks* ranks = nullptr)
        : m_project(&project)
        , m_ranks(ranks)
    {
    }

    [[nodiscard]] const Project& project() const { return *m_project; }
    [[nodiscard]] Ranks* ranks() const { return m_ranks; }
    [[nodiscard]] const Recipe& recipe() const { return m_project->recipe(); }
    [[nodiscard]] std::size_t taskCount() const { return recipe().tasks.size(); }
    [[nodiscard]] const TaskSettings& task(std::size_t index) const { return recipe().tasks[index]; }
    /// @throws std::out_of_range
    [[nodiscard]] std::size_t taskIndex(const std::string& name) const;

    [[nodiscard]] const ImportResult& imported(std::size_t task);
    [[nodiscard]] const TrainResult& trained(std::size_t task);
    [[nodiscard]] const FisherResult& fisher(std::size_t task);
    [[nodiscard]] const PagesResult& pages();
    [[nodiscard]] const SeparateResult& separated();
    [[nodiscard]] const MatchStageResult& matched();
    [[nodiscard]] const OptimiseResult& optimised();
    /// @param name  a trained baseline
    [[nodiscard]] const BaselineResult& baseline(const std::string& name, std::size_t task);
    [[nodiscard]] const EvaluateResult& evaluated();
    [[nodiscard]] const PlaceResult& placed();
    [[nodiscard]] const ExecuteResult& executed();

    /// The task's training split, preprocessed and divided as `import` decided. Read at the first call.
    struct TrainingData {
        LabelledSamples train;
        LabelledSamples validation;
    };
    [[nodiscard]] Result<const TrainingData*> trainingData(std::size_t task);

    /// The tasks as joint optimisation sees them. Needs the results up to match; `withData` also reads the data.
    [[nodiscard]] Result<std::vector<JointTask>> jointTasks(bool withData);

    /// Page images of all tasks, Fisher times the task's weight.
    struct Images {
        std::vector<std::vector<float>> weights;
        std::vector<std::vector<float>> fisher;
        std::vector<std::vector<std::uint8_t>> valid;
        std::vector<TaskPages> tasks; ///< views of the above
    };
    [[nodiscard]] const Images& images();

    /// What matching decides about, but for the exclusive pages.
    [[nodiscard]] MatchProblem matchProblem();

    /// Network and exclusive pages as matching left them: the start of joint optimisation.
    [[nodiscard]] VirtualizedState mergedState();

private:
    template <class T>
    const T& load(std::map<std::string, std::shared_ptr<const void>>& cache, const std::string& part,
        T (*decode)(const Record&));

    const Project* m_project;
    Ranks* m_ranks;
    std::map<std::string, std::shared_ptr<const void>> m_results;
    std::map<std::size_t, TrainingData> m_data;
    std::map<std::size_t, Weights> m_expandedFisher;
    std::optional<Images> m_images;
};

/// Fisher information with zeros for the state tensors, so that it has one tensor a tensor of the network.
[[nodiscard]] Weights expandFisher(const Network& network, const Weights& fisher);

} // namespace palimpsest
