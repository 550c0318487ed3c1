// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results_loader.h"

#include "core/pages/page_codec.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/project.h"
#include "core/pipeline/run_session.h"

#include <exception>
#include <numeric>
#include <utility>

namespace palimpsest {

namespace {

std::vector<double> sumOfPages(const std::vector<float>& image, const PageLayout& layout)
{
    std::vector<double> sums;
    for (std::int64_t page = 0; page < layout.pageCount; ++page) {
        const auto first = image.begin() + page * layout.pageSize;
        sums.push_back(std::accumulate(first, first + layout.pageSize, 0.0));
    }
    return sums;
}

TaskResults taskResults(RunSession& session, std::size_t index)
{
    const Project& project = session.project();
    TaskResults task;
    task.name = session.task(index).name;
    if (project.isDone("import/" + task.name))
        task.network = session.imported(index).network;
    if (project.isDone("train/" + task.name))
        task.standaloneValidation = session.trained(index).validationAccuracy;
    if (!project.isDone("pages"))
        return task;
    task.layout = session.pages().layouts.at(index);
    const auto size = static_cast<std::size_t>(task.layout.imageSize());
    if (project.isDone("train/" + task.name)) {
        task.weights.resize(size);
        fillImage(task.layout, session.trained(index).weights, task.weights);
    }
    if (project.isDone("fisher/" + task.name)) {
        task.fisher.resize(size);
        fillImage(task.layout, expandFisher(task.network, session.fisher(index).fisher), task.fisher);
        task.pageFisher = sumOfPages(task.fisher, task.layout);
    }
    if (project.isDone("match"))
        task.table = session.matched().match.tables.at(index);
    return task;
}

std::shared_ptr<const PageMap> pageMapOf(RunSession& session)
{
    std::vector<std::string> names;
    for (const TaskSettings& task : session.recipe().tasks)
        names.push_back(task.name);
    const MatchStageResult& matched = session.matched();
    return std::make_shared<const PageMap>(makePageMap(
        std::move(names), matched.match.tables, matched.slotCosts, session.recipe().pages.pageSize));
}

} // namespace

Result<std::shared_ptr<const RunResults>> loadResults(const Project& project, const std::string& run)
{
    auto results = std::make_shared<RunResults>();
    results->run = run;
    results->recipe = project.recipe();
    try {
        RunSession session(project);
        for (std::size_t i = 0; i < session.taskCount(); ++i)
            results->tasks.push_back(taskResults(session, i));
        if (project.isDone("match"))
            results->pageMap = pageMapOf(session);
        if (project.isDone("optimise"))
            results->pool = decodePages(session.optimised().state.pool);
    } catch (const std::exception& damaged) { // DecodeError, or parts that do not fit each other
        return badInput(std::string("damaged result: ") + damaged.what(), project.folder().path().string());
    }
    if (project.isDone("evaluate") && project.isDone("place")) {
        PALIMPSEST_TRY(ReportModel report, buildReport(project));
        results->report = std::make_shared<const ReportModel>(std::move(report));
    }
    return std::shared_ptr<const RunResults>(std::move(results));
}

} // namespace palimpsest
