// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/whatif/what_if_panel.h"

#include "widgets/project/number_field.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/text.h"
#include "widgets/whatif/marked_slider.h"
#include "widgets/whatif/number_slider.h"
#include "widgets/whatif/target_field.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace palimpsest {

namespace {

constexpr int kMostPages = 1'000'000'000; ///< as the recipe's
constexpr int kMostPageSize = 1'048'576;
constexpr std::int64_t kLeastPower = 64;
constexpr std::int64_t kMostPower = 65'536;

WhatIfChoice choiceOf(const Recipe& recipe)
{
    return { recipe.pages.pageSize, recipe.pages.poolPages, recipe.separation.exclusivePages };
}

QString ratioText(double ratio)
{
    return QString::number(ratio, 'f', ratio < 10.0 ? 2 : 1) + QStringLiteral(" ×");
}

/// What a prediction is compared with.
struct RunNumbers {
    double totalBytes = 0.0;
    double ratio = 0.0;
    double level1Bytes = 0.0;
    double level2Bytes = 0.0;
    double cost = 0.0; ///< of the kind that the run's matching minimised
};

RunNumbers numbersOf(const ReportModel& report, const RunResults& results)
{
    const ReportMemory& memory = report.memory;
    RunNumbers numbers;
    numbers.totalBytes = static_cast<double>(memory.virtualizedBytes());
    numbers.ratio = static_cast<double>(memory.standaloneBytes) / std::max(numbers.totalBytes, 1.0);
    numbers.level2Bytes = static_cast<double>(memory.exclusiveBytes + memory.exclusiveScaleBytes);
    numbers.level1Bytes = numbers.totalBytes - numbers.level2Bytes + static_cast<double>(memory.scratchBytes);
    numbers.cost = results.recipe.matching.cost == CostKind::Barycentre ? report.matching.costBarycentre
                                                                        : report.matching.costPairwise;
    return numbers;
}

QLabel* createCell(Qt::Alignment alignment)
{
    auto* const label = new QLabel;
    label->setAlignment(alignment | Qt::AlignVCenter);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setMinimumHeight(label->fontMetrics().height());
    return label;
}

} // namespace

WhatIfPanel::WhatIfPanel(QWidget* parent)
    : QWidget(parent)
    , m_target(new TargetField)
    , m_pageSize(new NumberSlider(NumberSlider::Scale::Powers, tr("Page size in weights"),
          tr("Weights of one page. Small pages match better but need longer page tables. Default: 512 "
             "weights.")))
    , m_poolPages(new NumberSlider(NumberSlider::Scale::Logarithmic, tr("Slots of the pool"),
          tr("Pages of the pool that all tasks share. Fewer need less memory and cost more accuracy. 0 takes "
             "as many as the budget of "
             "level 1 holds. Default: 0.")))
    , m_exclusivePages(new NumberSlider(NumberSlider::Scale::Logarithmic, tr("Exclusive pages"),
          tr("Pages of all tasks together that are not shared but kept in memory level 2. More cost less "
             "accuracy and more "
             "bytes. Default: 0.")))
    , m_keepsBytes(new QCheckBox(tr("&Page size keeps the pool's bytes")))
    , m_message(new QLabel)
    , m_applyAndRun(new QPushButton(tr("Apply and ru&n")))
    , m_apply(new QPushButton(tr("&Apply")))
    , m_reset(new QPushButton(tr("&Reset")))
{
    m_keepsBytes->setChecked(true);
    m_keepsBytes->setToolTip(tr("When the page size changes, the numbers of slots and exclusive pages change "
                                "with it, so that their bytes stay "
                                "about the same. Default: on."));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_message->setObjectName(QStringLiteral("whatIfMessage"));
    m_apply->setToolTip(tr("Write these settings into the recipe. It can be undone."));
    m_applyAndRun->setToolTip(tr(
        "Write these settings into the recipe, which can be undone, and run every stage that is not done."));
    m_reset->setToolTip(tr("Go back to the settings of the recipe."));

    auto* const buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_reset);
    buttons->addWidget(m_apply);
    buttons->addWidget(m_applyAndRun);
    auto* const layout = new QVBoxLayout(this);
    layout->addWidget(createSliders());
    layout->addWidget(m_keepsBytes); // not beside the buttons: the panel can be narrow
    layout->addWidget(createNumbers());
    layout->addWidget(m_message);
    layout->addLayout(buttons);
    layout->addStretch(1);

    connect(m_target, &TargetField::targetEdited, this,
        [this](qint64 bytes) { Q_EMIT sizeWanted(m_choice, bytes); });
    connect(m_pageSize, &NumberSlider::valueChanged, this, &WhatIfPanel::changePageSize);
    connect(m_poolPages, &NumberSlider::valueChanged, this, [this](qint64 value) {
        WhatIfChoice next = m_choice;
        next.poolPages = value;
        m_anchor = next;
        choose(next);
    });
    connect(m_exclusivePages, &NumberSlider::valueChanged, this, [this](qint64 value) {
        WhatIfChoice next = m_choice;
        next.exclusivePages = value;
        m_anchor = next;
        choose(next);
    });
    connect(m_apply, &QPushButton::clicked, this, &WhatIfPanel::apply);
    connect(m_applyAndRun, &QPushButton::clicked, this, [this] {
        apply();
        Q_EMIT runRequested();
    });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_target->clear();
        m_anchor = m_recipeChoice;
        choose(m_recipeChoice);
    });
    setRecipe(std::nullopt);
}

QWidget* WhatIfPanel::createSliders()
{
    m_pageSize->setSliderRange(kLeastPower, kMostPower);
    m_pageSize->setLimits(1, kMostPageSize);
    m_poolPages->setLimits(0, kMostPages);
    m_poolPages->setLeastText(tr("budget", "as many slots as the budget holds"));
    m_exclusivePages->setLimits(0, kMostPages);
    auto* const sliders = new QWidget;
    auto* const grid = new QGridLayout(sliders);
    grid->setContentsMargins({});
    const std::array rows { std::pair { tr("Page si&ze"), m_pageSize },
        std::pair { tr("Pool pa&ges"), m_poolPages },
        std::pair { tr("E&xclusive pages"), m_exclusivePages } };
    // All boxes are as wide as the widest number that is likely, so that the sliders end below each other.
    const int width = m_pageSize->box()->minimumSizeHint().width();
    auto* const target = new QLabel(tr("&Target size"));
    target->setBuddy(m_target->field());
    target->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    target->setContentsMargins(
        0, fontMetrics().height() / 4, 0, 0); // beside the field, not what is wrong with it
    grid->addWidget(target, 0, 0);
    grid->addWidget(m_target, 0, 1);
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        const auto& [text, slider] = rows[static_cast<std::size_t>(row)];
        auto* const label = new QLabel(text);
        label->setBuddy(slider->box());
        slider->box()->setFixedWidth(width);
        grid->addWidget(label, row + 1, 0);
        grid->addWidget(slider, row + 1, 1);
    }
    grid->setColumnStretch(1, 1);
    return sliders;
}

QWidget* WhatIfPanel::createNumbers()
{
    auto* const numbers = new QWidget;
    m_numbers = new QGridLayout(numbers);
    m_numbers->setContentsMargins({});
    m_numbers->setHorizontalSpacing(fontMetrics().averageCharWidth() * 2);
    const std::array names { tr("Packed networks"), tr("Smaller by"), tr("Memory level 1"),
        tr("Memory level 2"), tr("Cost of sharing") };
    const std::array tips {
        tr("Bytes of pool, exclusive pages, private tensors, page tables and scales together."),
        tr("Bytes of the stand-alone networks in float32 over those of the packed ones."),
        tr("Bytes of level 1: pool, private tensors, tables, their scales, and one scratch network."),
        tr("Bytes of level 2: exclusive pages and their scales."),
        tr("Expected rise of the summed losses [nats, without the factor 1/2] when pages share slots: what "
           "matching minimises."),
    };
    m_run = createCell(Qt::AlignRight);
    const auto head = [&](const QString& text, Column column) {
        QLabel* const label = column == RunColumn ? m_run : createCell(Qt::AlignRight);
        label->setText(text);
        QFont bold = label->font();
        bold.setBold(true);
        label->setFont(bold);
        m_numbers->addWidget(label, 0, column);
    };
    head(tr("Predicted"), PredictedColumn);
    head(tr("Run"), RunColumn);
    head(tr("Change"), ChangeColumn);
    for (int row = 0; row < RowCount; ++row) {
        const auto index = static_cast<std::size_t>(row);
        for (const Column column : { NameColumn, PredictedColumn, RunColumn, ChangeColumn }) {
            QLabel* const label = createCell(column == NameColumn ? Qt::AlignLeft : Qt::AlignRight);
            label->setToolTip(tips[index]);
            m_numbers->addWidget(label, row + 1, column);
        }
        cell(static_cast<Row>(row), NameColumn)->setText(names[index]);
        cell(static_cast<Row>(row), PredictedColumn)
            ->setAccessibleName(tr("%1, predicted").arg(names[index]));
        cell(static_cast<Row>(row), RunColumn)->setAccessibleName(tr("%1, of the run").arg(names[index]));
        cell(static_cast<Row>(row), ChangeColumn)->setAccessibleName(tr("%1, change").arg(names[index]));
    }
    for (const Column column : { PredictedColumn, RunColumn, ChangeColumn })
        m_numbers->setColumnStretch(column, 1);
    return numbers;
}

QLabel* WhatIfPanel::cell(Row row, Column column) const
{
    return static_cast<QLabel*>(m_numbers->itemAtPosition(row + 1, column)->widget());
}

void WhatIfPanel::setRecipe(const std::optional<Recipe>& recipe)
{
    m_recipe = recipe;
    for (QWidget* widget :
        std::initializer_list<QWidget*> { m_target, m_pageSize, m_poolPages, m_exclusivePages, m_keepsBytes })
        widget->setEnabled(recipe.has_value());
    if (!recipe) {
        m_target->clear();
        m_hasPrediction = false;
        m_recipeChoice = m_choice = m_anchor = {};
        showChoice();
        showPrediction();
        return;
    }
    const bool isPriced = recipe->separation.strategy == SeparationStrategy::Price;
    m_exclusivePages->setEnabled(isPriced);
    const WhatIfChoice wanted = choiceOf(*recipe);
    if (wanted != m_recipeChoice || !isChanged()) {
        m_recipeChoice = wanted;
        m_choice = m_anchor = wanted;
    }
    m_hasPrediction = m_hasPrediction && m_prediction.choice == m_choice;
    showChoice();
    showPrediction();
}

void WhatIfPanel::setResults(const std::shared_ptr<const RunResults>& results)
{
    m_results = results;
    showRun();
    showPrediction();
}

void WhatIfPanel::setPrediction(const WhatIfPrediction& prediction)
{
    if (prediction.choice != m_choice || !m_recipe)
        return;
    m_prediction = prediction;
    m_hasPrediction = true;
    if (prediction.pageCount > 0) {
        m_poolPages->setSliderRange(1, std::max<std::int64_t>(2, prediction.pageCount));
        m_exclusivePages->setSliderRange(0, prediction.pageCount);
    }
    m_poolPages->setMark(prediction.mostSlots,
        tr("The mark: the budget of memory level 1 holds %1 slots.").arg(countText(prediction.mostSlots)));
    m_exclusivePages->setMark(prediction.mostExclusive,
        tr("The mark: the budget of memory level 2 holds %1 exclusive pages.")
            .arg(countText(prediction.mostExclusive)));
    showPrediction();
}

void WhatIfPanel::setFit(const WhatIfFit& fit)
{
    if (m_target->bytes() != fit.targetBytes || fit.asked.pageSize != m_choice.pageSize
        || fit.asked.exclusivePages != m_choice.exclusivePages)
        return;
    m_target->setProblem(fit.problem);
    if (!fit.problem.isEmpty())
        return;
    WhatIfChoice next = m_choice;
    next.poolPages = fit.poolPages;
    m_anchor = next;
    choose(next);
}

void WhatIfPanel::setCanRun(bool canRun)
{
    m_canRun = canRun;
    updateButtons();
}

void WhatIfPanel::focusTarget()
{
    m_target->setFocus(Qt::ShortcutFocusReason);
}

void WhatIfPanel::setReadOnly(const QString& reason)
{
    m_readOnlyReason = reason;
    updateButtons();
}

void WhatIfPanel::changePageSize(std::int64_t pageSize)
{
    WhatIfChoice next = m_choice;
    next.pageSize = pageSize;
    if (m_keepsBytes->isChecked()) {
        // Always from where the slider set out: there and back again ends with the same numbers.
        const double factor = static_cast<double>(m_anchor.pageSize) / static_cast<double>(pageSize);
        const auto scaled = [&](std::int64_t pages) {
            return pages == 0
                ? 0
                : std::clamp<std::int64_t>(std::llround(static_cast<double>(pages) * factor), 1, kMostPages);
        };
        next.poolPages = scaled(m_anchor.poolPages);
        if (m_exclusivePages->isEnabled())
            next.exclusivePages = scaled(m_anchor.exclusivePages);
    }
    choose(next);
}

void WhatIfPanel::choose(const WhatIfChoice& choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    m_hasPrediction = false;
    showChoice();
    updateButtons();
    Q_EMIT chosen(m_choice);
}

void WhatIfPanel::showChoice()
{
    m_pageSize->setValue(m_choice.pageSize);
    m_poolPages->setValue(m_choice.poolPages);
    m_exclusivePages->setValue(m_choice.exclusivePages);
}

void WhatIfPanel::showPrediction()
{
    // An answer of the choice before stays until the next one is there: numbers that come and go cannot be read.
    const bool hasBytes = m_recipe && m_prediction.problem.isEmpty() && m_prediction.plan.standaloneBytes > 0;
    const MemoryPlan& plan = m_prediction.plan;
    const auto show = [&](Row row, const QString& text) {
        cell(row, PredictedColumn)->setText(hasBytes ? text : QStringLiteral("–"));
    };
    show(TotalRow, bytesText(static_cast<double>(plan.virtualizedBytes())));
    show(RatioRow, hasBytes ? ratioText(plan.ratio()) : QString());
    show(Level1Row, bytesText(static_cast<double>(plan.level1Bytes())));
    show(Level2Row, bytesText(static_cast<double>(plan.level2Bytes)));
    showCost();

    const ReportModel* const report = m_results ? m_results->report.get() : nullptr;
    const auto predicted = [&](double value) { return hasBytes ? std::optional(value) : std::nullopt; };
    const auto ofRun = [&](double value) { return report != nullptr ? std::optional(value) : std::nullopt; };
    const RunNumbers run = report != nullptr ? numbersOf(*report, *m_results) : RunNumbers {};
    showChange(TotalRow, predicted(static_cast<double>(plan.virtualizedBytes())), ofRun(run.totalBytes));
    showChange(RatioRow, hasBytes ? std::optional(plan.ratio()) : std::nullopt, ofRun(run.ratio));
    showChange(Level1Row, predicted(static_cast<double>(plan.level1Bytes())), ofRun(run.level1Bytes));
    showChange(Level2Row, predicted(static_cast<double>(plan.level2Bytes)), ofRun(run.level2Bytes));
    showChange(CostRow, hasBytes ? m_prediction.cost : std::nullopt, ofRun(run.cost));

    QStringList sentences;
    if (!m_recipe)
        sentences << tr("Open a project to try other settings here.");
    else if (!m_prediction.problem.isEmpty())
        sentences << m_prediction.problem;
    if (m_recipe && m_prediction.problem.isEmpty()) {
        if (!m_prediction.budgetProblem.isEmpty()) // it begins with the name of a setting
            sentences << m_prediction.budgetProblem + QLatin1Char('.');
        for (const QString& part : { m_prediction.note, m_prediction.costProblem })
            if (!part.isEmpty())
                sentences << sentence(part);
    }
    if (m_recipe && m_recipe->separation.strategy == SeparationStrategy::Density)
        sentences << tr("Exclusive pages are chosen by separation.margin: separation is by density.");
    m_message->setText(sentences.join(QStringLiteral("\n")));
    m_message->setVisible(!sentences.isEmpty());
    updateButtons();
}

void WhatIfPanel::showCost()
{
    QLabel* const label = cell(CostRow, PredictedColumn);
    const WhatIfPrediction& prediction = m_prediction;
    QString text = QStringLiteral("–");
    QString tip;
    if (m_recipe && prediction.problem.isEmpty() && prediction.cost) {
        const QString cost = costText(*prediction.cost);
        switch (prediction.trust) {
        case CostTrust::Exact:
            text = cost;
            tip = tr("What matching will find: the whole problem was matched.");
            break;
        case CostTrust::Estimate:
            text = tr("≈ %1 ± 25 %", "an estimated cost; keep the space before the percent sign").arg(cost);
            tip = tr("Estimated from blocks of pages that were matched by themselves: within 25 % of what "
                     "matching will find.");
            break;
        case CostTrust::Rough:
            text = tr("about %1", "a rough cost").arg(QString::number(*prediction.cost, 'g', 1));
            tip = tr("Estimated from a sample of the pages: only its order of magnitude.");
            break;
        }
        if (prediction.isCostPending)
            text += QStringLiteral(" …");
    } else if (prediction.isCostPending) {
        text = tr("matching …");
    }
    label->setText(text);
    label->setToolTip(tip.isEmpty() ? cell(CostRow, NameColumn)->toolTip() : tip);
}

void WhatIfPanel::showRun()
{
    const ReportModel* const report = m_results ? m_results->report.get() : nullptr;
    const QString run = m_results ? QString::fromStdString(m_results->run) : QString();
    m_run->setText(run.isEmpty() ? tr("Run") : tr("Run %1").arg(run));
    const auto show = [&](Row row, const QString& text) {
        cell(row, RunColumn)->setText(report != nullptr ? text : QStringLiteral("–"));
    };
    const RunNumbers numbers = report != nullptr ? numbersOf(*report, *m_results) : RunNumbers {};
    show(TotalRow, bytesText(numbers.totalBytes));
    show(RatioRow, ratioText(numbers.ratio));
    show(Level1Row, bytesText(numbers.level1Bytes));
    show(Level2Row, bytesText(numbers.level2Bytes));
    show(CostRow, costText(numbers.cost));
}

void WhatIfPanel::showChange(Row row, std::optional<double> predicted, std::optional<double> run)
{
    QString text;
    if (predicted && run && *run > 0.0) {
        const double change = *predicted / *run - 1.0;
        const QString digits = QString::number(std::abs(100.0 * change), 'f', std::abs(change) < 0.1 ? 1 : 0);
        const bool isNone = digits == QStringLiteral("0.0");
        text = isNone
            ? QStringLiteral("0 %")
            : (change < 0.0 ? QStringLiteral("−") : QStringLiteral("+")) + digits + QStringLiteral(" %");
    }
    cell(row, ChangeColumn)->setText(text);
}

bool WhatIfPanel::canApply() const
{
    return m_recipe && isChanged() && m_readOnlyReason.isEmpty()
        && !(m_hasPrediction && !m_prediction.problem.isEmpty());
}

void WhatIfPanel::updateButtons()
{
    m_apply->setEnabled(canApply());
    m_applyAndRun->setEnabled(m_canRun && m_recipe && (canApply() || !isChanged()));
    m_apply->setToolTip(m_readOnlyReason.isEmpty()
            ? tr("Write these settings into the recipe. It can be undone.")
            : m_readOnlyReason);
    m_reset->setEnabled(m_recipe && isChanged());
}

void WhatIfPanel::apply()
{
    QList<SettingEdit> edits;
    QStringList parts;
    const auto add = [&](const QString& path, std::int64_t value, std::int64_t before, const QString& part) {
        if (value == before)
            return;
        edits << SettingEdit { path, QString::number(value) };
        parts << part;
    };
    add(QStringLiteral("pages.pageSize"), m_choice.pageSize, m_recipeChoice.pageSize,
        tr("pages of %1 weights").arg(countText(m_choice.pageSize)));
    add(QStringLiteral("pages.poolPages"), m_choice.poolPages, m_recipeChoice.poolPages,
        tr("%1 slots").arg(countText(m_choice.poolPages)));
    add(QStringLiteral("separation.exclusivePages"), m_choice.exclusivePages, m_recipeChoice.exclusivePages,
        tr("%1 exclusive pages").arg(countText(m_choice.exclusivePages)));
    if (!edits.isEmpty())
        Q_EMIT applied(edits, tr("What-if: %1").arg(parts.join(QStringLiteral(", "))));
}

} // namespace palimpsest
