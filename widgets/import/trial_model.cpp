// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/import/trial_model.h"

#include "widgets/import/import_text.h"

#include <algorithm>
#include <utility>

namespace palimpsest {

void TrialModel::setTrials(std::vector<ImportTrial> trials)
{
    beginResetModel();
    m_trials = std::move(trials);
    endResetModel();
}

int TrialModel::add(const ImportTrial& trial)
{
    std::vector<ImportTrial> trials = m_trials;
    std::erase_if(trials, [&](const ImportTrial& other) { return other.steps == trial.steps; });
    const auto place = std::find_if(trials.begin(), trials.end(),
        [&](const ImportTrial& other) { return other.correct < trial.correct; });
    const auto row = static_cast<int>(place - trials.begin());
    trials.insert(place, trial);
    setTrials(std::move(trials));
    return row;
}

const ImportTrial& TrialModel::trial(int row) const
{
    return m_trials.at(static_cast<std::size_t>(row));
}

int TrialModel::find(const std::vector<std::string>& steps) const
{
    const auto found = std::find_if(
        m_trials.begin(), m_trials.end(), [&](const ImportTrial& trial) { return trial.steps == steps; });
    return found == m_trials.end() ? -1 : static_cast<int>(found - m_trials.begin());
}

int TrialModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_trials.size());
}

int TrialModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TrialModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (index.column() == RightColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const ImportTrial& trial = m_trials[static_cast<std::size_t>(index.row())];
    switch (static_cast<Column>(index.column())) {
    case StepsColumn:
        return trial.steps.empty() ? tr("(none)") : stepsText(trial.steps);
    case MeaningColumn:
        return stepsMeaning(trial.steps);
    case RightColumn:
        return trial.samples == 0 ? QStringLiteral("–")
                                  : tr("%1 of %2").arg(trial.correct).arg(trial.samples);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant TrialModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (section == RightColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const auto choose = [section](const QStringList& texts) { return texts.value(section); };
    if (role == Qt::ToolTipRole)
        return choose({ tr("How many samples the network predicts right after these steps."),
            tr("The steps as the recipe has them."), tr("What they do with the values of a sample.") });
    if (role == Qt::DisplayRole)
        return choose({ tr("Right"), tr("Preprocessing"), tr("What it does") });
    return {};
}

} // namespace palimpsest
