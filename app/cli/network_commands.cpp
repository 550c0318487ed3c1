// SPDX-License-Identifier: Apache-2.0
// import, evaluate: networks and data without, or into, a project.
#include "app/cli/command.h"
#include "core/base/file.h"
#include "core/base/units.h"
#include "core/pipeline/import_network.h"
#include "core/pipeline/standalone_evaluation.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace palimpsest::cli {

namespace {

struct ImportArguments {
    std::vector<std::string> files;
    std::string folder, layers, task;
    Shape inputShape;
    bool trust = false;
};

int runImport(const ImportArguments& args)
{
    ImportRequest request;
    request.files = { args.files.begin(), args.files.end() };
    request.options.layers = args.layers;
    request.options.trust = args.trust;
    request.options.inputShape = args.inputShape;
    const auto report = importNetwork(request, args.folder, args.task);
    if (!report)
        return reportError(report.error());
    for (const std::string& line : *report)
        std::cout << line << "\n";
    return kDone;
}

struct EvaluateArguments {
    EvaluationRequest request;
    std::string network, weights, layers, bundle, data, preprocess;
    Shape inputShape;
    bool trust = false;
    bool json = false;
};

int runEvaluate(const EvaluateArguments& args)
{
    EvaluationRequest request = args.request;
    request.network = args.network;
    request.options.weights = args.weights;
    request.options.layers = args.layers;
    request.options.trust = args.trust;
    request.options.inputShape = args.inputShape;
    request.bundle = args.bundle;
    request.data = args.data;
    if (!args.preprocess.empty())
        request.preprocess = splitSteps(args.preprocess);
    Score score;
    const int exitCode = runJob(
        [&](JobChannel& channel, std::stop_token stop) -> Result<JobEnd> {
            channel.beginStage("evaluate");
            PALIMPSEST_TRY(score, evaluateStandalone(request, JobContext(channel, std::move(stop))));
            return JobEnd::Finished;
        },
        args.json);
    if (exitCode != kDone)
        return exitCode;
    if (args.json)
        printLine({ { "network", args.bundle.empty() ? args.network : args.bundle }, { "data", args.data },
            { "split", request.split }, { "samples", score.samples }, { "accuracy", score.accuracy() } });
    else
        std::cout << "accuracy " << score.accuracy() << " on " << formatCount(score.samples)
                  << " samples of the " << request.split << " split (" << formatCount(score.correct)
                  << " right, loss " << score.loss << " nats)" << std::endl;
    return kDone;
}

} // namespace

void addNetworkCommands(CLI::App& app, int& exitCode)
{
    {
        CLI::App* command = app.add_subcommand("import", "bring a network and its weights into a project");
        auto args = std::make_shared<ImportArguments>();
        command
            ->add_option(
                "FILE", args->files, "a network in any known form, or a layer list (.json) and its weights")
            ->required();
        command->add_option("--into", args->folder, "project folder")->required();
        command->add_option("--layers", args->layers, "layer list (.json) where FILE holds weights alone");
        command->add_option("--task", args->task, "task of the project that shall use the network");
        command->add_flag("--trust", args->trust, "read files that are programs (TorchScript)");
        command
            ->add_option("--input-shape", args->inputShape,
                "shape of one sample, as in 3,32,32, where FILE does not say it (TorchScript)")
            ->delimiter(',');
        command->callback([args, &exitCode] { exitCode = runImport(*args); });
    }
    {
        CLI::App* command
            = app.add_subcommand("evaluate", "score a network or a bundle on data; no project needed");
        auto args = std::make_shared<EvaluateArguments>();
        auto* network = command->add_option(
            "--network", args->network, "a network in any form that `palimpsest import` reads");
        command
            ->add_option("--weights", args->weights,
                "weights of a layer list; default: the .safetensors of the same name beside it")
            ->needs(network);
        command
            ->add_option("--layers", args->layers, "layer list (.json) where --network holds weights alone")
            ->needs(network);
        command->add_flag("--trust", args->trust, "read files that are programs (TorchScript)")
            ->needs(network);
        command
            ->add_option("--input-shape", args->inputShape,
                "shape of one sample, as in 3,32,32, where --network does not say it (TorchScript)")
            ->delimiter(',')
            ->needs(network);
        auto* bundle = command->add_option("--bundle", args->bundle, "folder written by `palimpsest export`");
        bundle->excludes(network);
        command
            ->add_option("--task", args->request.task, "task of the bundle; not needed where it has one only")
            ->needs(bundle);
        command
            ->add_option("--data", args->data,
                "HDF5, csv, .ts, .npz or .mat file, or a folder of idx, CIFAR or .npy files, or of folders "
                "of pictures or sounds")
            ->required();
        command->add_option("--preprocess", args->preprocess,
            "comma list, applied in order: scale=255, invert=255, l2, column-mean, resize=32x32, grey, "
            "logmel=8000:256:128:40, transpose; a bundle brings its own");
        command->add_option("--split", args->request.split, "train or test")
            ->check(CLI::IsMember({ "train", "test" }))
            ->capture_default_str();
        command->add_option("--device", args->request.device, "auto, cpu or cuda:N")->capture_default_str();
        command->add_flag("--json", args->json, "one JSON object a line; the last one is the result");
        command->callback([args, &exitCode] {
            if (args->network.empty() == args->bundle.empty()) {
                exitCode = reportError(badInput("expected --network FILE or --bundle DIR, got neither"));
                return;
            }
            exitCode = runEvaluate(*args);
        });
    }
}

} // namespace palimpsest::cli
