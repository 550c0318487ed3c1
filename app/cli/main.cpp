// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>

int main(int argc, char** argv)
{
    using namespace palimpsest::cli;
    std::signal(SIGPIPE, SIG_IGN); // `palimpsest ... | head` ends by a failed write, not by a signal
    int exitCode = kDone;
    CLI::App app("Palimpsest packs many neural networks into one set of shared weight-pages.\n"
                 "Start with:  palimpsest new DIR --sample quickstart  &&  palimpsest run DIR",
        "palimpsest");
    app.set_version_flag("--version", PALIMPSEST_VERSION);
    app.require_subcommand(1);
    addProjectCommands(app, exitCode);
    addNetworkCommands(app, exitCode);
    addTuneCommand(app, exitCode);
    addBenchCommands(app, exitCode);
    addDataCommands(app, exitCode);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        if (e.get_exit_code() == 0)
            return app.exit(e); // --help, --version
        std::cerr << "palimpsest: " << e.what() << "; `palimpsest --help` lists the commands\n";
        return kBadInput;
    } catch (const std::exception& e) {
        std::cerr << "palimpsest: " << e.what() << "\n";
        return kFailed;
    }
    return exitCode;
}
