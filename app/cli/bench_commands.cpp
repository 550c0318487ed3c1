// SPDX-License-Identifier: Apache-2.0
// bench switch|match|step|fisher|read|import|decode.
#include "app/cli/command.h"
#include "core/backend/gpu_module.h"
#include "core/pipeline/benchmarks.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace palimpsest::cli {

namespace {

struct Arguments {
    std::string folder;
    MatchBenchRequest match;
    DecodeBenchRequest decode;
    std::string networks;
    std::int64_t count = 0;
    std::string device = "cpu";
    std::vector<std::string> overrides;
    bool json = false;
};

using Lines = Result<std::vector<Json>>;

int printLines(const std::function<Lines(const JobContext&)>& work, const Arguments& args)
{
    const bool json = args.json;
    const auto device = resolveDevice(args.device);
    if (!device)
        return reportError(device.error());
    std::vector<Json> lines;
    const int exitCode = runJob(
        [&](JobChannel& channel, std::stop_token stop) -> Result<JobEnd> {
            channel.beginStage("bench");
            PALIMPSEST_TRY(lines, work(JobContext(channel, std::move(stop)).onDevice(*device)));
            return JobEnd::Finished;
        },
        json);
    for (const Json& line : lines) {
        if (json) {
            printLine(line);
            continue;
        }
        for (const auto& item : line.items())
            if (!item.value().is_array()) // raw samples are for machines
                std::cout << item.key() << " " << item.value().dump() << "  ";
        std::cout << "\n";
    }
    return exitCode;
}

} // namespace

void addBenchCommands(CLI::App& app, int& exitCode)
{
    CLI::App* bench = app.add_subcommand("bench", "measure speed on this machine");
    bench->require_subcommand(1);
    using Work = Lines (*)(const Project&, std::int64_t, const JobContext&);
    const auto addOfProject = [&](const char* name, const char* help, const char* option,
                                  const char* optionHelp, std::int64_t count, Work work) {
        CLI::App* command = bench->add_subcommand(name, help);
        auto args = std::make_shared<Arguments>();
        args->count = count;
        command->add_option("DIR", args->folder, "project folder")->required();
        command->add_option(option, args->count, optionHelp)
            ->check(CLI::PositiveNumber)
            ->capture_default_str();
        command->add_option("--device", args->device, "auto, cpu or cuda:N")->capture_default_str();
        command->add_option("--set", args->overrides, "KEY=VALUE: another setting than the recipe's");
        command->add_flag("--json", args->json, "one JSON object a line, raw samples included");
        command->callback([args, work, &exitCode] {
            const auto project = Project::open(args->folder, args->overrides);
            exitCode = project
                ? printLines(
                    [&](const JobContext& context) { return work(*project, args->count, context); }, *args)
                : reportError(project.error());
        });
    };
    addOfProject(
        "switch", "N random switches against copying and reloading", "--switches", "N", 1000, benchSwitch);
    addOfProject("step", "a joint step against the tasks' separate steps", "--repetitions",
        "steps of each kind", 100, benchStep);
    addOfProject("fisher", "Fisher information against a forward and backward pass", "--samples",
        "of each task", 10000, benchFisher);
    addOfProject("read", "decoding each task's training data against finding them in the cache",
        "--repetitions", "of each; the least time counts", 3, benchRead);
    {
        CLI::App* command = bench->add_subcommand(
            "import", "importing a network, hash included, against the SHA-256 of its files alone");
        auto args = std::make_shared<Arguments>();
        args->count = 3;
        auto files = std::make_shared<std::vector<std::string>>();
        command->add_option("FILE", *files, "as for `palimpsest import`")->required();
        command->add_option("--repetitions", args->count, "of each; the least time counts")
            ->check(CLI::PositiveNumber)
            ->capture_default_str();
        command->add_flag("--json", args->json, "one JSON object a line");
        command->callback([args, files, &exitCode] {
            const ImportRequest request { { files->begin(), files->end() }, {} };
            exitCode = printLines(
                [&](const JobContext& context) { return benchImport(request, args->count, context); }, *args);
        });
    }
    {
        CLI::App* command
            = bench->add_subcommand("decode", "packed pages of every storage form against a copy of float32");
        auto args = std::make_shared<Arguments>();
        command->add_option("--weights", args->decode.weights, "of the network")->capture_default_str();
        command->add_option("--page-size", args->decode.pageSize, "weights")->capture_default_str();
        command->add_option("--repetitions", args->decode.repetitions, "the least time counts")
            ->check(CLI::PositiveNumber)
            ->capture_default_str();
        command->add_flag("--json", args->json, "one JSON object a line");
        command->callback([args, &exitCode] {
            exitCode = printLines(
                [&](const JobContext& context) { return benchDecode(args->decode, context); }, *args);
        });
    }

    CLI::App* command
        = bench->add_subcommand("match", "every matching strategy: both costs, the bounds, seconds");
    auto args = std::make_shared<Arguments>();
    auto* folder = command->add_option("DIR", args->folder, "project folder");
    command
        ->add_option(
            "--networks", args->networks, "folder of reference networks (NAME.h5) with Fisher information")
        ->excludes(folder);
    command->add_option("--page-size", args->match.pageSize, "weights")->capture_default_str();
    command->add_option("--slots", args->match.slots, "pages of the pool");
    command->add_option("--order", args->match.order, "names, in order")->delimiter(',');
    command->add_option("--formation", args->match.formation, "aligned or reference")
        ->check(CLI::IsMember({ "aligned", "reference" }))
        ->capture_default_str();
    command->add_option("--seeds", args->match.seeds, "of the random and the reference strategy")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--device", args->device, "auto, cpu or cuda:N")->capture_default_str();
    command->add_flag("--json", args->json, "one JSON object a line");
    command->callback([args, &exitCode] {
        if (args->folder.empty() == args->networks.empty()) {
            exitCode = reportError(badInput("expected a project folder, or --networks DIR"));
            return;
        }
        if (!args->networks.empty()) {
            args->match.networks = args->networks;
            exitCode = printLines(
                [&](const JobContext& context) { return benchMatch(args->match, context); }, *args);
            return;
        }
        const auto project = Project::open(args->folder);
        exitCode = project
            ? printLines([&](const JobContext& context) { return benchMatch(*project, context); }, *args)
            : reportError(project.error());
    });
}

} // namespace palimpsest::cli
