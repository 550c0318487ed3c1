// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_snapshot.h"

#include "core/io/record_file.h"
#include "core/pipeline/project.h"
#include "core/pipeline/results.h"

#include <utility>

namespace palimpsest {

namespace {

bool hasReport(const Project& project)
{
    return project.isDone("evaluate") && project.isDone("place");
}
bool hasPageMap(const Project& project)
{
    return project.isDone("match");
}

Result<std::shared_ptr<const PageMap>> readPageMap(const Project& project)
{
    PALIMPSEST_TRY(const Record record, readRecord(project.resultFile("match")));
    try {
        const MatchStageResult result = decodeMatch(record);
        std::vector<std::string> names;
        for (const TaskSettings& task : project.recipe().tasks)
            names.push_back(task.name);
        return std::make_shared<const PageMap>(makePageMap(
            std::move(names), result.match.tables, result.slotCosts, project.recipe().pages.pageSize));
    } catch (const std::exception& damaged) { // DecodeError, or tables that do not fit their slots
        return badInput(
            std::string("damaged result: ") + damaged.what(), project.resultFile("match").string());
    }
}

/// Takes from `project` what `snapshot` lacks and the project has. Whether it took something.
bool takeResults(ProjectSnapshot& snapshot, const Project& project)
{
    bool taken = false;
    if (!snapshot.report && hasReport(project)) {
        if (auto report = buildReport(project); report) {
            snapshot.report = std::make_shared<const ReportModel>(std::move(report).value());
            taken = true;
        } else {
            snapshot.problem = report.error().text();
        }
    }
    if (!snapshot.pageMap && hasPageMap(project)) {
        if (auto map = readPageMap(project); map) {
            snapshot.pageMap = std::move(map).value();
            taken = true;
        } else {
            snapshot.problem = map.error().text();
        }
    }
    return taken;
}

} // namespace

Result<std::shared_ptr<const ProjectSnapshot>> loadSnapshot(const std::filesystem::path& folder)
{
    PALIMPSEST_TRY(const Project project, Project::open(folder));
    auto snapshot = std::make_shared<ProjectSnapshot>();
    snapshot->folder = folder;
    snapshot->recipe = project.recipe();
    PALIMPSEST_TRY(snapshot->stages, stageStatus(project));
    takeResults(*snapshot, project);

    PALIMPSEST_TRY(const std::vector<RunEntry> runs, project.folder().readRuns());
    for (auto run = runs.rbegin(); run != runs.rend() && !(snapshot->report && snapshot->pageMap); ++run) {
        const auto earlier = Project::openRun(folder, run->id);
        if (!earlier)
            continue; // its recipe was cleaned up
        if (takeResults(*snapshot, *earlier))
            snapshot->resultsNote = "Results of the earlier run " + run->id
                + ": the recipe has changed since. Run the pipeline to bring them up to date.";
    }
    return std::shared_ptr<const ProjectSnapshot>(std::move(snapshot));
}

} // namespace palimpsest
