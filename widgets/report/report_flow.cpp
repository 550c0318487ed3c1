// SPDX-License-Identifier: GPL-3.0-or-later
// What the report says, section by section, for a page: the same figures as the HTML page of core/report.
#include "core/base/units.h"
#include "core/report/number_format.h"
#include "core/report/report_series.h"
#include "core/report/report_summary.h"
#include "core/report/wilson.h"
#include "widgets/report/page_flow.h"
#include "widgets/report/report_pdf.h"
#include "widgets/style/core_text.h"
#include "widgets/style/text.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace palimpsest {

namespace {

/// Columns of a table that a page is wide enough for, beside the first.
constexpr std::size_t kSeriesAtOnce = 5;

QString qString(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString none()
{
    return QStringLiteral("\u2013");
}

QString timesOf(std::int64_t whole, std::int64_t part)
{
    return part > 0
        ? QStringLiteral("%1 \u00D7").arg(static_cast<double>(whole) / static_cast<double>(part), 0, 'f', 2)
        : none();
}

QString pointsOrNone(const std::optional<double>& difference)
{
    return difference ? pointsText(*difference) : none();
}

bool isMain(const ReportSeries& series)
{
    return series.key == "standalone" || series.key == "sameSteps" || series.key == "virtualized";
}

/// One row a value: "tasks[0].training.batch", "64".
void addSettings(FlowTable& table, const QString& path, const Json& value)
{
    const bool isNested = value.is_object()
        || (value.is_array()
            && std::any_of(value.begin(), value.end(), [](const Json& item) { return item.is_object(); }));
    if (!isNested) {
        QString shown = qString(value.is_string() ? value.get<std::string>() : value.dump());
        table.rows.push_back({ path, shown });
        return;
    }
    int index = 0;
    for (const auto& item : value.items())
        addSettings(table,
            value.is_array()     ? QStringLiteral("%1[%2]").arg(path).arg(index++)
                : path.isEmpty() ? qString(item.key())
                                 : path + QLatin1Char('.') + qString(item.key()),
            item.value());
}

} // namespace

/// The sections, each of which takes its figures from the model.
class ReportFlow {
    Q_DECLARE_TR_FUNCTIONS(palimpsest::ReportFlow)
public:
    ReportFlow(PageFlow& flow, const ReportModel& model)
        : m_flow(flow)
        , m_model(model)
        , m_summary(summarise(model))
        , m_series(reportSeries(model))
    {
    }

    void head();
    void accuracy();
    void baselines();
    void memory();
    void matching();
    void measured();
    void views(const std::vector<RecordedPicture>& pictures);
    void appendix();

private:
    /// "97.03 %" and, below it, its 95 % interval.
    [[nodiscard]] static QString accuracyCell(const ReportTask& task, const std::string& key);

    PageFlow& m_flow;
    const ReportModel& m_model;
    ReportSummary m_summary;
    std::vector<ReportSeries> m_series;
};

QString ReportFlow::accuracyCell(const ReportTask& task, const std::string& key)
{
    const auto found = task.accuracy.find(key);
    if (found == task.accuracy.end())
        return none();
    const Interval interval = wilsonInterval(found->second, task.testSamples);
    return percentText(found->second) + QLatin1Char('\n')
        + tr("%1 to %2").arg(interval.low * 100.0, 0, 'f', 1).arg(interval.high * 100.0, 0, 'f', 1);
}

void ReportFlow::head()
{
    const ReportMemory& memory = m_model.memory;
    m_flow.heading(qString(m_model.project), 1);
    m_flow.paragraph(qString(m_model.description));
    QString line = tr("Seed %1, device %2, Palimpsest %3.")
                       .arg(m_model.seed)
                       .arg(qString(m_model.device), qString(m_model.version));
    if (!m_model.run.empty())
        line += QLatin1Char(' ') + tr("Run %1.").arg(qString(m_model.run));
    m_flow.paragraph(line);
    const bool hasSwitch = !m_summary.switches.empty() && m_summary.switches.front().method == "paged";
    m_flow.figures({
        { tr("Less memory"), timesOf(memory.standaloneBytes, memory.virtualizedBytes()),
            tr("%1 stand-alone, %2 virtualized")
                .arg(bytesText(static_cast<double>(memory.standaloneBytes)),
                    bytesText(static_cast<double>(memory.virtualizedBytes()))) },
        { tr("Mean change of accuracy"),
            m_summary.meanChange ? tr("%1 points").arg(pointsText(*m_summary.meanChange)) : none(),
            m_summary.reference == "sameSteps"
                ? tr("against the same networks alone, trained for the same steps")
                : tr("against stand-alone; the baseline same steps did not run") },
        { tr("Time of a switch"),
            hasSwitch ? qString(latencyText(m_summary.switches.front().medianUs)) : tr("not measured"),
            hasSwitch ? tr("median, on this machine") : tr("the stage execute did not run") },
    });
    m_flow.paragraph(m_summary.tasksBelowTolerance == 0
            ? tr("No task is below its stand-alone accuracy by more than its tolerance.")
            : tr("Tasks that are below their stand-alone accuracy by more than their tolerance: %1 of %2.")
                  .arg(m_summary.tasksBelowTolerance)
                  .arg(m_model.tasks.size()),
        true);
}

void ReportFlow::accuracy()
{
    m_flow.heading(tr("Accuracy"), 2);
    m_flow.paragraph(
        tr("Share of the test split that each form of a network classifies rightly, and below it the "
           "95 % Wilson interval from the number of test samples. Changes and tolerances are in "
           "percentage points. The test split is read by the stage evaluate alone."));
    const bool hasSameSteps = m_summary.reference == "sameSteps";
    FlowTable table;
    table.columns = { { tr("Task") }, { tr("Test samples"), true } };
    for (const ReportSeries& one : m_series)
        if (isMain(one))
            table.columns.push_back({ coreText(one.label), true });
    if (hasSameSteps)
        table.columns.push_back({ tr("Change against same steps"), true });
    table.columns.push_back({ tr("Change against stand-alone"), true });
    table.columns.push_back({ tr("Tolerance"), true });
    for (const ReportTask& task : m_model.tasks) {
        QStringList row { qString(task.name), countText(task.testSamples) };
        for (const ReportSeries& one : m_series)
            if (isMain(one))
                row << accuracyCell(task, one.key);
        if (hasSameSteps)
            row << pointsOrNone(change(task, "sameSteps"));
        const std::optional<double> loss = change(task, "standalone");
        const QString tolerance = QString::number(task.tolerance * 100.0, 'f', 2);
        row << pointsOrNone(loss)
            << (!loss                            ? tolerance
                       : *loss < -task.tolerance ? tolerance + QStringLiteral("\n\u25BC ") + tr("exceeded")
                                                 : tolerance + QStringLiteral("\n\u2713 ") + tr("kept"));
        table.rows.push_back(row);
    }
    m_flow.table(table);

    std::vector<ReportSeries> others;
    std::copy_if(m_series.begin(), m_series.end(), std::back_inserter(others),
        [](const ReportSeries& one) { return !isMain(one); });
    for (std::size_t first = 0; first < others.size(); first += kSeriesAtOnce) {
        const std::size_t end = std::min(first + kSeriesAtOnce, others.size());
        FlowTable part;
        part.columns = { { tr("Task") } };
        for (std::size_t i = first; i < end; ++i)
            part.columns.push_back({ coreText(others[i].label), true });
        for (const ReportTask& task : m_model.tasks) {
            QStringList row { qString(task.name) };
            for (std::size_t i = first; i < end; ++i)
                row << accuracyCell(task, others[i].key);
            part.rows.push_back(row);
        }
        m_flow.table(part);
    }
}

void ReportFlow::baselines()
{
    m_flow.heading(tr("What the networks are compared with"), 3);
    FlowTable table;
    table.columns = { { tr("Form") }, { tr("What it is") }, { tr("Bytes, all tasks"), true },
        { tr("Smaller by"), true }, { tr("Mean accuracy"), true } };
    for (const ReportSeries& one : m_series) {
        std::optional<std::int64_t> bytes;
        if (isWholeNetwork(one))
            bytes = m_model.memory.standaloneBytes;
        else if (one.key == "virtualized")
            bytes = m_model.memory.virtualizedBytes();
        else if (const auto found = m_model.baselineBytes.find(one.key); found != m_model.baselineBytes.end())
            bytes = found->second;
        double sum = 0.0;
        std::size_t count = 0;
        for (const ReportTask& task : m_model.tasks)
            if (const auto found = task.accuracy.find(one.key); found != task.accuracy.end()) {
                sum += found->second;
                ++count;
            }
        table.rows.push_back({ coreText(one.label), coreText(one.meaning),
            bytes ? bytesText(static_cast<double>(*bytes)) : none(),
            bytes ? timesOf(m_model.memory.standaloneBytes, *bytes) : none(),
            count > 0 && count == m_model.tasks.size() ? percentText(sum / static_cast<double>(count))
                                                       : none() });
    }
    m_flow.table(table);
    if (m_summary.betterRival) {
        const RivalFigure& rival = *m_summary.betterRival;
        m_flow.paragraph(
            tr("Private weights as %1 take no more bytes (%2) at no lower mean accuracy (%3 against %4): at "
               "this size sharing is not needed.")
                .arg(coreText(reportSeries(rival.key).label), bytesText(static_cast<double>(rival.bytes)),
                    percentText(rival.meanAccuracy), percentText(*m_summary.meanAccuracy)));
    }
    if (m_model.baselinesNotRun.empty())
        return;
    QStringList names;
    for (const std::string& key : m_model.baselinesNotRun)
        names << coreText(reportSeries(key).label);
    m_flow.paragraph(tr("Baselines that were not run: %1.").arg(names.join(QStringLiteral(", "))));
}

void ReportFlow::memory()
{
    const ReportMemory& memory = m_model.memory;
    m_flow.heading(tr("Memory"), 2);
    m_flow.paragraph(
        tr("Bytes of all networks together as they are stored. The ratio counts pool, exclusive pages, "
           "private tensors, page tables and scales; the scratch network that a switch fills is shown "
           "beside them."));
    FlowTable table;
    table.columns = { { tr("Part") }, { tr("What it holds") }, { tr("Bytes"), true }, { tr("Share"), true } };
    const auto whole = static_cast<double>(memory.virtualizedBytes());
    const auto add = [&](const QString& part, const QString& meaning, std::int64_t bytes, bool isCounted) {
        table.rows.push_back({ part, meaning, countText(bytes),
            isCounted && whole > 0.0
                ? QStringLiteral("%1 %").arg(static_cast<double>(bytes) / whole * 100.0, 0, 'f', 1)
                : none() });
    };
    add(tr("pool"), tr("the shared pages, level 1"), memory.poolBytes, true);
    add(tr("exclusive pages"), tr("pages of one task alone, level 2"), memory.exclusiveBytes, true);
    add(tr("private tensors"), tr("biases, normalisation and state of each task"), memory.privateBytes, true);
    add(tr("page tables"), tr("for each page of each task, where it lies"), memory.tableBytes, true);
    add(tr("scales"), tr("of pages stored as integers"), memory.scaleBytes, true);
    add(tr("virtualized"), tr("the sum of the above"), memory.virtualizedBytes(), true);
    add(tr("scratch"), tr("one network of the largest task, float32; beside the sum"), memory.scratchBytes,
        false);
    add(tr("stand-alone"), tr("all networks, float32, weights and state"), memory.standaloneBytes, false);
    if (memory.level1Budget > 0)
        add(tr("budget of level 1"), tr("for all but the exclusive pages, with scratch"), memory.level1Budget,
            false);
    if (memory.level2Budget > 0)
        add(tr("budget of level 2"), tr("for the exclusive pages and their scales"), memory.level2Budget,
            false);
    m_flow.table(table);
}

void ReportFlow::matching()
{
    const ReportMatching& matching = m_model.matching;
    m_flow.heading(tr("Pages and matching"), 2);
    m_flow.paragraph(
        tr("Strategy %1, %2 slots of %3 weights.")
            .arg(qString(matching.strategy), countText(matching.slots), countText(matching.pageSize))
        + QLatin1Char(' ')
        + (matching.gap ? tr("It is %1 % above the lower bound of the cost that it minimised.")
                              .arg(*matching.gap * 100.0, 0, 'f', 1)
                        : tr("There is no lower bound where tasks use slots more than once.")));
    FlowTable costs;
    costs.columns = { { tr("Cost before joint optimisation") }, { tr("Value"), true },
        { tr("Lower bound"), true }, { tr("Above the bound"), true } };
    const auto add = [&](const QString& name, double cost, const std::optional<double>& bound) {
        costs.rows.push_back({ name, costText(cost), bound ? costText(*bound) : none(),
            bound && *bound > 0.0 ? QStringLiteral("%1 %").arg((cost / *bound - 1.0) * 100.0, 0, 'f', 1)
                                  : none() });
    };
    add(tr("barycentre"), matching.costBarycentre, matching.lowerBoundBarycentre);
    add(tr("pairwise"), matching.costPairwise, matching.lowerBoundPairwise);
    m_flow.table(costs);

    FlowTable tasks;
    tasks.columns = { { tr("Task") }, { tr("Data") }, { tr("Weights"), true }, { tr("Pages"), true },
        { tr("of them exclusive"), true } };
    for (const ReportTask& task : m_model.tasks)
        tasks.rows.push_back({ qString(task.name), qString(task.data), countText(task.weights),
            countText(task.pages), countText(task.exclusivePages) });
    m_flow.table(tasks);
}

void ReportFlow::measured()
{
    const Json measured = objectFromText(m_model.measured);
    if (measured.empty())
        return;
    m_flow.heading(tr("Measured on this machine"), 2);
    QStringList where;
    for (const char* key : { "host", "date" })
        if (const auto found = measured.find(key); found != measured.end() && found->is_string())
            where << qString(found->get<std::string>());
    m_flow.paragraph((where.isEmpty() ? QString() : where.join(QStringLiteral(", ")) + QStringLiteral(". "))
        + tr("Another run or machine gives other times. All other sections are the same again for equal "
             "recipe, "
             "seed, thread count and build."));
    if (!m_summary.switches.empty()) {
        FlowTable table;
        table.columns = { { tr("Way to make another task's weights current") }, { tr("Median"), true },
            { tr("95th percentile"), true } };
        for (const SwitchFigure& figure : m_summary.switches)
            table.rows.push_back({ coreText(switchLabel(figure.method)),
                qString(latencyText(figure.medianUs)), qString(latencyText(figure.p95Us)) });
        m_flow.table(table);
    }
    const auto seconds = measured.find("seconds");
    if (seconds == measured.end() || !seconds->is_object())
        return;
    FlowTable table;
    table.columns = { { tr("Stage") }, { tr("Time when it last ran"), true } };
    for (const auto& item : seconds->items())
        if (item.value().is_number())
            table.rows.push_back({ qString(item.key()), secondsText(item.value().get<double>()) });
    m_flow.table(table);
}

void ReportFlow::views(const std::vector<RecordedPicture>& pictures)
{
    if (pictures.empty())
        return;
    m_flow.heading(tr("Views"), 2);
    for (const RecordedPicture& picture : pictures)
        m_flow.picture(picture);
}

void ReportFlow::appendix()
{
    if (!m_model.stages.empty()) {
        m_flow.heading(tr("Stages"), 2);
        m_flow.paragraph(tr("A stage is run again only when what it reads has changed; the fingerprint is "
                            "that of all it reads."));
        FlowTable stages;
        stages.columns = { { tr("Stage") }, { tr("State") }, { tr("Fingerprint") } };
        for (const ReportStage& stage : m_model.stages)
            stages.rows.push_back(
                { coreText(stage.name), coreText(stage.state), qString(stage.fingerprint) });
        m_flow.table(stages);
    }
    FlowTable settings;
    settings.columns = { { tr("Setting") }, { tr("Value") } };
    addSettings(settings, {}, objectFromText(m_model.settings));
    if (settings.rows.empty())
        return;
    m_flow.heading(tr("Settings"), 2);
    m_flow.paragraph(tr("The recipe as it ran, with the overrides of this run."));
    m_flow.table(settings);
}

void flowReport(PageFlow& flow, const ReportModel& model, const std::vector<RecordedPicture>& pictures)
{
    ReportFlow report(flow, model);
    report.head();
    report.accuracy();
    report.baselines();
    report.memory();
    report.matching();
    report.measured();
    report.views(pictures);
    report.appendix();
}

} // namespace palimpsest
