// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "core/base/units.h"
#include "core/pipeline/tune.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <iostream>
#include <memory>

namespace palimpsest::cli {

namespace {

struct Arguments {
    std::string folder;
    TuneTarget target;
    bool json = false;
};

int runTune(const Arguments& args)
{
    const auto recipe = readRecipe(args.folder);
    if (!recipe)
        return reportError(recipe.error());
    TuneOutcome outcome;
    const int exitCode = runJob(
        [&](JobChannel& channel, std::stop_token stop) -> Result<JobEnd> {
            PALIMPSEST_TRY(outcome, tuneProject(args.folder, *recipe, args.target, channel, stop));
            return JobEnd::Finished;
        },
        args.json);
    if (exitCode != kDone)
        return exitCode;
    for (const TunePoint& point : outcome.points) {
        const bool best = outcome.best && point.poolPages == outcome.best->poolPages;
        if (args.json)
            printLine({ { "event", "point" }, { "poolPages", point.poolPages },
                { "bytes", point.virtualizedBytes }, { "ratio", point.ratio },
                { "meanChange", point.meanChange }, { "worstChange", point.worstChange }, { "best", best } });
        else
            std::printf("%s %5lld pages  %10s  %5.2f x  mean %+.4f  worst %+.4f (validation)\n",
                best ? "*" : " ", static_cast<long long>(point.poolPages),
                formatBytes(static_cast<double>(point.virtualizedBytes)).c_str(), point.ratio,
                point.meanChange, point.worstChange);
    }
    if (!outcome.best)
        return reportError(
            badInput("no pool that was tried reaches the target; the best found is listed above"));
    if (!args.json)
        std::cout << "Take it with:  palimpsest run " << args.folder
                  << " --set pages.poolPages=" << outcome.best->poolPages << std::endl;
    return kDone;
}

} // namespace

void addTuneCommand(CLI::App& app, int& exitCode)
{
    CLI::App* command = app.add_subcommand(
        "tune", "search the number of pool pages, on validation data only; what was tried is kept as runs");
    auto args = std::make_shared<Arguments>();
    command->add_option("DIR", args->folder, "project folder")->required();
    auto* bytes = command
                      ->add_option("--target-bytes", args->target.bytes,
                          "largest size of all tasks together, in bytes")
                      ->check(CLI::PositiveNumber);
    command
        ->add_option("--max-drop", args->target.maxDrop,
            "largest mean loss of accuracy against the same steps alone, e.g. 0.002")
        ->check(CLI::Range(0.0, 1.0))
        ->excludes(bytes);
    command->add_option("--minutes", args->target.minutes, "no new try is started after so many minutes")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_flag("--json", args->json, "one JSON object a line");
    command->callback([args, &exitCode] {
        if (args->target.bytes.has_value() == args->target.maxDrop.has_value()) {
            exitCode = reportError(badInput("expected --target-bytes N or --max-drop X"));
            return;
        }
        exitCode = runTune(*args);
    });
}

} // namespace palimpsest::cli
