// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/example_results.h"

#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

namespace palimpsest::test {

namespace {

constexpr std::int64_t kPageSize = 64;

TaskResults exampleTask(
    const char* name, std::vector<double> pageFisher, std::vector<PageRef> table, double validation)
{
    TaskResults task;
    task.name = name;
    task.layout.pageSize = kPageSize;
    task.layout.pageCount = static_cast<std::int64_t>(pageFisher.size());
    task.weights.assign(static_cast<std::size_t>(task.layout.imageSize()), 0.5F);
    for (const double sum : pageFisher) {
        task.fisher.push_back(static_cast<float>(sum)); // all of it in the page's first weight
        task.fisher.resize(task.fisher.size() + kPageSize - 1);
    }
    task.pageFisher = std::move(pageFisher);
    task.table.entries = std::move(table);
    task.standaloneValidation = validation;
    return task;
}

ReportTask exampleReport(
    const TaskResults& task, double standalone, double virtualized, std::int64_t exclusive)
{
    ReportTask report;
    report.name = task.name;
    report.data = "csv";
    report.pages = task.layout.pageCount;
    report.weights = task.layout.imageSize();
    report.exclusivePages = exclusive;
    report.testSamples = 200;
    report.tolerance = 0.01;
    report.accuracy = { { "standalone", standalone }, { "virtualized", virtualized }, { "int8", standalone },
        { "sameSteps", standalone + 0.005 } };
    report.validation = { { "standalone", *task.standaloneValidation }, { "virtualized", virtualized } };
    report.standaloneCurve = { { 10, 20, 30 }, { 0.5, 0.7, *task.standaloneValidation }, { 1.5, 1.0, 0.5 } };
    report.jointCurve = { { 0, 100, 200 }, { 0.25, 0.75, virtualized }, { 0.0, 0.8, 0.4 } };
    report.sameStepsCurve = { { 0, 100, 200 }, { 0.8, 0.85, 0.9 }, { 0.0, 0.6, 0.3 } };
    return report;
}

} // namespace

std::shared_ptr<RunResults> exampleResults()
{
    auto results = std::make_shared<RunResults>();
    results->run = "r1";
    results->tasks.push_back(exampleTask(
        "alpha", { 8.0, 1.0, 0.5, 0.5 }, { { true, 0 }, { false, 0 }, { false, 1 }, { false, 2 } }, 0.9));
    results->tasks.push_back(exampleTask("beta", { 3.0, 1.0 }, { { false, 0 }, { false, 1 } }, 0.8));
    results->tasks.push_back(
        exampleTask("gamma", { 1.0, 1.0, 2.0 }, { { false, 2 }, { false, 1 }, { false, 0 } }, 0.95));
    Recipe& recipe = results->recipe;
    recipe.name = "example";
    recipe.pages.pageSize = kPageSize;
    recipe.pages.poolPages = 3;
    recipe.separation.strategy = SeparationStrategy::Density;
    recipe.separation.margin = 0.25;
    std::vector<PageTable> tables;
    std::vector<std::string> names;
    for (const TaskResults& task : results->tasks) {
        recipe.tasks.emplace_back().name = task.name;
        names.push_back(task.name);
        tables.push_back(task.table);
    }
    const std::vector<double> costs { 0.5, 0.25, 0.0 };
    results->pageMap = std::make_shared<const PageMap>(makePageMap(names, tables, costs, kPageSize));
    results->pool.assign(3 * kPageSize, 0.25F);

    auto report = std::make_shared<ReportModel>();
    report->project = "example";
    report->run = results->run;
    report->settings = toJson(recipe).dump();
    report->memory
        = { 4'000'000, 800'000, 100'000, 50'000, 1'000, 49'000, 1'200'000, 2'500'000, 90'000, 9'000 };
    report->baselineBytes = { { "int8", 1'000'000 }, { "float16", 2'000'000 } };
    report->matching = { "descent", 0.75, 1.5, 0.5, 1.0, 0.5, 3, kPageSize, { 3, 3, 2 }, costs };
    report->tasks = { exampleReport(results->tasks[0], 0.96, 0.955, 1),
        exampleReport(results->tasks[1], 0.94, 0.925, 0), exampleReport(results->tasks[2], 0.90, 0.91, 0) };
    report->stages = { { "optimise", "done", "f1" }, { "evaluate", "done", "f2" } };
    report->measured = R"({ "switch": { "networkBytes": 1024, "sequence": [0, 1, 2, 1],
        "paged": { "medianUs": 2.0, "p95Us": 4.0, "samplesUs": [1.0, 2.0, 4.0, 2.0] },
        "wholeCopy": { "medianUs": 3.0, "p95Us": 5.0, "samplesUs": [3.0, 5.0, 3.0, 2.0] },
        "fileReload": { "medianUs": 150.0, "p95Us": 300.0, "samplesUs": [100.0, 150.0, 300.0, 200.0] },
        "allResident": { "medianUs": 0.02, "p95Us": 0.03, "samplesUs": [0.02, 0.03, 0.02, 0.02] } } })";
    results->report = std::move(report);
    return results;
}

} // namespace palimpsest::test
