// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/import/import_page.h"
#include "widgets/import/import_values.h"

#include <QTimer>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace palimpsest {

class NewestTask;
class ProblemLabel;
class RecipeDocument;
class SamplesView;
class TableView;
class TrialModel;

/// Tries the network on a hundred samples, with the preprocessing that the user names or with each that is common, and shows
/// predictions beside the true classes. Gives the task its name.
class TrialPage : public ImportPage {
    Q_OBJECT
public:
    /// `document` and `worker` outlive the page.
    TrialPage(const ImportEngine& engine, NewestTask& worker, const RecipeDocument& document,
        QWidget* parent = nullptr);

    /// What is tried. Begins again where it is something else than before.
    /// @param task  data, split and, where the source of the data knows it, preprocessing
    void setSubject(const SharedNetwork& network, const TaskSettings& task, const QString& file);
    void tryCommon(); ///< as the button says
    void setSteps(const QString& steps); ///< as if they had been typed
    void setName(const QString& name);
    /// The task that would be added; its network is not in the project yet.
    [[nodiscard]] TaskSettings task() const;
    [[nodiscard]] const std::optional<ImportTrial>& trial() const { return m_trial; } ///< that is shown
    void showProblem(const QString& problem);
    [[nodiscard]] QString problem() const; ///< that is shown
    [[nodiscard]] QString result() const; ///< as it is shown

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString explanation() const override;
    [[nodiscard]] bool isComplete() const override;
    void enter() override;

private:
    [[nodiscard]] QWidget* createFields();
    [[nodiscard]] QWidget* createResult();
    void start(const std::optional<std::vector<std::string>>& steps);
    void showTrials(const Result<ImportTrials>& trials, bool areCommon);
    void show(const ImportTrial& trial);
    void showResult(const ImportTrial& trial);
    void clearTrial();
    void checkName();

    ImportEngine m_engine;
    NewestTask& m_worker;
    const RecipeDocument& m_document;
    SharedNetwork m_network;
    TaskSettings m_subject;
    std::optional<ImportTrials> m_trials; ///< the newest, for what is the same of all
    std::optional<ImportTrial>
        m_trial; ///< with the steps of the field; empty: they were not tried, or do not fit
    bool m_isNameOwn = false;
    QTimer m_typing;
    QLineEdit* m_name = nullptr;
    ProblemLabel* m_nameProblem = nullptr;
    QLineEdit* m_steps = nullptr;
    QPushButton* m_common = nullptr;
    ProblemLabel* m_problem = nullptr;
    TrialModel* m_model;
    TableView* m_table = nullptr;
    QLabel* m_right = nullptr;
    QLabel* m_text = nullptr;
    SamplesView* m_samples = nullptr;
};

} // namespace palimpsest
