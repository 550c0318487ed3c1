// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/accuracy_curves.h"

#include <algorithm>

namespace palimpsest {

namespace {

/// Tells reports of other results apart; the same for a report that was only read again.
std::string identityOf(const ReportModel& report)
{
    std::string identity = report.project;
    for (const ReportStage& stage : report.stages)
        identity += ' ' + stage.fingerprint;
    return identity;
}

std::optional<double> find(const std::map<std::string, double>& values, const char* key)
{
    const auto found = values.find(key);
    return found == values.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

std::optional<AccuracyCurves::Key> AccuracyCurves::keyOf(const std::string& series)
{
    const std::size_t first = series.find('/');
    const std::size_t last = series.rfind('/');
    if (first == std::string::npos || first == last)
        return std::nullopt;
    const std::string stage = series.substr(0, first);
    const std::string quantity = series.substr(last + 1);
    Key key { CurveStage::Train, series.substr(first + 1, last - first - 1), CurveQuantity::Accuracy };
    if (stage == "optimise")
        key.stage = CurveStage::Optimise;
    else if (stage == "sameSteps")
        key.stage = CurveStage::SameSteps;
    else if (stage != "train")
        return std::nullopt;
    if (quantity == "loss")
        key.quantity = CurveQuantity::Loss;
    else if (quantity != "validationAccuracy")
        return std::nullopt;
    return key;
}

void AccuracyCurves::addCurve(CurveStage stage, const std::string& task, const ReportCurve& curve)
{
    if (curve.steps.empty())
        return;
    auto accuracy = std::make_shared<CurveStore>();
    auto loss = std::make_shared<CurveStore>();
    for (std::size_t i = 0; i < std::min(curve.steps.size(), curve.accuracy.size()); ++i)
        accuracy->append(curve.steps[i], curve.accuracy[i]);
    for (std::size_t i = 0; i < std::min(curve.steps.size(), curve.loss.size()); ++i)
        if (curve.steps[i] > 0.0) // at step 0 nothing was trained
            loss->append(curve.steps[i], curve.loss[i]);
    m_kept[{ stage, task, CurveQuantity::Accuracy }] = std::move(accuracy);
    if (!loss->isEmpty())
        m_kept[{ stage, task, CurveQuantity::Loss }] = std::move(loss);
}

void AccuracyCurves::setResults(const std::shared_ptr<const RunResults>& results)
{
    ++m_version;
    m_kept.clear();
    m_baselines.clear();
    std::vector<std::string> names;
    if (results)
        for (const TaskResults& task : results->tasks)
            names.push_back(task.name);
    const std::string reported = results && results->report ? identityOf(*results->report) : std::string();
    // Samples of another project are gone; those of this one until what they became is in a report.
    if (names != m_tasks || (!reported.empty() && reported != m_reported))
        m_live.clear();
    m_tasks = std::move(names);
    if (!results) {
        m_reported.clear();
        return;
    }
    if (!reported.empty()) // else: a job has outdated the report, which may come back while the job runs
        m_reported = reported;
    for (const TaskResults& task : results->tasks)
        m_baselines.push_back(task.standaloneValidation);
    if (!results->report)
        return;
    for (const ReportTask& task : results->report->tasks) {
        addCurve(CurveStage::Train, task.name, task.standaloneCurve);
        addCurve(CurveStage::Optimise, task.name, task.jointCurve);
        addCurve(CurveStage::SameSteps, task.name, task.sameStepsCurve);
        const auto place = std::ranges::find(m_tasks, task.name);
        if (place == m_tasks.end())
            continue;
        std::optional<double>& baseline = m_baselines[static_cast<std::size_t>(place - m_tasks.begin())];
        if (!baseline)
            baseline = palimpsest::find(task.validation, "standalone");
    }
}

void AccuracyCurves::beginJob()
{
    m_live.clear();
    ++m_version;
}

std::optional<CurveStage> AccuracyCurves::addSamples(const std::vector<Sample>& samples)
{
    std::optional<CurveStage> newest;
    for (const Sample& sample : samples) {
        const std::optional<Key> key = keyOf(sample.series);
        if (!key)
            continue;
        if (std::ranges::find(m_tasks, key->task) == m_tasks.end()) { // no results tell the tasks yet
            m_tasks.push_back(key->task);
            m_baselines.resize(m_tasks.size());
            ++m_version;
        }
        std::shared_ptr<CurveStore>& curve = m_live[*key];
        if (!curve) {
            curve = std::make_shared<CurveStore>();
            ++m_version;
        }
        curve->append(sample.x, sample.y);
        newest = key->stage;
    }
    return newest;
}

std::shared_ptr<const CurveStore> AccuracyCurves::find(const Key& key) const
{
    if (const auto live = m_live.find(key); live != m_live.end())
        return live->second;
    const auto kept = m_kept.find(key);
    return kept == m_kept.end() ? nullptr : kept->second;
}

std::shared_ptr<const CurveStore> AccuracyCurves::curve(
    CurveStage stage, std::size_t task, CurveQuantity quantity) const
{
    auto curve = find({ stage, m_tasks.at(task), quantity });
    return curve ? curve : std::make_shared<const CurveStore>();
}

bool AccuracyCurves::hasCurves(CurveStage stage, CurveQuantity quantity) const
{
    return std::ranges::any_of(m_tasks, [&](const std::string& task) {
        return find({ stage, task, quantity }) != nullptr;
    });
}

std::optional<double> AccuracyCurves::baseline(std::size_t task) const
{
    if (m_baselines.at(task))
        return m_baselines[task];
    // While it is trained: the best so far, which is the one that training keeps.
    const auto live = find({ CurveStage::Train, m_tasks[task], CurveQuantity::Accuracy });
    return live && !live->isEmpty() ? std::optional(live->bounds()->bottom()) : std::nullopt;
}

} // namespace palimpsest
