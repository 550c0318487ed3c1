// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/run_fixture.h"

#include "core/base/random.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <numeric>
#include <string>

namespace palimpsest::test {

namespace {

void addPageMap(RunResults& run, const std::vector<double>& costs, std::int64_t pageSize)
{
    std::vector<std::string> names;
    std::vector<PageTable> tables;
    for (const TaskResults& task : run.tasks) {
        names.push_back(task.name);
        tables.push_back(task.table);
    }
    run.pageMap = std::make_shared<const PageMap>(makePageMap(names, tables, costs, pageSize));
}

PageTable randomTable(std::int64_t pages, std::int64_t slots, std::uint32_t& nextExclusive, Random& random)
{
    PageTable table;
    for (std::int64_t page = 0; page < pages; ++page) {
        if (random.uniform() < 0.1)
            table.entries.push_back({ true, nextExclusive++ });
        else
            table.entries.push_back(
                { false, static_cast<std::uint32_t>(random.uniform() * static_cast<double>(slots)) });
    }
    return table;
}

} // namespace

std::shared_ptr<RunResults> smallRun()
{
    auto run = std::make_shared<RunResults>();
    run->tasks.resize(2);
    run->tasks[0].name = "a";
    run->tasks[0].table = { { { false, 0 }, { false, 2 }, { false, 2 }, { true, 0 } } };
    run->tasks[0].pageFisher = { 1.0, 2.0, 3.0, 4.0 };
    run->tasks[1].name = "b";
    run->tasks[1].table = { { { false, 2 }, { false, 4 } } };
    run->tasks[1].pageFisher = { 10.0, 20.0 };
    addPageMap(*run, { 0.0, 0.0, 1.0, 0.0, 0.01 }, 512);
    return run;
}

std::shared_ptr<RunResults> largeRun(std::uint32_t slots)
{
    auto run = std::make_shared<RunResults>();
    run->tasks.resize(1);
    run->tasks[0].name = "a";
    for (std::uint32_t slot = 0; slot < slots; ++slot)
        run->tasks[0].table.entries.push_back({ false, slot });
    addPageMap(*run, std::vector<double>(slots, 1.0), 64);
    return run;
}

std::shared_ptr<RunResults> randomRun(
    const std::vector<std::int64_t>& pageCounts, std::int64_t slots, std::uint64_t seed)
{
    Random random(seed);
    auto run = std::make_shared<RunResults>();
    std::uint32_t nextExclusive = 0;
    for (const std::int64_t pages : pageCounts) {
        TaskResults& task = run->tasks.emplace_back();
        task.name = "task" + std::to_string(run->tasks.size());
        task.table = randomTable(pages, slots, nextExclusive, random);
        for (std::int64_t page = 0; page < pages; ++page)
            task.pageFisher.push_back(std::pow(10.0, -6.0 + 8.0 * random.uniform()));
    }
    std::vector<double> costs;
    for (std::int64_t slot = 0; slot < slots; ++slot)
        costs.push_back(random.uniform() < 0.2 ? 0.0 : std::pow(10.0, -4.0 * random.uniform()));
    addPageMap(*run, costs, 64);
    return run;
}

std::shared_ptr<RunResults> networkRun(std::int64_t slots, bool isOptimised)
{
    Random random(5);
    auto run = std::make_shared<RunResults>();
    run->recipe.pages.pageSize = 64;
    std::uint32_t nextExclusive = 0;
    for (const auto& [name, hidden] : { std::pair { "left", 64 }, std::pair { "right", 96 } }) {
        TaskResults& task = run->tasks.emplace_back();
        task.name = name;
        TaskSettings& settings = run->recipe.tasks.emplace_back();
        settings.name = name;
        const Json json = Json::parse(
            R"({"format": "palimpsest-network", "version": 1, "name": "n", "inputShape": [6], "layers": [{"type": "linear", "name": "first", "outputs": )"
            + std::to_string(hidden)
            + R"(}, {"type": "relu", "name": "act"}, {"type": "linear", "name": "last", "outputs": 3}]})");
        task.network = parseNetwork(json, "fixture").value();
        task.layout = formPages(task.network, run->recipe.pages).value();
        const std::vector<std::uint8_t> valid = validityMask(task.layout);
        for (const std::uint8_t isWeight : valid) {
            task.weights.push_back(isWeight != 0 ? static_cast<float>(0.1 * random.normal()) : 0.0F);
            task.fisher.push_back(
                isWeight != 0 ? static_cast<float>(std::pow(10.0, -6.0 + 5.0 * random.uniform())) : 0.0F);
        }
        for (std::int64_t page = 0; page < task.layout.pageCount; ++page) {
            const auto first = task.fisher.begin() + page * 64;
            task.pageFisher.push_back(std::accumulate(first, first + 64, 0.0));
        }
        task.table = randomTable(task.layout.pageCount, slots, nextExclusive, random);
    }
    std::vector<double> costs;
    for (std::int64_t slot = 0; slot < slots; ++slot)
        costs.push_back(random.uniform());
    addPageMap(*run, costs, 64);
    for (std::int64_t k = 0; isOptimised && k < slots * 64; ++k)
        run->pool.push_back(static_cast<float>(0.1 * random.normal()));
    return run;
}

} // namespace palimpsest::test
