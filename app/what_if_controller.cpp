// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/what_if_controller.h"

#include "app/pool_fit.h"
#include "core/pipeline/what_if.h"
#include "core/project/recipe.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/text.h"
#include "widgets/whatif/what_if_panel.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace palimpsest {

namespace {

constexpr double kThoroughWork = 3e10; ///< some ten seconds: more than that nobody waits for

QString textOf(const std::string& text)
{
    return QString::fromStdString(text);
}

// Both change whenever what is loaded for predictions has.

std::string keyOfTasks(const std::filesystem::path& folder, const Recipe& recipe)
{
    std::string key = folder.string();
    for (const TaskSettings& task : recipe.tasks)
        key += '\n' + task.name + '\n' + task.network + '\n' + std::to_string(task.weight);
    return key;
}

std::string keyOfStages(const std::vector<StageStatus>& stages)
{
    std::string key;
    for (const StageStatus& stage : stages)
        if (stage.stage == Stage::Import || stage.stage == Stage::Train || stage.stage == Stage::Fisher)
            key += stage.fingerprint + ' ' + std::to_string(stage.partsDone) + '\n';
    return key;
}

/// The settings of the recipe with the panel's in place of its own.
WhatIfRequest requestFor(const Recipe& recipe, const WhatIfChoice& choice)
{
    WhatIfRequest request = WhatIfRequest::from(recipe);
    request.pages.pageSize = choice.pageSize;
    request.pages.poolPages = choice.poolPages;
    request.separation.exclusivePages = choice.exclusivePages;
    return request;
}

WhatIfPrediction predictBytes(const WhatIf& whatIf, const WhatIfRequest& request, const WhatIfChoice& choice)
{
    WhatIfPrediction prediction;
    prediction.choice = choice;
    const Result<WhatIfBytes> bytes = whatIf.bytes(request);
    if (!bytes) {
        prediction.problem = textOf(bytes.error().text());
        return prediction;
    }
    prediction.plan = bytes->plan;
    prediction.pageCount = bytes->pageCount;
    prediction.slotCount = bytes->slotCount;
    prediction.exclusivePages = bytes->exclusivePages;
    prediction.note = engineText(bytes->note);
    prediction.budgetProblem = textOf(bytes->budgetProblem);
    if (request.budgets.level1Bytes > 0) {
        WhatIfRequest most = request;
        most.pages.poolPages = 0;
        if (const auto fitting = whatIf.bytes(most); fitting && fitting->slotCount < fitting->pageCount)
            prediction.mostSlots = fitting->slotCount;
    }
    if (request.budgets.level2Bytes > 0)
        prediction.mostExclusive = request.budgets.level2Bytes
            / (packedBytes(request.pages.exclusiveStorage, request.pages.pageSize)
                + scaleBytes(request.pages.exclusiveStorage, request.pages.pageSize));
    prediction.costProblem = engineText(whatIf.costProblem());
    prediction.isCostPending = whatIf.canPredictCost();
    return prediction;
}

void addCost(WhatIfPrediction& prediction, const Result<CostEstimate>& cost)
{
    if (!cost) {
        prediction.costProblem = textOf(cost.error().text());
        return;
    }
    prediction.cost = cost->cost;
    prediction.trust = cost->isExact          ? CostTrust::Exact
        : cost->matchedBlocks == cost->blocks ? CostTrust::Estimate
                                              : CostTrust::Rough;
}

} // namespace

WhatIfController::WhatIfController(WhatIfPanel& panel, QObject* parent)
    : QObject(parent)
    , m_panel(panel)
{
    connect(&panel, &WhatIfPanel::chosen, this, &WhatIfController::answer);
    connect(&panel, &WhatIfPanel::sizeWanted, this, &WhatIfController::answerSize);
    const auto report = [this](const QString& message) {
        WhatIfPrediction prediction;
        prediction.choice = m_panel.choice();
        prediction.problem = message;
        m_panel.setPrediction(prediction);
    };
    connect(&m_loading, &NewestTask::failed, this, report);
    connect(&m_answering, &NewestTask::failed, this, report);
    connect(&m_fitting, &NewestTask::failed, this, report);
}

WhatIfController::~WhatIfController() = default;

void WhatIfController::setProject(const std::filesystem::path& folder,
    const std::shared_ptr<const Recipe>& recipe, const std::vector<StageStatus>& stages)
{
    const bool isSameRecipe = m_recipe && *recipe == *m_recipe;
    m_folder = folder;
    m_recipe = recipe;
    m_panel.setRecipe(*recipe);
    std::string tasksKey = keyOfTasks(folder, *recipe);
    // Until the states of an edited recipe are read, what is known of the one before goes on answering.
    std::string stagesKey = stages.empty() && tasksKey == m_tasksKey ? m_stagesKey : keyOfStages(stages);
    if (tasksKey != m_tasksKey || stagesKey != m_stagesKey) {
        m_tasksKey = std::move(tasksKey);
        m_stagesKey = std::move(stagesKey);
        load();
    } else if (!isSameRecipe) {
        answer(m_panel.choice());
    }
}

void WhatIfController::closeProject()
{
    m_loading.cancel();
    m_answering.cancel();
    m_fitting.cancel();
    m_waitingSize.reset();
    m_whatIf.reset();
    m_recipe.reset();
    m_tasksKey.clear();
    m_stagesKey.clear();
    m_panel.setRecipe(std::nullopt);
}

void WhatIfController::load()
{
    // What was loaded before goes on answering until the new one is there.
    m_loading.start([this, folder = m_folder, recipe = m_recipe](const std::stop_token&) -> NewestTask::Show {
        Result<WhatIf> loaded = WhatIf::load(folder, *recipe);
        std::shared_ptr<const WhatIf> whatIf;
        QString problem;
        if (loaded)
            whatIf = std::make_shared<const WhatIf>(std::move(loaded).value());
        else
            problem = textOf(loaded.error().text());
        return [this, whatIf, problem] {
            m_whatIf = whatIf;
            m_problem = problem;
            answer(m_panel.choice());
            if (m_waitingSize)
                answerSize(m_panel.choice(), *m_waitingSize);
        };
    });
}

void WhatIfController::answer(const WhatIfChoice& choice)
{
    m_answering.cancel();
    if (!m_recipe)
        return;
    if (!m_whatIf) {
        if (m_loading.isBusy())
            return; // it answers when it is there
        WhatIfPrediction prediction;
        prediction.choice = choice;
        prediction.problem = m_problem;
        m_panel.setPrediction(prediction);
        return;
    }
    const WhatIfRequest request = requestFor(*m_recipe, choice);
    m_answering.start([this, whatIf = m_whatIf, request, choice](const std::stop_token&) -> NewestTask::Show {
        const WhatIfPrediction prediction = predictBytes(*whatIf, request, choice);
        return [this, request, prediction] {
            m_panel.setPrediction(prediction);
            if (prediction.isCostPending)
                answerCost(request, prediction, WhatIf::kQuickWork);
        };
    });
}

void WhatIfController::answerSize(const WhatIfChoice& choice, std::int64_t bytes)
{
    m_fitting.cancel();
    m_waitingSize.reset();
    if (!m_recipe)
        return;
    WhatIfFit fit { choice, bytes, 0, {} };
    if (!m_whatIf) {
        if (m_loading.isBusy()) {
            m_waitingSize = bytes;
            return;
        }
        fit.problem = m_problem;
        m_panel.setFit(fit);
        return;
    }
    const WhatIfRequest request = requestFor(*m_recipe, choice);
    m_fitting.start(
        [this, whatIf = m_whatIf, request, fit](const std::stop_token& stop) mutable -> NewestTask::Show {
            const Result<PoolFit> pool = fitPool(*whatIf, request, fit.targetBytes, stop);
            if (!pool)
                fit.problem = textOf(pool.error().text());
            else if (pool->poolPages == 0)
                fit.problem = tr("Expected at least %1: a pool of one slot takes that, with exclusive pages, "
                                 "private tensors, tables and scales.")
                                  .arg(bytesText(static_cast<double>(pool->leastBytes)));
            else
                fit.poolPages = pool->poolPages;
            return [this, fit] { m_panel.setFit(fit); };
        });
}

void WhatIfController::answerCost(
    const WhatIfRequest& request, const WhatIfPrediction& known, double workLimit)
{
    m_answering.start([this, whatIf = m_whatIf, request, known, workLimit](
                          const std::stop_token& stop) -> NewestTask::Show {
        JobChannel unwatched;
        WhatIfPrediction prediction = known;
        addCost(prediction, whatIf->cost(request, workLimit, JobContext(unwatched, stop)));
        const bool goesOn
            = prediction.cost && prediction.trust != CostTrust::Exact && workLimit < kThoroughWork;
        prediction.isCostPending = goesOn;
        return [this, request, prediction, goesOn] {
            m_panel.setPrediction(prediction);
            if (goesOn)
                answerCost(request, prediction, kThoroughWork);
        };
    });
}

} // namespace palimpsest
