// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/settings.h"
#include "widgets/project/recipe_document.h"
#include "widgets/results/run_results.h"
#include "widgets/whatif/what_if_values.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <optional>

class QCheckBox;
class QGridLayout;
class QLabel;
class QPushButton;

namespace palimpsest {

class NumberSlider;
class TargetField;

/// A target size, sliders for page size, pool and exclusive pages, and what they would give: bytes, ratio and cost, beside the run that is
/// shown. Works before anything is run. It computes nothing: chosen() asks, setPrediction() answers; sizeWanted() asks, setFit() answers.
///
/// The sliders stand where the recipe does until the user moves one; then they stay until the recipe's own values change. "Apply"
/// makes the choice a step of the document that can be undone.
class WhatIfPanel : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfPanel(QWidget* parent = nullptr);

    /// The recipe as it stands; nullopt: no project is open.
    void setRecipe(const std::optional<Recipe>& recipe);
    /// The run to compare with; nullptr: none.
    void setResults(const std::shared_ptr<const RunResults>& results);
    /// Ignored where it is not of the present choice: an answer that came late.
    void setPrediction(const WhatIfPrediction& prediction);
    /// Moves the slider of the pool. Ignored where the target or the choice is another one by now.
    void setFit(const WhatIfFit& fit);
    void setReadOnly(const QString& reason); ///< nothing can be applied; empty: it can
    void setCanRun(bool canRun);
    void focusTarget(); ///< the keyboard goes to the target size

    [[nodiscard]] const WhatIfChoice& choice() const { return m_choice; }
    [[nodiscard]] bool isChanged() const { return m_choice != m_recipeChoice; } ///< against the recipe

Q_SIGNALS:
    void chosen(const palimpsest::WhatIfChoice& choice); ///< wants a prediction
    /// Wants setFit(): how many slots fit into `bytes` with this page size and these exclusive pages.
    void sizeWanted(const palimpsest::WhatIfChoice& choice, qint64 bytes);
    void runRequested(); ///< after applied(), where there was something to apply
    /// For RecipeDocument::set(): the settings that differ from the recipe, as one step called `text`.
    void applied(const QList<palimpsest::SettingEdit>& edits, const QString& text);

private:
    enum Row { TotalRow, RatioRow, Level1Row, Level2Row, CostRow, RowCount };
    enum Column { NameColumn, PredictedColumn, RunColumn, ChangeColumn };

    [[nodiscard]] QWidget* createSliders();
    [[nodiscard]] QWidget* createNumbers();
    void changePageSize(std::int64_t pageSize);
    void choose(const WhatIfChoice& choice);
    void showChoice();
    void showPrediction();
    void showCost();
    void showRun();
    void showChange(Row row, std::optional<double> predicted, std::optional<double> run);
    void updateButtons();
    [[nodiscard]] bool canApply() const;
    void apply();
    [[nodiscard]] QLabel* cell(Row row, Column column) const;

    std::optional<Recipe> m_recipe;
    WhatIfChoice m_recipeChoice;
    WhatIfChoice m_choice;
    WhatIfChoice m_anchor; ///< where the slider of the page size set out
    WhatIfPrediction m_prediction;
    bool m_hasPrediction = false; ///< of m_choice
    std::shared_ptr<const RunResults> m_results;
    QString m_readOnlyReason;
    bool m_canRun = false;

    TargetField* m_target;
    NumberSlider* m_pageSize;
    NumberSlider* m_poolPages;
    NumberSlider* m_exclusivePages;
    QCheckBox* m_keepsBytes;
    QGridLayout* m_numbers = nullptr;
    QLabel* m_run = nullptr; ///< head of the run's column
    QLabel* m_message;
    QPushButton* m_applyAndRun;
    QPushButton* m_apply;
    QPushButton* m_reset;
};

} // namespace palimpsest
