// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "core/backend/gpu_module.h"
#include "core/nn/rank_processes.h"
#include "core/nn/ranks.h"
#include "core/pipeline/pipeline.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

namespace palimpsest::cli {

namespace {

using namespace std::chrono_literals;

struct Arguments {
    std::string folder, until, from, device = "auto";
    std::vector<std::string> overrides;
    int ranks = 0; ///< 0: not said
    int rankTimeout = 300; ///< seconds
    bool json = false;
};

Result<RunOptions> runOptions(const Arguments& args)
{
    RunOptions options;
    options.device = args.device;
    for (const auto& [text, stage] :
        { std::pair(&args.until, &options.until), std::pair(&args.from, &options.from) }) {
        if (text->empty())
            continue;
        *stage = stageFromString(*text);
        if (!*stage)
            return badInput("expected a stage, one of " + stageNames() + ", got \"" + *text + "\"");
    }
    return options;
}

/// Where this process stands: alone, among those that torchrun or Slurm started, or first of those that it will start.
Result<RankPlace> placeOf(const Arguments& args)
{
    PALIMPSEST_TRY(const std::optional<RankPlace> given, rankPlace());
    if (given && args.ranks > 0 && args.ranks != given->size)
        return badInput("--ranks says " + std::to_string(args.ranks)
            + " processes, but WORLD_SIZE or SLURM_NTASKS says " + std::to_string(given->size)
            + "; leave --ranks out where torchrun or srun starts them");
    if (given)
        return *given;
    if (args.ranks <= 1)
        return RankPlace {};
    return openLoopback(args.ranks);
}

/// Ranks of one machine take its CUDA devices in turn, unless a device is named.
std::string deviceOfRank(const std::string& device, const RankPlace& place)
{
    if (device != "auto")
        return device;
    const DeviceList list = listDevices();
    const auto count = static_cast<int>(std::count_if(list.devices.begin(), list.devices.end(),
        [](const DeviceInfo& info) { return info.id.starts_with("cuda:"); }));
    return count == 0 ? device : "cuda:" + std::to_string(place.localRank % count);
}

/// What a rank that this process starts is called with.
std::vector<std::string> argumentsOfOthers(const Arguments& args)
{
    std::vector<std::string> words { "run", args.folder, "--device", args.device, "--rank-timeout",
        std::to_string(args.rankTimeout) };
    for (const std::string& assignment : args.overrides) {
        words.emplace_back("--set");
        words.push_back(assignment);
    }
    return words;
}

/// The job of one of several ranks. What went wrong with it is told to the others.
Result<JobEnd> runRank(
    const Result<Project>& project, const RunOptions& options, JobChannel& channel, std::stop_token stop)
{
    Ranks& ranks = *options.ranks;
    const auto work = [&]() -> Result<JobEnd> {
        if (!project)
            return project.error();
        PALIMPSEST_CHECK(
            ranks.barrier()); // a rank that cannot open the project is known before any work is done
        return ranks.isFirst() ? runPipeline(*project, options, channel, stop)
                               : followPipeline(*project, options, channel, stop);
    };
    Result<JobEnd> end = work();
    ranks.leave(end ? nullptr : &end.error());
    return end;
}

int printReport(const Project& project, bool json)
{
    const auto model = buildReport(project);
    if (!model)
        return reportError(model.error());
    if (json)
        printLine({ { "event", "report" }, { "run", model->run }, { "report", toJson(*model) } });
    else
        std::cout << toText(*model)
                  << "Report: " << (project.folder().reportFolder() / "report.html").string() << std::endl;
    return kDone;
}

int runRun(const Arguments& args)
{
    auto options = runOptions(args);
    if (!options)
        return reportError(options.error());
    const Result<RankPlace> place = placeOf(args);
    if (!place)
        return reportError(place.error());
    const auto project = Project::open(args.folder, args.overrides);
    const bool startsOthers = place->listener >= 0;
    if (!project && (place->size == 1 || startsOthers))
        return reportError(project.error());

    std::optional<RankProcesses> others;
    if (startsOthers) {
        auto started = RankProcesses::start(
            *place, std::filesystem::read_symlink("/proc/self/exe"), argumentsOfOthers(args));
        if (!started)
            return reportError(started.error());
        others.emplace(std::move(*started));
    }
    std::unique_ptr<Ranks> ranks;
    if (place->size > 1) {
        auto met = meetRanks(*place, { .answer = std::chrono::seconds(args.rankTimeout) });
        if (!met)
            return reportError(met.error());
        ranks = std::move(*met);
        options->ranks = ranks.get();
        options->device = deviceOfRank(args.device, *place);
    }
    const int exitCode = runJob(
        [&](JobChannel& channel, std::stop_token stop) {
            return ranks ? runRank(project, *options, channel, std::move(stop))
                         : runPipeline(*project, *options, channel, std::move(stop));
        },
        args.json, ranks.get());
    ranks.reset();
    if (others)
        (void)others->wait(5s);
    const bool isFirst = place->rank == 0;
    return exitCode == kDone && isFirst && project->isDone("report") ? printReport(*project, args.json)
                                                                     : exitCode;
}

} // namespace

void addRunCommand(CLI::App& app, int& exitCode)
{
    CLI::App* command = app.add_subcommand("run", "run what is not done yet; Ctrl-C keeps what is done");
    auto args = std::make_shared<Arguments>();
    command->add_option("DIR", args->folder, "project folder")->required();
    command->add_option("--until", args->until, "last stage to run: " + stageNames());
    command->add_option("--from", args->from, "run this stage and all after it again");
    command->add_option("--set", args->overrides, "KEY=VALUE: override one setting, e.g. pages.pageSize=256")
        ->allow_extra_args(false);
    command->add_option("--device", args->device, "auto, cpu or cuda:N")->capture_default_str();
    command
        ->add_option("--ranks", args->ranks,
            "divide joint optimisation among N processes of this machine; torchrun and srun are noticed "
            "without it")
        ->check(CLI::Range(1, 64));
    command
        ->add_option(
            "--rank-timeout", args->rankTimeout, "give up on a process that is silent for so many seconds")
        ->check(CLI::Range(1, 86400))
        ->capture_default_str();
    command->add_flag("--json", args->json, "one JSON object a line");
    command->callback([args, &exitCode] { exitCode = runRun(*args); });
}

} // namespace palimpsest::cli
