// SPDX-License-Identifier: Apache-2.0
// data list|fetch|check, devices.
#include "app/cli/command.h"
#include "core/backend/gpu_module.h"
#include "core/base/units.h"
#include "core/data/catalogue.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

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
        if (json)
            printLine(
                { { "name", entry.name }, { "title", entry.title }, { "description", entry.description },
                    { "licence", entry.licence }, { "citation", entry.citation },
                    { "package", entry.package }, { "present", found->isComplete() } });
        else
            std::cout << entry.name << std::string(10 - std::min<std::size_t>(9, entry.name.size()), ' ')
                      << (found->isComplete() ? "present  " : "missing  ") << entry.title << ": "
                      << entry.description << " (" << entry.licence << ")\n";
    }
    if (!json)
        std::cout << "Folder: " << dataFolder().string()
                  << "\nOther data: idx(.gz) folders, csv(.gz), .ts time series and HDF5 files are read "
                     "where they lie."
                  << std::endl;
    return kDone;
}

/// check reads every byte; fetch looks whether the files are there, and says how to get what is not.
int runDataCheck(const std::string& name, bool readAll)
{
    const auto found = readAll ? checkDataSet(name) : findDataSetFiles(name);
    if (!found)
        return reportError(found.error());
    for (const DataSetCheck::File& file : found->files)
        std::cout << file.path.string() << ": " << nameOf(file.state) << "\n";
    if (!found->isComplete())
        return reportError(badInput(found->advice, name));
    std::cout << name
              << (readAll ? ": complete, and every file is the one that the catalogue knows" : ": complete")
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
    for (const bool readAll : { false, true }) {
        CLI::App* command = readAll ? data->add_subcommand("check", "compare every file with its SHA-256")
                                    : data->add_subcommand("fetch", "see to it that the files are here");
        auto name = std::make_shared<std::string>();
        command->add_option("NAME", *name, "name of `data list`")->required();
        command->callback([name, readAll, &exitCode] { exitCode = runDataCheck(*name, readAll); });
    }
    CLI::App* devices = app.add_subcommand("devices", "list the devices, and why CUDA is off where it is");
    auto json = std::make_shared<bool>(false);
    devices->add_flag("--json", *json, "one JSON object a line");
    devices->callback([json, &exitCode] { exitCode = runDevices(*json); });
}

} // namespace palimpsest::cli
