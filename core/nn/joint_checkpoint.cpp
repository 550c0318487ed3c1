// SPDX-License-Identifier: Apache-2.0
// What a checkpoint of joint optimisation holds, as a Record:
//   request                       text: settings and tasks it belongs to
//   counters                      int64 [minibatches, validated at, snapshot step]
//   state/                        pool, exclusive, private/<task>, poolScales, exclusiveScales
//   snapshot/                     putStoredState()
//   average/<i>                   float32: running means of the parameters, while there are some
//   snapshot/grade                float64 [shortfall, quality, loss];  snapshot/accuracy  float64 [tasks]
//   losses                        float64 [tasks, 2]: sum and count since the last curve point
//   within                        uint8 [tasks]: 1 for a task within its tolerance at the last validation
//   curves/<task>                 float64 [points, 4]: step, train loss, validation loss, validation accuracy
//   optimiser/<i>                 float32: moments and step counts of the model that trains now
//   generators/<task>             uint8: state of the dropout's random numbers
//   turnImages/<task>             float32: weights at the end of the task's last turn, with a soft penalty
// <task> is the task's number: names may hold anything.
#include "core/base/float_formats.h"
#include "core/nn/joint_run.h"

#include <algorithm>
#include <mutex>
#include <sstream>

namespace palimpsest::nn {
namespace {

template <class T> void put(Record& record, const std::string& name, const std::vector<T>& values)
{
    record.arrays.insert_or_assign(name, Array::from(values));
}

std::string numbered(const std::string& name, std::size_t index)
{
    return name + "/" + std::to_string(index);
}

bool isFinite(const VirtualizedState& state)
{
    return areFinite(state.pool) && areFinite(state.exclusive) && areFinite(state.poolScales)
        && areFinite(state.exclusiveScales)
        && std::all_of(state.privateRuns.begin(), state.privateRuns.end(), areFinite);
}

void putState(Record& record, const std::string& prefix, const VirtualizedState& state)
{
    put(record, prefix + "/pool", state.pool);
    put(record, prefix + "/exclusive", state.exclusive);
    put(record, prefix + "/poolScales", state.poolScales);
    put(record, prefix + "/exclusiveScales", state.exclusiveScales);
    for (std::size_t task = 0; task < state.privateRuns.size(); ++task)
        put(record, numbered(prefix + "/private", task), state.privateRuns[task]);
}

Error foreign(const std::string& name)
{
    return badInput("the checkpoint does not belong to this optimisation: '" + name
        + "' is missing or differs; delete the checkpoint to start anew");
}

/// Copies the array into `values`, whose size says what is expected unless `anySize`.
template <class T>
Status take(const Record& record, const std::string& name, std::vector<T>& values, bool anySize = false)
{
    const auto found = record.arrays.find(name);
    if (found == record.arrays.end() || found->second.type() != DTypeOf<T>::kValue
        || (!anySize && found->second.size() != values.size()))
        return foreign(name);
    const std::span<const T> stored = found->second.as<T>();
    values.assign(stored.begin(), stored.end());
    return success();
}

Status takeState(const Record& record, const std::string& prefix, VirtualizedState& state)
{
    PALIMPSEST_CHECK(take(record, prefix + "/pool", state.pool));
    PALIMPSEST_CHECK(take(record, prefix + "/exclusive", state.exclusive));
    PALIMPSEST_CHECK(take(record, prefix + "/poolScales", state.poolScales));
    PALIMPSEST_CHECK(take(record, prefix + "/exclusiveScales", state.exclusiveScales));
    for (std::size_t task = 0; task < state.privateRuns.size(); ++task)
        PALIMPSEST_CHECK(take(record, numbered(prefix + "/private", task), state.privateRuns[task]));
    return success();
}

template <class T> std::vector<T> valuesOf(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
    const T* first = plain.const_data_ptr<T>();
    return { first, first + plain.numel() };
}

std::vector<std::uint8_t> stateOf(at::Generator generator)
{
    const std::scoped_lock lock(generator.mutex());
    return valuesOf<std::uint8_t>(generator.get_state());
}

} // namespace

/// Whatever decides about the course of a run, but for the data themselves, in a text to compare.
std::string JointRun::requestText() const
{
    const OptimisationSettings& s = settings();
    std::ostringstream text;
    text.precision(17);
    text << "joint optimisation 2\nseed " << m_request.seed << "\nschedule " << static_cast<int>(s.schedule)
         << "\nsteps " << s.steps << "\nbatch " << s.batch << "\nlearningRate " << s.learningRate
         << "\nweightDecay " << s.weightDecay << "\nwarmup " << s.warmup << "\ncosine " << s.cosine
         << "\nvalidateEvery " << s.validateEvery << "\nturnSteps " << s.turnSteps << "\nsoftPenalty "
         << s.softPenalty << "\nclipNorm " << s.clipNorm << "\ndistillation " << s.distillation
         << "\ntemperature " << s.temperature << "\nmixing " << s.mixing << "\naveraging " << s.averaging
         << "\nforms " << static_cast<int>(m_request.forms.pool) << " "
         << static_cast<int>(m_request.forms.exclusive) << " " << static_cast<int>(m_request.forms.privates)
         << "\n";
    if (s.optimiser == Optimiser::Sgd)
        text << "sgd, momentum " << s.momentum << "\n";
    if (s.freezeFinished)
        text << "freezeFinished\n";
    for (const JointTask& task : m_request.tasks) {
        text << "task " << task.name << " weight " << task.lossWeight << " tolerance " << task.tolerance
             << " standalone " << task.standaloneValidationAccuracy << " train " << task.train->count()
             << " validation " << task.validation->count() << "\n";
        if (const AugmentationSettings& a = task.augmentation; a != AugmentationSettings {})
            text << "augmentation " << a.flip << " " << a.shift << " " << a.timeShift << " " << a.noise
                 << "\n";
    }
    return text.str();
}

Status JointRun::saveCheckpoint()
{
    if (!m_request.saveCheckpoint && m_shares.isAlone())
        return success();
    PALIMPSEST_CHECK(readLosses());
    PALIMPSEST_CHECK(sync());
    // A step that breaks weights shows in the loss of the next one: the last checkpoint is better than this would be.
    const bool isGood = !m_shares.isFirst() || isFinite(m_state);
    std::vector<std::vector<std::uint8_t>> generators;
    for (TaskFeed& feed : m_feeds)
        generators.push_back(stateOf(feed.generator()));
    PALIMPSEST_CHECK(m_shares.shareOwn(generators));
    m_agreed.save = false;
    if (!m_request.saveCheckpoint || !m_shares.isFirst() || !isGood)
        return success();
    Record record;
    record.texts["request"] = requestText();
    put(record, "counters", std::vector<std::int64_t> { m_minibatches, m_validatedAt, m_best.step });
    putState(record, "state", m_state);
    if (m_best.step >= 0) {
        putStoredState(record, "snapshot", m_best.state);
        put(record, "snapshot/grade",
            std::vector<double> { m_best.grade.shortfall, m_best.grade.quality, m_best.grade.loss });
        put(record, "snapshot/accuracy", m_best.accuracy);
    }
    std::vector<double> losses;
    for (const LossSum& loss : m_losses)
        losses.insert(losses.end(), { loss.sum, static_cast<double>(loss.count) });
    put(record, "losses", losses);
    put(record, "within", m_within);
    for (std::size_t task = 0; task < taskCount(); ++task) {
        std::vector<double> points;
        for (const CurvePoint& point : m_curves[task])
            points.insert(points.end(),
                { static_cast<double>(point.step), point.trainLoss, point.validationLoss,
                    point.validationAccuracy });
        put(record, numbered("curves", task), points);
        put(record, numbered("generators", task), generators[task]);
    }
    if (const JointModel* model = trainingModel()) {
        const std::vector<at::Tensor> optimiser = model->optimiserState();
        for (std::size_t i = 0; i < optimiser.size(); ++i)
            put(record, numbered("optimiser", i), valuesOf<float>(optimiser[i]));
        for (std::size_t i = 0; i < model->average().size(); ++i)
            put(record, numbered("average", i), valuesOf<float>(model->average()[i]));
    }
    for (std::size_t task = 0; task < m_turnImages.size(); ++task)
        put(record, numbered("turnImages", task), m_turnImages[task]);
    PALIMPSEST_CHECK(m_request.saveCheckpoint(record));
    m_savedAt = Clock::now();
    return success();
}

Status JointRun::restore(const Record& record)
{
    const auto text = record.texts.find("request");
    if (text == record.texts.end() || text->second != requestText())
        return foreign("request");
    std::vector<std::int64_t> counters(3);
    PALIMPSEST_CHECK(take(record, "counters", counters));
    const std::int64_t total = settings().steps * static_cast<std::int64_t>(taskCount());
    if (counters[0] < 0 || counters[0] > total
        || (!isTurns() && counters[0] % static_cast<std::int64_t>(taskCount()) != 0))
        return foreign("counters");
    m_minibatches = counters[0];
    m_validatedAt = counters[1];
    PALIMPSEST_CHECK(takeState(record, "state", m_state));
    if (counters[2] >= 0) {
        const std::optional<StoredState> snapshot = takeStoredState(record, "snapshot");
        if (!snapshot || snapshot->privateRuns.size() != taskCount()
            || snapshot->pool.pageCount * snapshot->pool.pageSize
                != static_cast<std::int64_t>(m_state.pool.size()))
            return foreign("snapshot");
        m_best = { *snapshot, {}, counters[2], std::vector<double>(taskCount()) };
        std::vector<double> grade(3);
        PALIMPSEST_CHECK(take(record, "snapshot/grade", grade));
        PALIMPSEST_CHECK(take(record, "snapshot/accuracy", m_best.accuracy));
        m_best.grade = { grade[0], grade[1], grade[2] };
    }
    const std::vector<std::uint8_t> nobody = m_within;
    PALIMPSEST_CHECK(take(record, "within", m_within));
    updateResting(nobody);
    std::vector<double> losses(2 * taskCount());
    PALIMPSEST_CHECK(take(record, "losses", losses));
    for (std::size_t task = 0; task < taskCount(); ++task) {
        m_losses[task] = { losses[2 * task], static_cast<std::int64_t>(losses[2 * task + 1]) };
        PALIMPSEST_CHECK(restoreTask(record, task));
    }
    for (std::size_t task = 0; task < m_turnImages.size(); ++task)
        PALIMPSEST_CHECK(take(record, numbered("turnImages", task), m_turnImages[task]));
    return restoreModels(record);
}

Status JointRun::restoreTask(const Record& record, std::size_t task)
{
    m_feeds[task].skip(minibatchesOfTask(settings(), taskCount(), task, m_minibatches));
    std::vector<std::uint8_t> generator = stateOf(m_feeds[task].generator());
    PALIMPSEST_CHECK(take(record, numbered("generators", task), generator));
    {
        at::Generator& own = m_feeds[task].generator();
        const std::scoped_lock lock(own.mutex());
        own.set_state(
            at::from_blob(generator.data(), { static_cast<std::int64_t>(generator.size()) }, at::kByte)
                .clone());
    }
    std::vector<double> points;
    PALIMPSEST_CHECK(take(record, numbered("curves", task), points, /*anySize=*/true));
    if (points.size() % 4 != 0)
        return foreign(numbered("curves", task));
    for (std::size_t i = 0; i < points.size(); i += 4) {
        m_curves[task].push_back(
            { static_cast<std::int64_t>(points[i]), points[i + 1], points[i + 2], points[i + 3] });
        reportPoint(task, m_curves[task].back());
    }
    return success();
}

Status JointRun::restoreModels(const Record& record)
{
    for (const auto& model : m_models)
        model->load(m_state);
    JointModel* model = trainingModel();
    if (model == nullptr)
        return success();
    std::vector<at::Tensor> optimiser;
    for (const at::Tensor& own : model->optimiserState()) {
        std::vector<float> values(static_cast<std::size_t>(own.numel()));
        PALIMPSEST_CHECK(take(record, numbered("optimiser", optimiser.size()), values));
        optimiser.push_back(at::empty(own.sizes(), at::kFloat));
        std::copy(values.begin(), values.end(), optimiser.back().mutable_data_ptr<float>());
    }
    model->setOptimiserState(optimiser);
    std::vector<at::Tensor> average;
    for (const at::Tensor& own : model->parameters()) {
        if (!record.arrays.contains(numbered("average", average.size())))
            break;
        std::vector<float> values(static_cast<std::size_t>(own.numel()));
        PALIMPSEST_CHECK(take(record, numbered("average", average.size()), values));
        average.push_back(at::tensor(values, at::kFloat));
    }
    if (!average.empty() && average.size() != model->parameters().size())
        return foreign("average");
    model->setAverage(average);
    if (isTurns() && !isAtEnd())
        preparePenalty(turnPosition(settings(), taskCount(), m_minibatches).task);
    return success();
}

} // namespace palimpsest::nn
