// SPDX-License-Identifier: Apache-2.0
#include "core/report/csv_field.h"
#include "core/report/number_format.h"
#include "core/report/report_model.h"
#include "core/report/report_series.h"
#include "core/report/report_summary.h"

namespace palimpsest {

namespace {

class CsvTable {
public:
    void add(const std::string& task, const std::string& quantity, const std::string& value)
    {
        m_text += csvField(task) + "," + csvField(quantity) + "," + csvField(value) + "\n";
    }
    void add(const std::string& task, const std::string& quantity, double value)
    {
        add(task, quantity, exactText(value));
    }
    void add(const std::string& task, const std::string& quantity, std::int64_t value)
    {
        add(task, quantity, std::to_string(value));
    }
    [[nodiscard]] std::string text() && { return std::move(m_text); }

private:
    std::string m_text = "task,quantity,value\n";
};

} // namespace

std::string toCsv(const ReportModel& model)
{
    CsvTable table;
    const std::vector<ReportSeries> series = reportSeries(model);
    for (const ReportTask& task : model.tasks) {
        table.add(task.name, "weights", task.weights);
        table.add(task.name, "pages", task.pages);
        table.add(task.name, "exclusivePages", task.exclusivePages);
        table.add(task.name, "testSamples", task.testSamples);
        table.add(task.name, "tolerance", task.tolerance);
        for (const ReportSeries& one : series)
            if (const auto found = task.accuracy.find(one.key); found != task.accuracy.end())
                table.add(task.name, "accuracy." + one.key, found->second);
    }
    const std::string whole; // rows without a task are of the whole project
    const ReportMemory& memory = model.memory;
    table.add(whole, "standaloneBytes", memory.standaloneBytes);
    table.add(whole, "poolBytes", memory.poolBytes);
    table.add(whole, "exclusiveBytes", memory.exclusiveBytes);
    table.add(whole, "privateBytes", memory.privateBytes);
    table.add(whole, "tableBytes", memory.tableBytes);
    table.add(whole, "scaleBytes", memory.scaleBytes);
    table.add(whole, "scratchBytes", memory.scratchBytes);
    table.add(whole, "virtualizedBytes", memory.virtualizedBytes());
    const ReportSummary summary = summarise(model);
    if (summary.ratio)
        table.add(whole, "ratio", *summary.ratio);
    if (summary.meanChange)
        table.add(whole, "meanChange." + summary.reference, *summary.meanChange);
    table.add(whole, "costBarycentre", model.matching.costBarycentre);
    table.add(whole, "costPairwise", model.matching.costPairwise);
    for (const auto& [key, bytes] : model.baselineBytes)
        table.add(whole, "bytes." + key, bytes);
    return std::move(table).text();
}

} // namespace palimpsest
