// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/pipeline/pipeline.h"
#include "core/project/settings.h"
#include "widgets/results/run_results.h"

#include <QObject>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace palimpsest {

/// How far each stage of a recipe is.
struct StageStates {
    std::shared_ptr<const Recipe> recipe;
    std::vector<StageStatus> stages; ///< empty where `problem` says why
    std::string problem; ///< one sentence: a missing data file, no task; empty: none
};

/// What the views are given of a project.
struct ShownResults {
    std::shared_ptr<const RunResults>
        results; ///< of the recipe as it is, or of a kept run; nullptr: there are none
    bool isCurrent = true; ///< of the recipe as it is
    std::string problem; ///< why results that are there could not be read; empty: all were
};

/// Reads states and results of a project on a thread of its own. Of several wishes the newest wins, and what is read for an
/// older one is not reported any more. Takes no lock and runs nothing.
class ProjectReader : public QObject {
    Q_OBJECT
public:
    struct Wish {
        std::filesystem::path folder;
        std::shared_ptr<const Recipe> recipe;
        /// A job makes the recipe's results: they are shown as soon as pages are matched. Else the results that are furthest are
        /// shown: the recipe's, or where it has changed since, those of the newest kept run.
        bool isRunning = false;
    };

    explicit ProjectReader(QObject* parent = nullptr);
    ~ProjectReader() override; ///< waits for the file that is being read

    void read(Wish wish);
    void cancel(); ///< the project was closed: nothing more is reported
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    // In the thread this object lives in; states first.
    void statesRead(const palimpsest::StageStates& states);
    /// Also where nothing has changed since the last time.
    void resultsRead(const palimpsest::ShownResults& results);
    void idle();

private:
    struct Numbered {
        Wish wish;
        int number = 0;
    };
    void work(const std::stop_token& stop);
    void report(int number, const std::function<void()>& emitSignal);
    [[nodiscard]] bool isNewest(int number);

    int m_number = 0; ///< of the newest wish
    bool m_isBusy = false;
    std::mutex m_mutex; ///< of m_next
    std::condition_variable_any m_wished;
    std::optional<Numbered> m_next;
    std::jthread m_worker; // last: it stops before the rest goes
};

[[nodiscard]] StageStates readStates(
    const Result<Project>& project, const std::shared_ptr<const Recipe>& recipe);

/// Chooses whose results the views show, and reads them unless they are those of the last time.
class ResultsChooser {
public:
    /// How much of a project's results there is.
    enum class Extent { Nothing, Some, Matched, Optimised, Evaluated };

    /// @param current  of the recipe as it is; an error where it cannot be planned
    /// @param isRunning  see ProjectReader::Wish
    [[nodiscard]] ShownResults choose(
        const std::filesystem::path& folder, const Result<Project>& current, bool isRunning);

private:
    void lookAt(Project project, const std::string& run);
    Status lookAtKeptRuns(const std::filesystem::path& folder);

    std::optional<Project> m_best;
    std::string m_run; ///< of m_best; empty: the recipe's
    Extent m_extent = Extent::Nothing;
    std::string m_key; ///< of m_last: folder, run and the results that are done
    ShownResults m_last;
};

} // namespace palimpsest
