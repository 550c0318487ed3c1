// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/tune.h"

#include "core/backend/gpu_module.h"
#include "core/base/file.h"
#include "core/base/units.h"
#include "core/io/project_folder.h"
#include "core/nn/joint.h"
#include "core/nn/train.h"
#include "core/pipeline/channel_relay.h"
#include "core/pipeline/stages.h"
#include "core/pipeline/tune_plan.h"
#include "core/pipeline/tune_store.h"
#include "core/pipeline/what_if.h"
#include "core/project/recipe.h"
#include "core/report/number_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <numeric>
#include <set>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr const char* kStage = "tune"; ///< what the job's channel calls the search
constexpr std::array kReferences { "sameSteps", "sameRecipe" }; ///< the better one counts
constexpr int kMostFailures = 3; ///< in a row: what fails then is not the choice

Recipe withChoice(Recipe recipe, const TuneChoice& choice)
{
    recipe.pages.poolStorage = choice.poolStorage;
    recipe.pages.exclusiveStorage = choice.exclusiveStorage;
    recipe.pages.poolPages = choice.poolPages;
    recipe.separation.exclusivePages = choice.exclusivePages;
    recipe.optimisation.steps = choice.steps;
    return recipe;
}

TuneChoice choiceOf(const Recipe& recipe)
{
    return { recipe.pages.poolStorage, recipe.pages.exclusiveStorage, recipe.pages.poolPages,
        recipe.separation.exclusivePages, recipe.optimisation.steps };
}

/// What can be chosen, counted by the code that predicts for the workbench (what_if.h).
Result<TuneSpace> spaceOf(const fs::path& folder, const Recipe& recipe)
{
    PALIMPSEST_TRY(WhatIf loaded, WhatIf::load(folder, recipe));
    const auto whatIf = std::make_shared<const WhatIf>(std::move(loaded));
    TuneSpace space;
    space.forms = formsToTry();
    space.start = choiceOf(recipe);
    space.variesExclusive = recipe.separation.strategy == SeparationStrategy::Price;
    PALIMPSEST_TRY(const WhatIfBytes one,
        whatIf->bytes(WhatIfRequest::from(
            withChoice(recipe, { Storage::Float32, Storage::Float32, 1, 0, recipe.optimisation.steps }))));
    space.pageCount = one.pageCount;
    space.standaloneBytes = one.plan.standaloneBytes;
    const auto counted = std::make_shared<std::map<TuneChoice, std::optional<std::int64_t>>>();
    space.bytes = [whatIf, recipe, counted](const TuneChoice& choice) {
        const auto [place, isNew] = counted->try_emplace(choice);
        if (isNew) {
            const auto bytes = whatIf->bytes(WhatIfRequest::from(withChoice(recipe, choice)));
            if (bytes && bytes->budgetProblem.empty())
                place->second = bytes->plan.virtualizedBytes();
        }
        return place->second;
    };
    return space;
}

Status refuseTooSmall(const TuneSpace& space, const TuneTarget& target)
{
    const std::optional<std::int64_t> smallest = smallestBytes(space);
    if (!smallest)
        return badInput("no packing fits the budgets of the recipe; raise budgets.level1Bytes");
    if (target.bytes && *target.bytes < *smallest)
        return badInput("expected a target of at least " + std::to_string(*smallest)
            + " bytes (a pool of one page beside private tensors and tables), got "
            + std::to_string(*target.bytes)
            + "; smaller networks, larger pages or pages.smallTensors=paged take less");
    return success();
}

/// One search while it runs. It holds the project's lock.
class Search {
public:
    Search(const fs::path& folder, const Recipe& recipe, const TuneOptions& options, std::string device,
        JobChannel& channel, const std::stop_token& stop)
        : m_folder(folder)
        , m_recipe(recipe)
        , m_options(options)
        , m_device(std::move(device))
        , m_channel(channel)
        , m_stop(stop)
    {
    }

    Result<TuneOutcome> run()
    {
        PALIMPSEST_TRY(TuneSpace space, spaceOf(m_folder, m_recipe));
        PALIMPSEST_CHECK(refuseTooSmall(space, m_options.target));
        PALIMPSEST_TRY(m_key, searchKey(m_folder, m_recipe));
        PALIMPSEST_TRY(const Project project, Project::fromRecipe(m_folder, m_recipe, {}));
        PALIMPSEST_TRY(const JobEnd end, prepare(project));
        if (end == JobEnd::Canceled)
            return TuneOutcome { m_front, end, false };
        if (!space.variesExclusive) { // exclusive pages by density are known now
            PALIMPSEST_TRY(space, spaceOf(m_folder, m_recipe));
        }
        m_channel.beginStage(kStage);
        m_front.standaloneBytes = space.standaloneBytes;
        PALIMPSEST_CHECK(compareWith(project));
        if (m_stop.stop_requested())
            return TuneOutcome { m_front, JobEnd::Canceled, false };
        PALIMPSEST_CHECK(keep());
        return tryAll(TunePlan(std::move(space), m_options.target));
    }

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] double spent() const
    {
        return std::chrono::duration<double>(Clock::now() - m_begun).count();
    }

    /// Trained networks and, where the recipe asks for it, their reference.
    Result<JobEnd> prepare(const Project& project)
    {
        const auto isWanted = [](const StagePart& part) {
            return part.stage <= Stage::Fisher
                || std::any_of(kReferences.begin(), kReferences.end(), [&](const char* reference) {
                       return part.name.starts_with(std::string(reference) + "/");
                   });
        };
        return runParts(project, { .isWanted = isWanted, .device = m_device, .run = kStage }, m_channel, m_stop);
    }

    /// What changes are counted against: the networks alone after as many steps, where the recipe asks for that.
    void chooseReference(RunSession& session)
    {
        m_front.reference = "standalone";
        for (std::size_t i = 0; i < session.taskCount(); ++i)
            m_front.referenceAccuracy.push_back(session.trained(i).validationAccuracy);
        double best = -1.0;
        for (const char* reference : kReferences) {
            if (!hasBaseline(m_recipe, reference))
                continue;
            std::vector<double> accuracy;
            for (std::size_t i = 0; i < session.taskCount(); ++i)
                accuracy.push_back(session.baseline(reference, i).outcome.validationAccuracy);
            const double sum = std::accumulate(accuracy.begin(), accuracy.end(), 0.0);
            if (sum > best) {
                best = sum;
                m_front.reference = reference;
                m_front.referenceAccuracy = std::move(accuracy);
            }
        }
    }

    /// Reference and rivals on the validation samples, and what is known from earlier.
    Status compareWith(const Project& project)
    {
        RunSession session(project);
        m_front.project = m_recipe.name;
        m_front.target = m_options.target;
        m_front.steps = m_recipe.optimisation.steps;
        chooseReference(session);
        std::map<std::string, TuneRival> rivals;
        std::map<std::string, std::vector<double>> scores;
        for (std::size_t i = 0; i < session.taskCount(); ++i) {
            m_front.tasks.push_back(session.task(i).name);
            PALIMPSEST_TRY(const RunSession::TrainingData* const data, session.trainingData(i));
            const Network& network = session.imported(i).network;
            for (const std::string& name : m_recipe.baselines) {
                const auto storage = roundedBaseline(name);
                if (!storage)
                    continue;
                m_channel.setProgress(0.0, session.task(i).name + ": " + name);
                const JobContext quiet = JobContext(m_quiet, m_stop).onDevice(m_device);
                const auto score = evaluateNetwork(network,
                    roundWeights(network, session.trained(i).weights, *storage), data->validation, quiet);
                if (!score)
                    return m_stop.stop_requested() ? success() : Status(score.error());
                scores[name].push_back(score->accuracy());
                rivals[name].bytes += roundedBytes(network, *storage);
            }
        }
        for (auto& [name, rival] : rivals) {
            rival.name = name;
            rival.accuracy = accuracyAgainst(std::move(scores[name]), m_front.referenceAccuracy);
            m_front.rivals.push_back(std::move(rival));
        }
        if (std::optional<TuneFront> known = readTuneFront(m_folder, m_key);
            known && known->tasks == m_front.tasks)
            for (TunePoint& point : known->points) {
                point.accuracy = accuracyAgainst(std::move(point.accuracy.tasks), m_front.referenceAccuracy);
                m_front.points.push_back(std::move(point));
            }
        return success();
    }

    Status keep()
    {
        PALIMPSEST_CHECK(keepTuneFront(m_folder, m_key, m_front));
        m_channel.addEvent(std::make_shared<const TuneEvent>(m_front));
        return success();
    }

    Result<TuneOutcome> tryAll(const TunePlan& plan)
    {
        m_begun = Clock::now();
        int failuresInARow = 0;
        std::optional<Error> lastError;
        while (const std::optional<TuneChoice> choice = plan.next(m_front.points, m_failed)) {
            if (m_stop.stop_requested())
                return TuneOutcome { m_front, JobEnd::Canceled, false };
            const double predicted = m_secondsPerStep * static_cast<double>(choice->steps);
            if (m_tries > 0 && spent() + predicted > m_options.seconds)
                return TuneOutcome { m_front, JobEnd::Finished, true };
            m_stepsLeft = plan.stepsLeft(m_front.points, m_failed);
            const double begun = spent();
            const Result<JobEnd> end = tryOne(*choice);
            if (end && *end == JobEnd::Canceled)
                return TuneOutcome { m_front, JobEnd::Canceled, false };
            ++m_tries;
            if (!end) {
                m_channel.addMessage("passed over: " + describe(*choice) + ": " + end.error().text());
                m_failed.insert(*choice);
                lastError = end.error();
                if (++failuresInARow == kMostFailures)
                    return *lastError;
                continue;
            }
            failuresInARow = 0;
            // Longer tries tell more: the matching before the steps weighs less in them.
            if (choice->steps >= m_longestTry) {
                m_longestTry = choice->steps;
                m_secondsPerStep = (spent() - begun) / static_cast<double>(choice->steps);
            }
            m_stepsDone += choice->steps;
            PALIMPSEST_CHECK(keep());
        }
        if (m_front.points.empty() && lastError)
            return *lastError;
        return TuneOutcome { m_front, JobEnd::Finished, false };
    }

    Result<JobEnd> tryOne(const TuneChoice& choice)
    {
        PALIMPSEST_TRY(const Project project,
            Project::fromRecipe(m_folder, withChoice(m_recipe, choice), overridesOf(choice)));
        const std::string name = "try " + std::to_string(m_tries + 1) + ": " + describe(choice);
        const auto isWanted
            = [](const StagePart& part) { return part.stage <= Stage::Match || part.name == "optimise"; };
        JobEnd end = JobEnd::Finished;
        {
            ChannelRelay relay(m_channel, [&](const JobChannel::Update& update) {
                const double share = update.stage == toString(Stage::Optimise) ? update.fraction : 0.0;
                const double steps
                    = static_cast<double>(m_stepsDone) + share * static_cast<double>(choice.steps);
                const double whole
                    = static_cast<double>(std::max<std::int64_t>(1, m_stepsDone + m_stepsLeft));
                const double fraction = std::max(spent() / m_options.seconds, steps / whole);
                return ChannelRelay::Progress { std::min(0.999, fraction),
                    name + (update.phase.empty() ? "" : ": " + update.phase) };
            });
            PALIMPSEST_TRY(end, runParts(project, { .isWanted = isWanted, .device = m_device, .run = kStage }, relay.channel(), m_stop));
        }
        if (end == JobEnd::Canceled)
            return end;
        try {
            RunSession session(project);
            PALIMPSEST_TRY(const MemoryPlan plan, memoryPlan(session));
            TunePoint point { choice, plan.virtualizedBytes(), plan.ratio(),
                accuracyAgainst(session.optimised().validationAccuracy, m_front.referenceAccuracy), {} };
            for (const char* part : { "pages", "separate", "match", "optimise" })
                point.files.push_back(project.resultFile(part).filename().string());
            m_channel.addMessage(describe(choice) + ": " + formatBytes(static_cast<double>(point.bytes))
                + ", mean " + formatPoints(point.accuracy.meanChange) + ", worst "
                + formatPoints(point.accuracy.worstChange) + " (" + m_front.tasks.at(point.accuracy.worstTask)
                + ")");
            m_front.points.push_back(std::move(point));
        } catch (const DecodeError& damaged) {
            return badInput(damaged.what());
        }
        return end;
    }

    const fs::path& m_folder;
    const Recipe& m_recipe;
    const TuneOptions& m_options;
    std::string m_device;
    JobChannel& m_channel;
    std::stop_token m_stop;
    JobChannel m_quiet; ///< for what is too short to tell of
    std::string m_key;
    TuneFront m_front;
    std::set<TuneChoice> m_failed;
    Clock::time_point m_begun = Clock::now();
    int m_tries = 0;
    std::int64_t m_stepsDone = 0;
    std::int64_t m_stepsLeft = 0;
    std::int64_t m_longestTry = 0;
    double m_secondsPerStep = 0.0;
};

Status writeReport(const fs::path& folder, const TuneFront& front)
{
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem)
        return failure("could not be made: " + problem.message(), folder.string());
    PALIMPSEST_CHECK(writeFileAtomically(folder / "tune.json", toJson(front).dump(2) + "\n"));
    return writeFileAtomically(folder / "tune.csv", toCsv(front));
}

} // namespace

Result<TuneOutcome> tuneProject(const fs::path& folder, const Recipe& recipe, const TuneOptions& options,
    JobChannel& channel, std::stop_token stop)
{
    PALIMPSEST_TRY(const std::string device, resolveDevice(options.device));
    PALIMPSEST_TRY(const ProjectLock lock, ProjectLock::acquire(folder));
    std::error_code ignored;
    fs::create_directories(folder / "results", ignored);
    setEngineThreads(recipe.threads);
    try {
        PALIMPSEST_TRY(TuneOutcome outcome, Search(folder, recipe, options, device, channel, stop).run());
        if (!outcome.front.points.empty())
            PALIMPSEST_CHECK(writeReport(ProjectFolder(folder).reportFolder(), outcome.front));
        return outcome;
    } catch (const DecodeError& damaged) {
        return badInput(damaged.what());
    }
}

} // namespace palimpsest
