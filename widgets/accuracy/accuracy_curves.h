// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job/job_channel.h"
#include "widgets/plots/curve_store.h"
#include "widgets/results/run_results.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

enum class CurveStage { Train, Optimise, SameSteps }; ///< in the order they run
enum class CurveQuantity { Accuracy, Loss };

/// Validation accuracy and training loss of every task over the steps: of a finished run from its report, of a running job from
/// its samples, which win while it runs.
class AccuracyCurves {
public:
    /// nullptr: none. Samples of a job stay until a report with other results comes.
    void setResults(const std::shared_ptr<const RunResults>& results);
    void beginJob();
    /// @return the stage of the newest sample that is a curve here; empty: none was
    std::optional<CurveStage> addSamples(const std::vector<Sample>& samples);

    [[nodiscard]] const std::vector<std::string>& tasks() const { return m_tasks; }
    /// Never nullptr; empty where there is nothing of it. The same object as long as no job begins and no results come.
    [[nodiscard]] std::shared_ptr<const CurveStore> curve(
        CurveStage stage, std::size_t task, CurveQuantity quantity) const;
    [[nodiscard]] bool hasCurves(CurveStage stage, CurveQuantity quantity) const;
    /// Validation accuracy of the task's own network, what its shared form is measured against; empty: not known.
    [[nodiscard]] std::optional<double> baseline(std::size_t task) const;
    /// Changes whenever curve() gives other objects than before, not when points are added to them.
    [[nodiscard]] int version() const { return m_version; }

private:
    struct Key {
        CurveStage stage;
        std::string task;
        CurveQuantity quantity;
        auto operator<=>(const Key&) const = default;
    };
    using Curves = std::map<Key, std::shared_ptr<CurveStore>>;
    [[nodiscard]] static std::optional<Key> keyOf(const std::string& series);
    void addCurve(CurveStage stage, const std::string& task, const ReportCurve& curve);
    [[nodiscard]] std::shared_ptr<const CurveStore> find(const Key& key) const;

    std::vector<std::string> m_tasks;
    std::vector<std::optional<double>> m_baselines;
    std::string m_reported; ///< results of the newest report that was there; empty: none was
    Curves m_kept; ///< from the report
    Curves m_live;
    int m_version = 0;
};

} // namespace palimpsest
