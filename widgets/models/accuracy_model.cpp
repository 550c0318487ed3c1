// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/accuracy_model.h"

#include "core/report/report_series.h"
#include "widgets/style/core_text.h"
#include "widgets/style/fonts.h"
#include "widgets/style/palette.h"
#include "widgets/style/text.h"

#include <QFont>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace palimpsest {

namespace {

constexpr const char* kStandalone = "standalone";
constexpr const char* kVirtualized = "virtualized";
constexpr const char* kSameSteps = "sameSteps";

std::optional<double> accuracyOf(const ReportTask& task, const std::string& key)
{
    const auto entry = task.accuracy.find(key);
    return entry == task.accuracy.end() ? std::nullopt : std::optional<double>(entry->second);
}

/// virtualized - standalone; empty where one of them is not known.
std::optional<double> changeOf(const ReportTask& task)
{
    const auto alone = accuracyOf(task, kStandalone);
    const auto shared = accuracyOf(task, kVirtualized);
    return alone && shared ? std::optional<double>(*shared - *alone) : std::nullopt;
}

} // namespace

void AccuracyModel::setReport(std::shared_ptr<const ReportModel> report)
{
    beginResetModel();
    m_report = std::move(report);
    m_baselines.clear();
    if (m_report) {
        for (const ReportTask& task : m_report->tasks) {
            for (const auto& [key, value] : task.accuracy) {
                if (key != kStandalone && key != kVirtualized
                    && std::ranges::find(m_baselines, key) == m_baselines.end())
                    m_baselines.push_back(key);
            }
        }
        // As long as the networks themselves (sameSteps), then narrower and narrower.
        const auto bytesOf = [this](const std::string& key) {
            const auto entry = m_report->baselineBytes.find(key);
            return entry == m_report->baselineBytes.end() ? m_report->memory.standaloneBytes : entry->second;
        };
        std::ranges::stable_sort(m_baselines, std::ranges::greater {}, bytesOf);
    }
    endResetModel();
}

int AccuracyModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid() || !m_report || m_report->tasks.empty())
        return 0;
    return static_cast<int>(m_report->tasks.size()) + 1;
}

int AccuracyModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstBaselineColumn + static_cast<int>(m_baselines.size());
}

std::string AccuracyModel::accuracyKey(int column) const
{
    if (column == StandaloneColumn)
        return kStandalone;
    if (column == VirtualizedColumn)
        return kVirtualized;
    if (column >= FirstBaselineColumn)
        return m_baselines[static_cast<std::size_t>(column - FirstBaselineColumn)];
    return {};
}

QString AccuracyModel::text(int row, int column) const
{
    const auto task = static_cast<std::size_t>(row);
    return task < m_report->tasks.size() ? taskText(m_report->tasks[task], column) : meanText(column);
}

QString AccuracyModel::taskText(const ReportTask& task, int column) const
{
    switch (column) {
    case TaskColumn:
        return QString::fromStdString(task.name);
    case SamplesColumn:
        return countText(task.testSamples);
    case ChangeColumn: {
        const auto change = changeOf(task);
        return change ? pointsText(*change) : QString();
    }
    case ToleranceColumn: {
        const auto change = changeOf(task);
        const QString tolerance = pointsText(-task.tolerance);
        if (!change)
            return tolerance;
        return (*change >= -task.tolerance ? tr("%1 \u2713 kept") : tr("%1 \u2717 exceeded")).arg(tolerance);
    }
    default: {
        const auto accuracy = accuracyOf(task, accuracyKey(column));
        return accuracy ? percentText(*accuracy) : QString();
    }
    }
}

QString AccuracyModel::meanText(int column) const
{
    if (column == TaskColumn)
        return tr("Mean");
    if (column == SamplesColumn || column == ToleranceColumn)
        return {};
    double sum = 0.0;
    for (const ReportTask& task : m_report->tasks) {
        const auto value = column == ChangeColumn ? changeOf(task) : accuracyOf(task, accuracyKey(column));
        if (!value)
            return {}; // a mean over some of the tasks would not be comparable
        sum += *value;
    }
    const double mean = sum / static_cast<double>(m_report->tasks.size());
    return column == ChangeColumn ? pointsText(mean) : percentText(mean);
}

QVariant AccuracyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const bool isMean = index.row() == static_cast<int>(m_report->tasks.size());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (index.column() == TaskColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::DecorationRole:
        return index.column() == TaskColumn && !isMean ? QVariant(taskColor(index.row())) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == TaskColumn && !isMean
            ? QVariant(QString::fromStdString(m_report->tasks[static_cast<std::size_t>(index.row())].data))
            : QVariant();
    case Qt::FontRole:
        return isMean ? QVariant(boldFont()) : QVariant();
    default:
        return {};
    }
}

QVariant AccuracyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole) {
        switch (section) {
        case TaskColumn:
            return tr("Task");
        case SamplesColumn:
            return tr("Test samples");
        case StandaloneColumn:
            return tr("Stand-alone");
        case VirtualizedColumn:
            return tr("Virtualized");
        case ChangeColumn:
            return tr("Change [points]");
        case ToleranceColumn:
            return tr("Tolerance [points]");
        default:
            return coreText(reportSeries(accuracyKey(section)).label);
        }
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case StandaloneColumn:
            return tr("Accuracy of the task's own network, before anything is shared.");
        case VirtualizedColumn:
            return tr("Accuracy of the network that is put together from shared and exclusive pages.");
        case ChangeColumn:
            return tr("Virtualized less stand-alone, in percentage points.");
        case ToleranceColumn:
            return tr("The loss that the recipe accepts for this task.");
        default:
            break;
        }
        if (accuracyKey(section) == kSameSteps)
            return tr("The task's own network, trained for as many more steps as the virtualized one.");
        if (section >= FirstBaselineColumn)
            return tr("A baseline: %1.").arg(coreText(reportSeries(accuracyKey(section)).meaning));
    }
    return {};
}

} // namespace palimpsest
