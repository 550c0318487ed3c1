// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/project/preview_data.h"

#include <QString>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <string>

class QLabel;

namespace palimpsest {

class ClassCountModel;
class EmptyPage;
class LayerModel;
class NewestTask;
class ProblemLabel;
class SamplesView;
class TableView;

/// A task's network and data as the files have them, and whether they fit: layers with shapes and sizes, the first samples, the
/// number of samples of each class. Read on worker threads, again when a setting changes that they depend on, and only while
/// the preview is visible.
class TaskPreview : public QWidget {
    Q_OBJECT
public:
    explicit TaskPreview(PreviewReaders readers, QWidget* parent = nullptr);
    ~TaskPreview() override;

    /// @param folder  the project folder
    /// @param dataRoot  as the recipe has it
    void setTask(const TaskSettings& task, const QString& folder, const QString& dataRoot);
    void clear(const QString& hint); ///< shows a sentence
    [[nodiscard]] bool isBusy() const; ///< reads, or waits for the user to stop typing

Q_SIGNALS:
    void finished(); ///< what there is to see is shown

protected:
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QWidget* createNetwork();
    [[nodiscard]] QWidget* createData();
    void read();
    void readNetwork();
    void readData();
    void showNetwork(const Result<Network>& network);
    void showData(const Result<DataPreview>& preview);
    void showFit();

    PreviewReaders m_readers;
    std::optional<TaskSettings> m_task;
    QString m_folder;
    QString m_dataRoot;
    std::string m_networkKey; ///< what the network that is shown, or read, was read from
    std::string m_dataKey;
    std::optional<Network> m_network;
    std::optional<DataPreview> m_data;
    QTimer m_delay;
    NewestTask* m_networkTask;
    NewestTask* m_dataTask;
    ProblemLabel* m_fit = nullptr;
    QLabel* m_networkText = nullptr;
    ProblemLabel* m_networkProblem = nullptr;
    LayerModel* m_layers;
    TableView* m_layerTable = nullptr;
    QLabel* m_dataText = nullptr;
    ProblemLabel* m_dataProblem = nullptr;
    SamplesView* m_samples = nullptr;
    ClassCountModel* m_classes;
    TableView* m_classTable = nullptr;
    EmptyPage* m_page = nullptr;
};

} // namespace palimpsest
