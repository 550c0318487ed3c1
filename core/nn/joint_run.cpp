// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint_run.h"

#include "core/nn/score.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace palimpsest::nn {

JointRun::JointRun(const JointRequest& request, JointRunOptions options, const JobContext& context)
    : m_request(request)
    , m_options(std::move(options))
    , m_context(context)
    , m_device(computeDevice(context.device()))
    , m_shares(request.tasks, request.settings.batch, request.ranks)
    , m_state(request.start)
    , m_within(request.tasks.size())
    , m_curves(request.tasks.size())
    , m_losses(request.tasks.size())
{
    findScales(m_state, request.forms);
    for (const JointTask& task : request.tasks) {
        OptimisationSettings wanted = settings();
        if (!m_shares.isMine(m_feeds.size()))
            wanted.distillation = 0.0; // nobody asks the teacher here
        m_feeds.emplace_back(task, wanted, request.seed, m_device);
        m_validationInput.push_back(inputTensor(*task.validation).to(m_device.torch));
        m_validationLabels.push_back(labelTensor(*task.validation).to(m_device.torch));
    }
    std::vector<std::size_t> all(taskCount());
    std::iota(all.begin(), all.end(), std::size_t { 0 });
    const auto addModel = [&](std::vector<std::size_t> members) {
        m_models.push_back(std::make_unique<JointModel>(
            request.tasks, std::move(members), request.forms, settings(), m_device));
        m_models.back()->load(m_state);
    };
    if (!isTurns()) {
        addModel(all);
        if (m_device.isCuda() && m_shares.isAlone()) // a graph holds no words with other processes
            m_recorded = std::make_unique<RecordedStep>(*m_models.front(), m_feeds, m_device);
        return;
    }
    for (const std::size_t task : all)
        addModel({ task });
    if (settings().softPenalty > 0.0) {
        for (const JointTask& task : request.tasks) {
            m_fishers.push_back(fisherImage(task));
            m_turnImages.emplace_back(static_cast<std::size_t>(task.layout->imageSize()));
            fillImage(*task.layout, *task.standalone, m_turnImages.back());
        }
    }
}

bool JointRun::isAtEnd() const
{
    return m_minibatches >= settings().steps * static_cast<std::int64_t>(taskCount());
}

bool JointRun::isValidationDue() const
{
    const std::int64_t every = settings().validateEvery * static_cast<std::int64_t>(taskCount());
    return m_validatedAt != m_minibatches && (m_minibatches % every == 0 || isAtEnd());
}

bool JointRun::isPeriodOver() const
{
    return Clock::now() - m_savedAt >= std::chrono::duration<double>(settings().checkpointSeconds)
        && m_minibatches > 0;
}

Result<JointOutcome> JointRun::run()
{
    PALIMPSEST_CHECK(setGoals());
    if (m_request.checkpoint)
        PALIMPSEST_CHECK(restore(*m_request.checkpoint));
    m_savedAt = Clock::now();
    while (true) {
        const Status validated = isValidationDue() ? validate() : success();
        if (isCanceled()) { // here the state is whole: nothing of a step is half done
            PALIMPSEST_CHECK(saveCheckpoint());
            return canceled();
        }
        if (!validated)
            return validated.error();
        if (isDone())
            break;
        if (isSavingDue())
            PALIMPSEST_CHECK(saveCheckpoint());
        PALIMPSEST_CHECK(advance());
    }
    return JointOutcome { .state = std::move(m_best.state),
        .steps = step(),
        .snapshotStep = m_best.step,
        .validationAccuracy = std::move(m_best.accuracy),
        .curves = std::move(m_curves) };
}

/// What validation is measured against. A task with few validation samples is measured by its stand-alone
/// loss.
Status JointRun::setGoals()
{
    std::vector<double> losses(taskCount() + 1); // and whether a rank was asked to stop
    for (std::size_t i = 0; i < taskCount(); ++i) {
        const JointTask& task = m_request.tasks[i];
        if (!m_shares.isMine(i) || m_validationLabels[i].size(0) >= kFewSamples)
            continue;
        const Result<Score> score = scoreTensors(*task.network, tensorsOn(*task.standalone, m_device.torch),
            m_validationInput[i], m_validationLabels[i], m_context.stopToken());
        if (!score && score.error().kind != ErrorKind::Canceled)
            return score.error();
        (score ? losses[i] : losses.back()) = score ? score->loss : 1.0;
    }
    PALIMPSEST_CHECK(m_shares.share(losses));
    if (losses.back() > 0.0)
        return canceled();
    for (std::size_t i = 0; i < taskCount(); ++i) {
        const JointTask& task = m_request.tasks[i];
        m_goals.push_back({ .accuracy = task.standaloneValidationAccuracy,
            .loss = losses[i],
            .tolerance = task.tolerance });
    }
    return success();
}

bool JointRun::isDone() const
{
    return isAtEnd()
        || (m_options.mayStopEarly && (!settings().cosine || isResting(0)) && m_validatedAt == m_minibatches
            && areAllWithin());
}

bool JointRun::areAllWithin() const
{
    return std::find(m_within.begin(), m_within.end(), 0) == m_within.end();
}

void JointRun::updateResting(const std::vector<std::uint8_t>& before)
{
    if (!settings().freezeFinished || isTurns() || m_within == before)
        return;
    const std::vector<bool> resting(m_within.begin(), m_within.end());
    if (m_recorded)
        m_recorded->setResting(resting);
    else
        m_models.front()->setResting(resting);
}

Status JointRun::advance()
{
    if (isTurns())
        PALIMPSEST_CHECK(takeTurnStep());
    else
        PALIMPSEST_CHECK(m_recorded ? takeRecordedStep() : takeJointStep());
    const std::int64_t averaged = step() - firstAveragedStep();
    if (!isTurns() && averaged > 0)
        m_models.front()->addToAverage(averaged);
    const auto total = static_cast<double>(settings().steps * static_cast<std::int64_t>(taskCount()));
    m_context.setProgress(static_cast<double>(m_minibatches) / total,
        "step " + std::to_string(step()) + " of " + std::to_string(settings().steps));
    return success();
}

Status JointRun::takeJointStep()
{
    JointModel& model = *m_models.front();
    model.beginStep();
    std::vector<double> losses(taskCount());
    for (std::size_t task = 0; task < taskCount(); ++task) {
        if (isResting(task))
            m_feeds[task].skip(1);
        else if (m_shares.isMine(task))
            losses[task]
                = model.addGradient(task, m_feeds[task].next(), m_feeds[task].generator()).item<double>();
    }
    model.foldGradients();
    m_agreed = { .stop = m_context.isCanceled(), .save = m_shares.isFirst() && isPeriodOver() };
    PALIMPSEST_CHECK(m_shares.addUp(model.gradients(), losses, m_agreed));
    for (std::size_t task = 0; task < taskCount(); ++task)
        PALIMPSEST_CHECK(countLoss(task, step() + 1, losses[task]));
    model.applyGradients(learningRate(settings(), step()));
    m_minibatches += static_cast<std::int64_t>(taskCount());
    return success();
}

std::int64_t JointRun::firstAveragedStep() const
{
    const auto steps = static_cast<double>(settings().steps);
    return settings().steps - static_cast<std::int64_t>(std::floor(settings().averaging * steps));
}

std::int64_t JointRun::stepsToValidation() const
{
    const std::int64_t left = settings().steps - step();
    return std::min(left, settings().validateEvery - step() % settings().validateEvery);
}

Status JointRun::takeRecordedStep()
{
    if (m_recorded->stepsLeft() == 0) {
        std::vector<float> rates;
        for (std::int64_t i = 0; i < std::min(stepsToValidation(), RecordedStep::kBlock); ++i)
            rates.push_back(static_cast<float>(learningRate(settings(), step() + i)));
        m_recorded->beginBlock(rates);
        m_lossesRead = 0;
    }
    m_recorded->run();
    m_minibatches += static_cast<std::int64_t>(taskCount());
    return m_recorded->stepsLeft() == 0 ? readLosses() : success();
}

Status JointRun::readLosses()
{
    if (!m_recorded)
        return success();
    const at::Tensor losses = m_recorded->losses();
    const std::int64_t first = step() - losses.size(0); // steps before the block
    for (; m_lossesRead < losses.size(0); ++m_lossesRead)
        for (std::size_t task = 0; task < taskCount(); ++task)
            PALIMPSEST_CHECK(countLoss(task, first + m_lossesRead + 1,
                losses[m_lossesRead][static_cast<std::int64_t>(task)].item<double>()));
    return success();
}

Status JointRun::takeTurnStep()
{
    const TurnPosition position = turnPosition(settings(), taskCount(), m_minibatches);
    if (position.inTurn == 0)
        beginTurn(position.task);
    JointModel& model = *m_models[position.task];
    model.beginStep();
    const at::Tensor loss = model.addGradient(
        0, m_feeds[position.task].next(), m_feeds[position.task].generator(), m_penalty.get());
    model.foldGradients();
    PALIMPSEST_CHECK(countLoss(position.task, position.done + 1, loss.item<double>()));
    model.applyGradients(learningRate(settings(), position.done));
    ++m_minibatches;
    if (position.inTurn + 1 == position.turnLength)
        endTurn(position.task);
    return success();
}

void JointRun::beginTurn(std::size_t task)
{
    m_models[task]->load(m_state);
    m_models[task]->restartOptimiser();
    preparePenalty(task);
}

void JointRun::preparePenalty(std::size_t task)
{
    if (settings().softPenalty > 0.0)
        m_penalty = std::make_unique<SoftPenalty>(
            m_request.tasks, task, m_fishers, m_turnImages, settings().softPenalty);
    if (m_penalty)
        m_penalty->moveTo(m_device.torch);
}

void JointRun::endTurn(std::size_t task)
{
    m_models[task]->store(m_state);
    if (settings().softPenalty > 0.0) {
        const at::Tensor image = m_models[task]->image(0).cpu();
        std::copy_n(image.const_data_ptr<float>(), image.numel(), m_turnImages[task].begin());
    }
}

Status JointRun::countLoss(std::size_t task, std::int64_t minibatch, double value)
{
    if (isResting(task))
        return success();
    if (!std::isfinite(value))
        return failure("the training loss of task '" + m_request.tasks[task].name + "' became "
            + (std::isnan(value) ? "NaN" : "infinite") + " at step " + std::to_string(minibatch)
            + "; choose a smaller optimisation.learningRate than " + std::to_string(settings().learningRate)
            + ", or look for extreme values in the task's data");
    m_losses[task].sum += value;
    ++m_losses[task].count;
    return success();
}

JointModel* JointRun::trainingModel() const
{
    if (!isTurns())
        return m_models.front().get();
    if (isAtEnd())
        return nullptr;
    const TurnPosition position = turnPosition(settings(), taskCount(), m_minibatches);
    return position.inTurn > 0 ? m_models[position.task].get() : nullptr;
}

Status JointRun::sync()
{
    if (const JointModel* model = trainingModel())
        model->store(m_state);
    return m_shares.shareOwn(m_state.privateRuns);
}

/// Scores what would be stored, as it would be read: each task by its rank.
Result<std::vector<Score>> JointRun::scoreState(const StoredState& stored)
{
    const VirtualizedState state = readState(stored);
    std::vector<double> found(
        3 * taskCount() + 1); // samples, correct, loss; and whether a rank was asked to stop
    for (std::size_t task = 0; task < taskCount() && found.back() == 0.0; ++task) {
        if (!m_shares.isMine(task))
            continue;
        const Weights weights = virtualizedWeights(m_request.tasks[task], task, state);
        const std::vector<at::Tensor> tensors = tensorsOn(weights, m_device.torch);
        const Result<Score> score = scoreTensors(*m_request.tasks[task].network, tensors,
            m_validationInput[task], m_validationLabels[task], m_context.stopToken());
        if (!score && score.error().kind != ErrorKind::Canceled)
            return score.error();
        if (!score) {
            found.back() = 1.0;
            continue;
        }
        found[3 * task] = static_cast<double>(score->samples);
        found[3 * task + 1] = static_cast<double>(score->correct);
        found[3 * task + 2] = score->loss;
    }
    PALIMPSEST_CHECK(m_shares.share(found));
    m_agreed.stop = m_agreed.stop || found.back() > 0.0;
    if (m_agreed.stop)
        return canceled();
    std::vector<Score> scores;
    for (std::size_t task = 0; task < taskCount(); ++task) {
        const Score score { static_cast<std::int64_t>(found[3 * task]),
            static_cast<std::int64_t>(found[3 * task + 1]), found[3 * task + 2] };
        if (!std::isfinite(score.loss))
            return failure("the validation loss of task '" + m_request.tasks[task].name
                + "' is not finite at step " + std::to_string(step())
                + "; choose a smaller optimisation.learningRate than "
                + std::to_string(settings().learningRate));
        scores.push_back(score);
    }
    return scores;
}

Status JointRun::validate()
{
    PALIMPSEST_CHECK(sync());
    StoredState stored = storeState(m_request.tasks, m_state, m_request.forms);
    PALIMPSEST_TRY(const std::vector<Score> scores, scoreState(stored));
    m_validatedAt = m_minibatches;
    const std::vector<std::uint8_t> before = m_within;
    for (std::size_t task = 0; task < taskCount(); ++task) {
        LossSum& loss = m_losses[task];
        const CurvePoint point { step(), loss.count == 0 ? 0.0 : loss.sum / static_cast<double>(loss.count),
            scores[task].loss, scores[task].accuracy() };
        loss = {};
        m_curves[task].push_back(point);
        reportPoint(task, point);
        m_within[task] = shortfall(m_goals[task], scores[task]) >= 0.0 ? 1 : 0;
    }
    updateResting(before);
    keepBest(std::move(stored), scores);
    if (isAtEnd() && !isTurns() && !m_models.front()->average().empty()) {
        VirtualizedState mean = m_state;
        m_models.front()->storeAverage(mean);
        stored = storeState(m_request.tasks, mean, m_request.forms);
        PALIMPSEST_TRY(const std::vector<Score> meanScores, scoreState(stored));
        keepBest(std::move(stored), meanScores);
    }
    return success();
}

void JointRun::keepBest(StoredState stored, const std::vector<Score>& scores)
{
    const SnapshotGrade grade = gradeSnapshot(m_goals, scores);
    if (m_best.step >= 0 && !grade.isBetterThan(m_best.grade))
        return;
    m_best = { std::move(stored), grade, step(), {} };
    for (const Score& score : scores)
        m_best.accuracy.push_back(score.accuracy());
}

void JointRun::reportPoint(std::size_t task, const CurvePoint& point) const
{
    const std::string series = m_options.series + "/" + m_request.tasks[task].name + "/";
    const auto x = static_cast<double>(point.step);
    m_context.channel().addSample({ series + "validationAccuracy", x, point.validationAccuracy });
    if (point.step > 0 && point.trainLoss != 0.0) // else it was at rest
        m_context.channel().addSample({ series + "loss", x, point.trainLoss });
}

} // namespace palimpsest::nn
