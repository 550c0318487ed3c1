// SPDX-License-Identifier: Apache-2.0
// data list|fetch|check|cache, devices.
#include "app/cli/command.h"
#include "core/backend/gpu_module.h"
#include "core/base/units.h"
#include "core/data/catalogue.h"
#include "core/data/data_store.h"
#include "core/data/sample_cache.h"
#include "core/pipeline/fetch_data.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <iostream>
#include <memory>

namespace palimpsest::cli {

namespace {

const char* nameOf(FileState state)
{
    switch (state) {
    case FileState::Present:
        return "present";
    case FileState::Missing:
        return "missing";
    case FileState::Damaged:
        return "damaged";
    }
    return "unknown";
}

int runDataList(bool json)
{
    for (const CatalogueEntry& entry : dataCatalogue()) {
        const auto found = findDataSetFiles(entry.name);
        if (!found)
            return reportError(found.error());
        const char* origin = !entry.files.empty() ? "package" : entry.downloads.empty() ? "by hand" : "fetch";
        if (json)
            printLine({ { "name", entry.name }, { "title", entry.title },
                { "description", entry.description }, { "licence", entry.licence },
                { "nonCommercial", entry.isNonCommercial }, { "citation", entry.citation },
                { "page", entry.page }, { "origin", origin }, { "package", entry.package },
                { "aboutBytes", entry.aboutBytes() }, { "present", found->isComplete() } });
        else
            std::cout << entry.name << std::string(10 - std::min<std::size_t>(9, entry.name.size()), ' ')
                      << (found->isComplete() ? "present  " : "missing  ") << entry.title << ": "
                      << entry.description << " (" << entry.licence
                      << (entry.aboutBytes() == 0
                                 ? ""
                                 : "; " + formatBytes(static_cast<double>(entry.aboutBytes())) + " to fetch")
                      << ")\n";
    }
    if (!json)
        std::cout << "Folder: " << dataFolder().string()
                  << "\nOther data are read where they lie: idx, csv, .ts, HDF5, .npz, CIFAR's batches, "
                     ".mat, folders of "
                     "pictures or sounds, and csv streams of sensors."
                  << std::endl;
    return kDone;
}

/// Reads every byte.
int runDataCheck(const std::string& name)
{
    const auto found = checkDataSet(name);
    if (!found)
        return reportError(found.error());
    for (const DataSetCheck::File& file : found->files)
        std::cout << file.path.string() << ": " << nameOf(file.state) << "\n";
    if (!found->isComplete())
        return reportError(badInput(found->advice, name));
    std::cout << name << ": complete, and every file is the one that is known" << std::endl;
    return kDone;
}

struct FetchArguments {
    std::string name;
    bool acceptLicence = false;
    bool pin = false;
    bool keepFiles = false;
    bool json = false;
};

/// A question on a terminal; no without one.
bool ask(const std::string& question)
{
    if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0)
        return false;
    std::cout << question << " [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return !answer.empty() && (answer[0] == 'y' || answer[0] == 'Y');
}

/// Consent to a licence that allows no commercial use: asked once, and remembered.
Status askConsent(const CatalogueEntry& entry, const FetchArguments& args)
{
    DataStore store(dataFolder());
    PALIMPSEST_TRY(const bool isAccepted, store.isAccepted(entry.name));
    if (!entry.isNonCommercial || isAccepted)
        return success();
    const std::string terms = entry.title + " may be used for non-commercial purposes only (" + entry.licence
        + "; " + entry.page + ")";
    if (!args.acceptLicence && !ask(terms + ". Do you accept this?"))
        return badInput(terms + "; run this with --accept-licence where you accept it", entry.name);
    return store.accept(entry.name);
}

/// Shows what no hash is known of, and pins what is confirmed.
Status confirmFiles(const std::vector<UnconfirmedFile>& files, const FetchArguments& args)
{
    DataStore store(dataFolder());
    for (const UnconfirmedFile& file : files) {
        std::cout << file.url << "\n  " << formatCount(static_cast<std::int64_t>(file.bytes))
                  << " bytes, SHA-256 " << file.sha256 << std::endl;
        if (!args.pin
            && !ask("  No SHA-256 of this file is known yet. Is this one right, and shall it be expected "
                    "from now on?"))
            return badInput("its SHA-256, " + file.sha256
                    + ", is not known yet; compare it with another source, and run this with --pin to take "
                      "it from now on",
                file.path.string());
        PALIMPSEST_CHECK(store.pin(file.url, file.sha256));
    }
    return success();
}

int runDataFetch(const FetchArguments& args)
{
    const auto entry = findDataSet(args.name);
    if (!entry)
        return reportError(entry.error());
    const auto found = findDataSetFiles(args.name);
    if (!found)
        return reportError(found.error());
    if (found->isComplete()) {
        std::cout << args.name << ": complete" << std::endl;
        return kDone;
    }
    if (entry->downloads.empty())
        return reportError(badInput(found->advice, args.name));
    if (const Status consent = askConsent(*entry, args); !consent.ok())
        return reportError(consent.error());

    std::vector<UnconfirmedFile> unconfirmed;
    int exitCode = runJob(
        [&](JobChannel& channel, std::stop_token stop) -> Result<JobEnd> {
            channel.beginStage("fetch");
            PALIMPSEST_TRY(
                unconfirmed, downloadDataSet(*entry, dataFolder(), JobContext(channel, std::move(stop))));
            return JobEnd::Finished;
        },
        args.json);
    if (exitCode != kDone)
        return exitCode;
    if (const Status confirmed = confirmFiles(unconfirmed, args); !confirmed.ok())
        return reportError(confirmed.error());
    std::string summary;
    exitCode = runJob(
        [&](JobChannel& channel, std::stop_token stop) -> Result<JobEnd> {
            channel.beginStage("convert");
            PALIMPSEST_TRY(summary,
                convertDataSet(*entry, dataFolder(), args.keepFiles, JobContext(channel, std::move(stop))));
            return JobEnd::Finished;
        },
        args.json);
    if (exitCode == kDone)
        std::cout << summary << std::endl;
    return exitCode;
}

int runDataCache(bool clear, bool json)
{
    const SampleCache cache(sampleCacheFolder());
    const SampleCache::Usage found = clear ? cache.clear() : cache.usage();
    if (json)
        printLine({ { "folder", cache.folder().string() }, { "entries", found.entries },
            { "bytes", found.bytes }, { "limitBytes", SampleCache::kLimitBytes }, { "cleared", clear } });
    else
        std::cout << cache.folder().string() << ": " << (clear ? "cleared " : "")
                  << formatCount(found.entries) << (found.entries == 1 ? " data set, " : " data sets, ")
                  << formatBytes(static_cast<double>(found.bytes))
                  << (clear ? ""
                            : " of at most " + formatBytes(static_cast<double>(SampleCache::kLimitBytes)))
                  << std::endl;
    return kDone;
}

int runDevices(bool json)
{
    const DeviceList list = listDevices();
    for (const DeviceInfo& device : list.devices) {
        if (json)
            printLine({ { "id", device.id }, { "name", device.name }, { "memoryBytes", device.memoryBytes },
                { "freeBytes", device.freeBytes }, { "architecture", device.architecture } });
        else
            std::cout << device.id << "  " << device.name << "  " << device.architecture << "  "
                      << formatBytes(static_cast<double>(device.memoryBytes)) << ", "
                      << formatBytes(static_cast<double>(device.freeBytes)) << " free\n";
    }
    if (json)
        printLine({ { "driver", list.driverVersion }, { "whyNoCuda", list.whyNoCuda } });
    else if (!list.whyNoCuda.empty())
        std::cout << "CUDA is off: " << list.whyNoCuda << std::endl;
    else
        std::cout << "CUDA driver " << list.driverVersion << std::endl;
    return kDone;
}

} // namespace

void addDataCommands(CLI::App& app, int& exitCode)
{
    CLI::App* data = app.add_subcommand("data", "the data sets that the program knows by name");
    data->require_subcommand(1);
    {
        CLI::App* command = data->add_subcommand("list", "list them, and whether they are here");
        auto json = std::make_shared<bool>(false);
        command->add_flag("--json", *json, "one JSON object a line");
        command->callback([json, &exitCode] { exitCode = runDataList(*json); });
    }
    {
        CLI::App* command = data->add_subcommand(
            "fetch", "get a data set, check it and convert it into NAME.h5 for recipes");
        auto args = std::make_shared<FetchArguments>();
        command->add_option("NAME", args->name, "name of `data list`")->required();
        command->add_flag("--accept-licence", args->acceptLicence,
            "accept a licence that allows no commercial use; asked once");
        command->add_flag("--pin", args->pin,
            "take files of which no SHA-256 is known yet, and expect the same from now on");
        command->add_flag("--keep-files", args->keepFiles, "keep what was fetched beside NAME.h5");
        command->add_flag("--json", args->json, "one JSON object a line");
        command->callback([args, &exitCode] { exitCode = runDataFetch(*args); });
    }
    {
        CLI::App* command = data->add_subcommand("check", "compare every file with its SHA-256");
        auto name = std::make_shared<std::string>();
        command->add_option("NAME", *name, "name of `data list`")->required();
        command->callback([name, &exitCode] { exitCode = runDataCheck(*name); });
    }
    {
        CLI::App* command = data->add_subcommand(
            "cache", "what is kept of decoded training data, so that they are decoded once");
        auto clear = std::make_shared<bool>(false);
        auto json = std::make_shared<bool>(false);
        command->add_flag("--clear", *clear, "remove all of it; it is made again when it is needed");
        command->add_flag("--json", *json, "one JSON object a line");
        command->callback([clear, json, &exitCode] { exitCode = runDataCache(*clear, *json); });
    }
    CLI::App* devices = app.add_subcommand("devices", "list the devices, and why CUDA is off where it is");
    auto json = std::make_shared<bool>(false);
    devices->add_flag("--json", *json, "one JSON object a line");
    devices->callback([json, &exitCode] { exitCode = runDevices(*json); });
}

} // namespace palimpsest::cli
