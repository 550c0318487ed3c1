// SPDX-License-Identifier: Apache-2.0
// new, status, runs, validate, report, export.
#include "app/cli/command.h"
#include "core/base/file.h"
#include "core/base/units.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/samples.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iomanip>
#include <iostream>
#include <memory>
#include <numeric>
#include <optional>
#include <sstream>

namespace palimpsest::cli {

namespace {

struct Arguments {
    std::string folder;
    std::string sample = "quickstart";
    std::string run, format = "html", output, target;
    std::vector<std::string> overrides;
    std::size_t keep = 0;
    bool json = false;
};

int runNew(const Arguments& args)
{
    if (const Status made = newProject(args.folder, args.sample); !made)
        return reportError(made.error());
    std::cout << "Made " << args.folder << " from the sample " << args.sample << ". Next:  palimpsest run "
              << args.folder << std::endl;
    return kDone;
}

int runStatus(const Arguments& args)
{
    const auto project = Project::open(args.folder, args.overrides);
    if (!project)
        return reportError(project.error());
    const auto stages = stageStatus(*project);
    if (!stages)
        return reportError(stages.error());
    for (const StageStatus& status : *stages) {
        const std::string name(toString(status.stage));
        const std::string state(toString(status.state));
        if (args.json)
            printLine({ { "stage", name }, { "state", state }, { "reason", status.reason },
                { "fingerprint", status.fingerprint }, { "partsDone", status.partsDone },
                { "parts", status.partCount } });
        else
            std::cout << name << std::string(10 - name.size(), ' ') << state
                      << std::string(9 - state.size(), ' ') << status.reason << "\n";
    }
    return kDone;
}

/// What is known of a kept run: how far it came and what it reached on the test split.
struct RunSummary {
    std::size_t done = 0;
    std::optional<double> ratio;
    std::optional<double> meanChange; ///< accuracy, against the same steps (or the stand-alone networks)
};

RunSummary summarise(const std::filesystem::path& folder, const RunEntry& run)
{
    RunSummary summary;
    for (const auto& [part, fingerprint] : run.results)
        summary.done
            += std::filesystem::exists(ProjectFolder(folder).resultFile(part, fingerprint)) ? 1U : 0U;
    const auto project = Project::openRun(folder, run.id);
    if (!project || !project->isDone("evaluate") || !project->isDone("place"))
        return summary;
    const auto model = buildReport(*project);
    if (!model)
        return summary;
    summary.ratio = static_cast<double>(model->memory.standaloneBytes)
        / static_cast<double>(model->memory.virtualizedBytes());
    double change = 0.0;
    for (const ReportTask& task : model->tasks) {
        const auto fair = task.accuracy.find("sameSteps");
        change += task.accuracy.at("virtualized")
            - (fair == task.accuracy.end() ? task.accuracy.at("standalone") : fair->second);
    }
    summary.meanChange = change / static_cast<double>(model->tasks.size());
    return summary;
}

/// A difference of two accuracies in percentage points, with its sign.
std::string formatPoints(double fraction)
{
    std::array<char, 32> buffer {};
    std::snprintf(buffer.data(), buffer.size(), "%+.2f", 100.0 * fraction);
    return buffer.data();
}

Json toJson(const RunEntry& run, const RunSummary& summary)
{
    Json line = { { "id", run.id }, { "done", summary.done }, { "parts", run.results.size() },
        { "overrides", run.overrides }, { "device", run.device }, { "version", run.version } };
    if (summary.ratio)
        line["ratio"] = *summary.ratio;
    if (summary.meanChange)
        line["meanChange"] = *summary.meanChange;
    return line;
}

std::string toText(const RunEntry& run, const RunSummary& summary)
{
    std::ostringstream text;
    text << run.id << "  " << summary.done << "/" << run.results.size() << " results";
    if (summary.ratio && summary.meanChange)
        text << "  " << std::fixed << std::setprecision(2) << *summary.ratio << " x smaller, mean change "
             << formatPoints(*summary.meanChange) << " points";
    for (const std::string& assignment : run.overrides)
        text << "  " << assignment;
    return text.str();
}

int runRuns(const Arguments& args)
{
    if (args.keep > 0) {
        const auto freed = pruneRuns(args.folder, args.keep);
        if (!freed)
            return reportError(freed.error());
        std::cerr << "Removed results that no kept run uses: " << formatBytes(static_cast<double>(*freed))
                  << std::endl;
    }
    const auto recipe = readRecipe(args.folder);
    if (!recipe)
        return reportError(recipe.error());
    const auto runs = ProjectFolder(args.folder).readRuns();
    if (!runs)
        return reportError(runs.error());
    if (runs->empty() && !args.json)
        std::cout << "No run is kept here yet; make one with `palimpsest run " << args.folder << "`."
                  << std::endl;
    std::vector<double> changes;
    for (const RunEntry& run : *runs) {
        const RunSummary summary = summarise(args.folder, run);
        if (summary.meanChange)
            changes.push_back(*summary.meanChange);
        if (args.json)
            printLine(toJson(run, summary));
        else
            std::cout << toText(run, summary) << "\n";
    }
    if (changes.size() > 1 && !args.json) {
        const auto [least, most] = std::minmax_element(changes.begin(), changes.end());
        const double mean
            = std::accumulate(changes.begin(), changes.end(), 0.0) / static_cast<double>(changes.size());
        std::cout << "mean change over " << changes.size() << " runs: " << formatPoints(mean)
                  << " points, from " << formatPoints(*least) << " to " << formatPoints(*most) << std::endl;
    }
    return kDone;
}

int runValidate(const Arguments& args)
{
    const auto project = Project::open(args.folder, args.overrides);
    if (!project)
        return reportError(project.error());
    const auto lines = validateProject(*project);
    if (!lines)
        return reportError(lines.error());
    for (const std::string& line : *lines)
        std::cout << line << "\n";
    std::cout << "The recipe and every file it names are in order." << std::endl;
    return kDone;
}

int runReport(const Arguments& args)
{
    const auto project = args.run.empty() ? Project::open(args.folder, args.overrides)
                                          : Project::openRun(args.folder, args.run);
    if (!project)
        return reportError(project.error());
    const auto model = buildReport(*project);
    if (!model)
        return reportError(model.error());
    const std::string text = args.format == "json" ? toJson(*model).dump(2) + "\n"
        : args.format == "csv"                     ? toCsv(*model)
        : args.format == "text"                    ? toText(*model)
                                                   : toHtml(*model);
    // HTML on a terminal helps nobody: it goes to the report folder unless told otherwise.
    std::filesystem::path target = args.output;
    if (args.format == "html" && args.output.empty())
        target = project->folder().reportFolder()
            / (args.run.empty() ? "report.html" : "report-" + args.run + ".html");
    if (target.empty() || target == "-") {
        std::cout << text << std::flush;
        return kDone;
    }
    std::error_code ignored;
    if (target.has_parent_path())
        std::filesystem::create_directories(target.parent_path(), ignored);
    if (const Status saved = writeFileAtomically(target, text); !saved)
        return reportError(saved.error());
    std::cout << target.string() << std::endl;
    return kDone;
}

int runExport(const Arguments& args)
{
    const auto project = args.run.empty() ? Project::open(args.folder, args.overrides)
                                          : Project::openRun(args.folder, args.run);
    if (!project)
        return reportError(project.error());
    const Result<BundleSize> size = exportProject(*project, args.target);
    if (!size)
        return reportError(size.error());
    std::cout << "Wrote the bundle to " << args.target << ": " << formatCount(size->storedBytes)
              << " bytes of pages, scales, tables and private tensors, and beside them "
              << formatCount(size->otherBytes)
              << " bytes of manifest and C header. Check it with:  palimpsest evaluate --bundle "
              << args.target << " --task NAME --data FILE" << std::endl;
    return kDone;
}

} // namespace

void addProjectCommands(CLI::App& app, int& exitCode)
{
    const auto add = [&](const char* name, const char* help, int (*work)(const Arguments&)) {
        CLI::App* command = app.add_subcommand(name, help);
        auto args = std::make_shared<Arguments>();
        command->add_option("DIR", args->folder, "project folder")->required();
        command->callback([args, work, &exitCode] { exitCode = work(*args); });
        return std::pair(command, args);
    };
    const auto addSet = [](CLI::App* command, const std::shared_ptr<Arguments>& args) {
        command
            ->add_option("--set", args->overrides, "KEY=VALUE: override one setting, e.g. pages.pageSize=256")
            ->allow_extra_args(false);
    };
    std::string samples;
    for (const SampleProject& sample : sampleProjects())
        samples += sample.name + ", ";
    {
        const auto [command, args] = add("new", "make a project folder from a sample", runNew);
        command->add_option("--sample", args->sample, "one of " + samples + "empty")->capture_default_str();
    }
    addRunCommand(app, exitCode);
    {
        const auto [command, args]
            = add("status", "say which stages are done, and why others are not", runStatus);
        addSet(command, args);
        command->add_flag("--json", args->json, "one JSON object a line");
    }
    {
        const auto [command, args] = add("runs", "list the runs that are kept", runRuns);
        command->add_option("--keep", args->keep, "remove all but the newest N runs")
            ->check(CLI::PositiveNumber);
        command->add_flag("--json", args->json, "one JSON object a line");
    }
    {
        const auto [command, args]
            = add("validate", "check the recipe and every file it names; nothing is run", runValidate);
        addSet(command, args);
    }
    {
        const auto [command, args] = add("report", "write the report of the results", runReport);
        command->add_option(
            "--run", args->run, "a kept run, e.g. r2; without it the results of project.json");
        command->add_option("--format", args->format, "html, json, csv or text")
            ->check(CLI::IsMember({ "html", "json", "csv", "text" }))
            ->capture_default_str();
        command->add_option("-o,--output", args->output, "file; - for standard output");
        addSet(command, args);
    }
    {
        const auto [command, args]
            = add("export", "write the deployable bundle: pages, tables, manifest", runExport);
        command->add_option("--to", args->target, "folder, new or empty")->required();
        command->add_option("--run", args->run, "a kept run, e.g. r2");
        addSet(command, args);
    }
}

} // namespace palimpsest::cli
