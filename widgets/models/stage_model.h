// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <QString>

#include <vector>

namespace palimpsest {

/// What a stage's row says of it.
enum class StageLook { Waiting, Ready, Stale, Running, Done, Failed };

struct StageRow {
    QString name; ///< "train"
    StageLook look = StageLook::Waiting;
    QString reason; ///< one clause; may be empty
    int partsDone = 0;
    int partCount = 0;
    bool operator==(const StageRow&) const = default;
};

[[nodiscard]] QString lookText(StageLook look); ///< "done"
/// A sign for each look, the second cue beside its colour.
[[nodiscard]] QString lookSign(StageLook look);
[[nodiscard]] QColor lookColor(StageLook look);

/// The stages of a pipeline in order, one row each.
class StageModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, StateColumn, ReasonColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps selection and scroll position where the stages are the same.
    void setStages(std::vector<StageRow> stages);
    /// Shows a stage as running until setStages() or another stage is named; empty: none runs.
    void setRunning(const QString& name);
    [[nodiscard]] const std::vector<StageRow>& stages() const { return m_stages; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] StageLook lookOf(const StageRow& stage) const
    {
        return !m_running.isEmpty() && stage.name == m_running ? StageLook::Running : stage.look;
    }

    std::vector<StageRow> m_stages;
    QString m_running;
};

} // namespace palimpsest
