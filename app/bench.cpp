// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench.h"

#include "app/application.h"
#include "app/document/new_project.h"
#include "app/event_loop_watchdog.h"
#include "app/main_window.h"
#include "core/pipeline/project.h"
#include "core/pipeline/samples.h"
#include "widgets/pagemap/page_map_bench.h"
#include "widgets/plots/live_plot_bench.h"
#include "widgets/style/theme.h"
#include "widgets/view/view.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <unistd.h>

namespace palimpsest {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr int kCells = 1'000'000;
constexpr int kPoints = 1'000'000;

/// Milliseconds since the system started this process; to 10 ms. -1 where the system does not say.
double sinceProcessStart()
{
    std::ifstream file("/proc/self/stat");
    std::string text { std::istreambuf_iterator<char>(file), {} };
    // The second field is the program's name in brackets and may hold spaces; starttime is field 22.
    const std::size_t bracket = text.rfind(')');
    if (bracket == std::string::npos)
        return -1.0;
    std::istringstream rest(text.substr(bracket + 1));
    std::string field;
    for (int i = 3; i <= 22; ++i)
        rest >> field;
    timespec now {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
    return 1000.0 * (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started);
}

/// Runs the event loop until a condition holds.
void waitUntil(const std::function<bool()>& condition)
{
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (condition())
            loop.quit();
    });
    poll.start(5ms);
    if (!condition())
        loop.exec();
}

/// The project in a folder of its own, as it is, with its data where they are.
Result<fs::path> copyProject(const fs::path& from, const fs::path& to)
{
    try {
        fs::copy(from, to, fs::copy_options::recursive);
    } catch (const fs::filesystem_error& problem) {
        return failure(std::string("cannot copy the project: ") + problem.what(), from.string());
    }
    PALIMPSEST_TRY(RecipeFile file, readRecipeFile(ProjectFolder(to).recipeFile()));
    if (!file.recipe.dataRoot.empty()) {
        file.recipe.dataRoot = fs::weakly_canonical(from / file.recipe.dataRoot).string();
        PALIMPSEST_TRY(const RecipeSave saved, saveRecipeFile(to, file.recipe, file.hash));
    }
    return to;
}

/// The real window, open on a project.
class Desk {
public:
    explicit Desk(const fs::path& folder)
        : m_settings(QString::fromStdString((folder / "settings.ini").string()), QSettings::IniFormat)
        , m_window(m_settings, m_themes)
    {
        m_window.show();
    }
    [[nodiscard]] MainWindow& window() { return m_window; }

    /// Opens a project and waits until its results are shown and painted. @return milliseconds
    Result<double> open(const fs::path& folder)
    {
        QElapsedTimer timer;
        timer.start();
        std::optional<Error> problem;
        const auto connection = QObject::connect(&m_window.session().file(), &ProjectDocument::openFailed,
            &m_window, [&](const Error& error) { problem = error; });
        m_window.commands().open(QString::fromStdString(folder.string()));
        waitUntil(
            [&] { return problem || (m_window.session().hasProject() && !m_window.session().isLoading()); });
        QObject::disconnect(connection);
        if (problem)
            return *problem;
        m_window.repaint();
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

private:
    QSettings m_settings;
    ThemeSwitch m_themes;
    MainWindow m_window;
};

Json toJson(const PageMapBenchResult& result)
{
    return { { "cells", result.cells }, { "panFramesPerSecond", result.panFramesPerSecond },
        { "zoomFramesPerSecond", result.zoomFramesPerSecond }, { "slowestFrameMs", result.slowestFrameMs },
        { "plainBytes", result.plainBytes }, { "totalBytes", result.totalBytes },
        { "bytesRatio", static_cast<double>(result.totalBytes) / static_cast<double>(result.plainBytes) } };
}

Json toJson(const LivePlotBenchResult& result)
{
    return { { "points", result.points }, { "curves", result.curves }, { "framePoints", result.framePoints },
        { "appendFrameMedianMs", result.appendFrameMedianMs },
        { "appendFrameWorstMs", result.appendFrameWorstMs },
        { "panFramesPerSecond", result.panFramesPerSecond },
        { "zoomFramesPerSecond", result.zoomFramesPerSecond }, { "bytesPerPoint", result.bytesPerPoint } };
}

/// Runs all stages anew and looks at each view in turn meanwhile.
Result<Json> measureRun(Application& application, MainWindow& window)
{
    EventLoopWatchdog watchdog;
    application.measureEvents(true);
    QTimer walk;
    std::size_t shown = 0;
    QObject::connect(&walk, &QTimer::timeout, &window,
        [&] { window.showView(window.views()[shown++ % window.views().size()]->id()); });
    walk.start(500ms);
    QElapsedTimer timer;
    timer.start();
    watchdog.reset();
    RunOptions options;
    options.from = kStages.front();
    window.session().run(QStringLiteral("bench"), options);
    waitUntil([&] { return !window.session().isRunning() && !window.session().isLoading(); });
    const double seconds = static_cast<double>(timer.elapsed()) / 1000.0;
    const EventLoopWatchdog::Gap gap = watchdog.longestGap();
    const Application::SlowEvent slowest = application.slowestEvent();
    application.measureEvents(false);
    const JobEntry& job = window.session().jobs().entries().back();
    if (job.state == JobState::Failed)
        return job.error;
    return Json { { "seconds", seconds }, { "longestGapMs", gap.ms }, { "busyInLongestGapMs", gap.busyMs },
        { "longestBusyMs", watchdog.longestBusyMs() }, { "gapsOver50Ms", watchdog.longGaps() },
        { "slowestEvent",
            { { "ms", slowest.ms }, { "receiver", slowest.receiver.toStdString() },
                { "type", slowest.type.toStdString() } } } };
}

/// Opening the sample of ten tasks; null where it is not there.
Result<Json> measureTen(const fs::path& place)
{
    const std::vector<SampleProject> samples = sampleProjects();
    if (std::none_of(samples.begin(), samples.end(), [](const SampleProject& s) { return s.name == "ten"; }))
        return Json();
    PALIMPSEST_CHECK(createProject(place / "ten", "ten", "ten"));
    Desk desk(place);
    PALIMPSEST_TRY(const double ms, desk.open(place / "ten"));
    return Json(ms);
}

} // namespace

Result<Json> runBench(Application& application, const fs::path& folder)
{
    const QTemporaryDir temporary;
    if (!temporary.isValid())
        return failure(temporary.errorString().toStdString());
    const fs::path place = temporary.path().toStdString();
    QElapsedTimer copying;
    copying.start();
    PALIMPSEST_TRY(const fs::path copy, copyProject(folder, place / "project"));
    const double copyMs = static_cast<double>(copying.nsecsElapsed()) / 1e6;

    Json result;
    result["version"] = PALIMPSEST_VERSION;
    result["platform"] = QApplication::platformName().toStdString();
    {
        Desk desk(place);
        desk.window().repaint();
        result["windowMs"] = sinceProcessStart() - copyMs;
        PALIMPSEST_TRY(result["openMs"], desk.open(copy));
        result["startMs"] = sinceProcessStart() - copyMs;
        PALIMPSEST_TRY(result["run"], measureRun(application, desk.window()));
    }
    result["pageMap"] = toJson(benchPageMap(kCells));
    result["livePlot"] = toJson(benchLivePlot(kPoints));
    PALIMPSEST_TRY(result["openTenMs"], measureTen(place));
    return result;
}

} // namespace palimpsest
