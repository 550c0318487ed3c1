// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "core/base/file.h"
#include "core/pipeline/project.h"
#include "core/pipeline/tune.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cctype>
#include <cmath>
#include <iostream>
#include <map>
#include <memory>

namespace palimpsest::cli {

namespace {

struct Arguments {
    std::string folder;
    TuneOptions options;
    double targetBytes = 0.0; ///< 0: not given
    double minutes = 10.0;
    std::string csvFile;
    bool front = false;
    bool json = false;
};

void printFront(const TuneFront& front, bool json)
{
    if (!json) {
        std::cout << toText(front) << std::flush;
        return;
    }
    Json whole = toJson(front);
    for (Json& point : whole.at("points")) {
        Json line = { { "event", "point" } };
        line.update(point);
        printLine(line);
    }
    whole["event"] = "front";
    printLine(whole);
}

/// The command that makes the best point's bundle, for people to copy.
std::string runCommand(const std::string& folder, const TuneChoice& choice)
{
    std::string text = "palimpsest run " + folder;
    for (const std::string& assignment : overridesOf(choice))
        text += " --set " + assignment;
    return text;
}

int runTune(const Arguments& args)
{
    const auto recipe = readRecipe(args.folder);
    if (!recipe)
        return reportError(recipe.error());
    TuneOutcome outcome;
    const int exitCode = runJob(
        [&](JobChannel& channel, std::stop_token stop) -> Result<JobEnd> {
            PALIMPSEST_TRY(outcome, tuneProject(args.folder, *recipe, args.options, channel, stop));
            return outcome.end;
        },
        args.json);
    const TuneFront& front = outcome.front;
    if (front.points.empty())
        return exitCode;
    printFront(front, args.json);
    if (!args.csvFile.empty())
        if (const Status written = writeFileAtomically(args.csvFile, toCsv(front)); !written)
            return reportError(written.error());
    if (exitCode != kDone)
        return exitCode;
    if (outcome.isTimeUp)
        std::cerr << "The time was up before the search was at its end; the same command goes on."
                  << std::endl;
    const auto best = bestPoint(front);
    if (!best && !args.front)
        return reportError(badInput(verdict(front)));
    if (!args.json) {
        const std::string sentence = verdict(front);
        std::cout << static_cast<char>(std::toupper(static_cast<unsigned char>(sentence.front())))
                  << sentence.substr(1) << "." << std::endl;
        if (best)
            std::cout << "Take it with:  " << runCommand(args.folder, front.points[*best].choice)
                      << std::endl;
    }
    return kDone;
}

} // namespace

void addTuneCommand(CLI::App& app, int& exitCode)
{
    CLI::App* command = app.add_subcommand("tune",
        "search for a packing: storage forms, pages, exclusive pages and steps, judged on validation data "
        "alone; what was tried is "
        "kept, and the same command goes on where it stopped");
    auto args = std::make_shared<Arguments>();
    command->add_option("DIR", args->folder, "project folder")->required();
    const std::map<std::string, double> sizes { { "B", 1.0 }, { "KB", 1e3 }, { "MB", 1e6 }, { "GB", 1e9 } };
    auto* bytes = command
                      ->add_option("--target-bytes", args->targetBytes,
                          "best accuracy within this size of all tasks together: 46000, \"46 KB\"")
                      ->transform(CLI::AsNumberWithUnit(sizes))
                      ->check(CLI::Range(1.0, 1e15));
    auto* drop = command
                     ->add_option("--max-drop", args->options.target.maxDrop,
                         "fewest bytes at this mean loss of accuracy against the same steps alone, a "
                         "fraction: 0.002")
                     ->check(CLI::Range(0.0, 1.0))
                     ->excludes(bytes);
    command->add_flag("--front", args->front, "no target: the sizes from a 4th to a 128th of float32")
        ->excludes(bytes)
        ->excludes(drop);
    command
        ->add_option("--time,--minutes", args->minutes,
            "time for the tries, in minutes or as 90s, 15m, 2h; none is begun that would not end in it")
        ->transform(CLI::AsNumberWithUnit(
            std::map<std::string, double> { { "s", 1.0 / 60.0 }, { "m", 1.0 }, { "h", 60.0 } }))
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--device", args->options.device, "auto, cpu or cuda:N")->capture_default_str();
    command->add_option("--csv", args->csvFile, "also write the table to this file");
    command->add_flag("--json", args->json, "one JSON object a line");
    command->callback([args, &exitCode] {
        TuneTarget& target = args->options.target;
        if (args->targetBytes > 0.0)
            target.bytes = std::llround(args->targetBytes);
        if (!target.bytes && !target.maxDrop && !args->front) {
            exitCode = reportError(badInput("expected --target-bytes N, --max-drop X or --front"));
            return;
        }
        args->options.seconds = 60.0 * args->minutes;
        exitCode = runTune(*args);
    });
}

} // namespace palimpsest::cli
