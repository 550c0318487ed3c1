// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/import/import_page.h"
#include "widgets/import/import_values.h"
#include "widgets/project/add_task_dialog.h"

#include <QList>
#include <QString>
#include <QTimer>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace palimpsest {

class NewestTask;
class PathField;
class ProblemLabel;
class RecipeDocument;
class SamplesView;

/// Which data the network was trained for: those of a task of the project, a known set, or files of one's own; with a look at the
/// first samples.
class DataPage : public ImportPage {
    Q_OBJECT
public:
    /// `document` and `worker` outlive the page.
    /// @param base  folder that data paths of the recipe are relative to
    DataPage(const ImportEngine& engine, NewestTask& worker, const RecipeDocument& document,
        const QString& base, QWidget* parent = nullptr);

    /// The network that the data are for. Chooses data of the same name, where nothing is chosen yet.
    void setNetwork(const SharedNetwork& network, const QString& file);
    /// The data sets that the program knows; what is chosen stays chosen.
    void setKnownData(const QList<KnownData>& known);
    void chooseTask(int task); ///< the data of a task of the recipe
    void chooseKnown(int known);
    void chooseFiles(const QString& fileOrFolder);
    /// Data, split and preprocessing as chosen.
    [[nodiscard]] const TaskSettings& task() const { return m_task; }
    [[nodiscard]] QString problem() const; ///< that is shown

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString explanation() const override;
    [[nodiscard]] bool isComplete() const override { return m_isGood; }
    void enter() override;

Q_SIGNALS:
    /// The user wants a data set that is not on this computer.
    void fetchRequested(const QString& title);

private:
    struct Choice {
        enum class Kind { None, Task, Known, Files } kind = Kind::None;
        int index = 0; ///< of the task or the known set
    };
    [[nodiscard]] QWidget* createForm(const QString& base);
    void fillChoices(const Choice& current);
    [[nodiscard]] Choice choice() const;
    void choose(Choice::Kind kind, int index);
    void chooseLikely(const QString& file);
    void take();
    void takeFiles();
    void read();
    void showData(const Result<DataPreview>& preview);
    void reject(const QString& problem);

    ImportEngine m_engine;
    NewestTask& m_worker;
    const RecipeDocument& m_document;
    QString m_base;
    QList<KnownData> m_known;
    std::vector<Choice> m_choices; ///< one an entry of the box; separators count
    SharedNetwork m_network;
    TaskSettings m_task;
    bool m_isGood = false;
    QFormLayout* m_form = nullptr;
    QComboBox* m_box = nullptr;
    PathField* m_path = nullptr;
    QComboBox* m_format = nullptr;
    PathField* m_test = nullptr;
    QPushButton* m_fetch = nullptr;
    ProblemLabel* m_problem = nullptr;
    QLabel* m_text = nullptr;
    SamplesView* m_samples = nullptr;
};

} // namespace palimpsest
