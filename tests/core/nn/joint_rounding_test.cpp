// SPDX-License-Identifier: Apache-2.0
// Training through the rounding, distillation and mixtures, against plain autograd.
#include "core/nn/evaluate.h"
#include "core/nn/joint_model.h"
#include "core/nn/joint_schedule.h"
#include "tests/core/nn/joint_fixture.h"
#include "tests/core/nn/plain_joint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace palimpsest {
namespace {

using namespace test;

/// The straight-through estimate written with constants: w = s16 q, of which u = v / s16 counts as the identity inside.
at::Tensor plainRounding(
    const at::Tensor& values, const at::Tensor& scales, Storage storage, std::int64_t pageSize)
{
    if (storage == Storage::Float32)
        return values;
    if (storage == Storage::Float16)
        return values + (values.to(at::kHalf).to(at::kFloat) - values).detach();
    const at::Tensor read = scales + (scales.to(at::kHalf).to(at::kFloat) - scales).detach();
    const at::Tensor s = read.view({ -1, scaleCount(storage, pageSize) })
                             .repeat_interleave(kScaleGroup, 1)
                             .narrow(1, 0, pageSize);
    const at::Tensor u = (values / s).detach();
    const double largest = largestCode(storage);
    const at::Tensor q = storage == Storage::Binary ? at::where(u.lt(0.0), -1.0, 1.0).to(at::kFloat)
                                                    : u.round().clamp(-largest, largest);
    const at::Tensor inside = u.abs().le(largest).to(at::kFloat);
    // inside: dw/dv = 1 and dw/ds = q - u; outside: dw/ds = q
    const at::Tensor share = (q - inside * u).detach();
    const at::Tensor w = inside * values + s * share;
    return w + (s * q - w).detach();
}

struct Plain {
    at::Tensor pool, exclusive, poolScales, exclusiveScales; ///< leaves
};

/// Loss of one minibatch by hand: mixtures, teacher, both terms.
at::Tensor plainLoss(const JointTask& task, const JointRequest& request, std::span<const at::Tensor> tensors,
    const nn::TaskFeed::Draws& draws, at::Generator& generator)
{
    const OptimisationSettings& s = request.settings;
    const at::Tensor x = nn::inputTensor(*task.train);
    const at::Tensor y = nn::labelTensor(*task.train);
    const auto* position = draws.positions.const_data_ptr<std::int64_t>();
    std::vector<at::Tensor> rows;
    const std::int64_t batch = draws.positions.size(1);
    const std::int64_t mixed = draws.partners.size(1);
    for (std::int64_t i = 0; i < batch; ++i) {
        at::Tensor row = x[position[i]];
        if (const std::int64_t k = i - (batch - mixed); k >= 0) {
            const float share = draws.shares.const_data_ptr<float>()[k];
            row = row * share + x[draws.partners.const_data_ptr<std::int64_t>()[k]] * (1.0F - share);
        }
        rows.push_back(row);
    }
    const at::Tensor input = at::stack(rows);
    const at::Tensor logits
        = nn::forward(*task.network, tensors, input, { .training = true, .generator = generator });
    at::Tensor hard = at::zeros({});
    for (std::int64_t i = 0; i < batch - mixed; ++i)
        hard = hard - at::log_softmax(logits[i], 0)[y[position[i]].item<std::int64_t>()];
    hard = hard / static_cast<double>(batch - mixed);
    const at::Tensor teacher = at::log_softmax(
        nn::forward(*task.network, nn::viewsOf(*task.standalone), input) / s.temperature, 1);
    const at::Tensor divergence
        = (teacher.exp() * (teacher - at::log_softmax(logits / s.temperature, 1))).sum()
        / static_cast<double>(batch);
    return (hard * (1.0 - s.distillation) + divergence * (s.distillation * s.temperature * s.temperature))
        * task.lossWeight;
}

class JointRounding : public testing::TestWithParam<Storage> { };

TEST_P(JointRounding, GradientsAreThoseOfPlainAutograd)
{
    JointFixture fixture({ denseNetwork(), denseNetwork() }, 3, true);
    JointRequest request = fixture.request();
    request.forms = { GetParam(), Storage::Int4, Storage::Float16 };
    request.settings.distillation = 0.7;
    request.settings.mixing = 0.5;
    const nn::ComputeDevice cpu = nn::computeDevice("cpu");
    findScales(request.start, request.forms);
    // The teacher must have something else to say than the rounded student.
    for (float& value : request.start.pool)
        value *= 1.3F;
    nn::JointModel model(request.tasks, { 0, 1 }, request.forms, request.settings, cpu);
    model.load(request.start);
    model.beginStep();

    const std::int64_t pageSize = request.start.pageSize;
    const auto leaf = [](const std::vector<float>& values, std::int64_t width) {
        return at::tensor(values, at::kFloat).view({ -1, width }).set_requires_grad(true);
    };
    const at::Tensor pool = leaf(request.start.pool, pageSize);
    const at::Tensor exclusive = leaf(request.start.exclusive, pageSize);
    const at::Tensor poolScales = at::tensor(request.start.poolScales, at::kFloat).set_requires_grad(true);
    const at::Tensor exclusiveScales
        = at::tensor(request.start.exclusiveScales, at::kFloat).set_requires_grad(true);
    const at::Tensor pages = at::cat({ plainRounding(pool, poolScales, request.forms.pool, pageSize),
        plainRounding(exclusive, exclusiveScales, request.forms.exclusive, pageSize) });
    at::Tensor loss = at::zeros({});
    for (std::size_t t = 0; t < 2; ++t) {
        const JointTask& task = request.tasks[t];
        nn::TaskFeed feed(task, request.settings, request.seed, cpu);
        nn::TaskFeed same(task, request.settings, request.seed, cpu);
        const nn::TaskFeed::Draws draws = same.nextDraws(1);
        ASSERT_EQ(draws.partners.size(1), 8);
        model.addGradient(t, feed.next(), feed.generator());
        std::vector<std::int64_t> rows;
        for (const PageRef& entry : task.table->entries)
            rows.push_back(entry.index + (entry.exclusive ? fixture.slots() : 0));
        const at::Tensor image = pages.index_select(0, at::tensor(rows, at::kLong)).flatten();
        std::vector<at::Tensor> tensors = nn::viewsOf(*task.standalone);
        for (const TensorPlace& place : task.layout->places)
            if (!place.isPrivate)
                tensors[place.tensor] = image.narrow(0, place.offset, place.size)
                                            .view(task.network->tensors[place.tensor].shape);
        loss = loss + plainLoss(task, request, tensors, draws, same.generator());
    }
    loss.backward();
    model.foldGradients();
    model.applyGradients(0.01); // rounds the gradients on its way
    const at::Tensor expected = at::cat({ pool.grad().flatten(), exclusive.grad().flatten() });
    EXPECT_GT(expected.abs().max().item<double>(), 0.01);
    EXPECT_LT((model.pageGradient() - expected).abs().max().item<double>(), 2e-6);
    std::vector<at::Tensor> scaleGradients;
    if (poolScales.numel() > 0)
        scaleGradients.push_back(poolScales.grad().flatten());
    scaleGradients.push_back(exclusiveScales.grad().flatten());
    const at::Tensor expectedScales = at::cat(scaleGradients);
    EXPECT_GT(expectedScales.abs().max().item<double>(), 1e-3);
    EXPECT_LT((model.scaleGradient() - expectedScales).abs().max().item<double>(),
        2e-5 * std::max(1, largestCode(request.forms.pool)));
}

INSTANTIATE_TEST_SUITE_P(Forms, JointRounding,
    testing::Values(
        Storage::Float32, Storage::Float16, Storage::Int8, Storage::Int3, Storage::Ternary, Storage::Binary));

TEST(JointRoundingRun, LearnsAndHandsOutWhatItScored)
{
    JointFixture fixture({ denseNetwork(), convolutionalNetwork() }, 3, true);
    JointRequest request = fixture.request();
    request.forms = { Storage::Ternary, Storage::Int8, Storage::Int8 };
    request.settings.steps = 120;
    request.settings.validateEvery = 60;
    request.settings.distillation = 0.5;
    request.settings.averaging = 0.2;
    for (JointTask& task : request.tasks)
        task.standaloneValidationAccuracy = 1.0;
    const JointOutcome outcome = optimise(request);
    EXPECT_GT(outcome.snapshotStep, 0);
    EXPECT_EQ(outcome.state.pool.storage, Storage::Ternary);
    EXPECT_EQ(outcome.state.privateRuns[0].storage, Storage::Int8);
    EXPECT_EQ(outcome.state.privateRuns[1].storage, Storage::Float16)
        << "it holds the statistics of a batch norm";
    Job job;
    for (std::size_t t = 0; t < 2; ++t) {
        const auto score = evaluateNetwork(*request.tasks[t].network,
            virtualizedWeights(request.tasks[t], t, readState(outcome.state)), *request.tasks[t].validation,
            job.context);
        ASSERT_TRUE(score);
        EXPECT_DOUBLE_EQ(score->accuracy(), outcome.validationAccuracy[t]);
        EXPECT_GT(score->accuracy(), outcome.curves[t].front().validationAccuracy);
    }
    // Reading and storing again gives the same bits.
    EXPECT_EQ(storeState(request.tasks, readState(outcome.state), request.forms), outcome.state);
}

TEST(JointRoundingRun, ResumesBitEqualWithScalesAndMeans)
{
    JointFixture fixture({ denseNetwork(), convolutionalNetwork() }, 3, true);
    JointRequest request = fixture.request();
    request.forms = { Storage::Ternary, Storage::Int4, Storage::Float16 };
    request.settings.distillation = 0.7;
    request.settings.averaging = 0.5;
    request.settings.clipNorm = 0.05;
    const JointOutcome unbroken = optimise(request);
    const std::vector<Record> records = checkpointsOf(request);
    ASSERT_GE(records.size(), static_cast<std::size_t>(request.settings.steps - 1));
    for (const Record& record : records) {
        request.checkpoint = record;
        const JointOutcome resumed = optimise(request);
        EXPECT_EQ(resumed.state, unbroken.state);
        EXPECT_EQ(resumed.snapshotStep, unbroken.snapshotStep);
    }
}

TEST(JointRoundingRun, ClippingShortensALongGradient)
{
    JointFixture fixture({ denseNetwork(), denseNetwork() }, 3, true);
    JointRequest request = fixture.request();
    const nn::ComputeDevice cpu = nn::computeDevice("cpu");
    const auto norm = [&](double clip) {
        request.settings.clipNorm = clip;
        nn::JointModel model(request.tasks, { 0, 1 }, request.forms, request.settings, cpu);
        model.load(request.start);
        model.beginStep();
        for (std::size_t t = 0; t < 2; ++t) {
            nn::TaskFeed feed(request.tasks[t], request.settings, request.seed, cpu);
            model.addGradient(t, feed.next(), feed.generator());
        }
        model.foldGradients();
        model.applyGradients(0.0);
        return at::linalg_vector_norm(model.pageGradient()).item<double>();
    };
    const double free = norm(0.0);
    EXPECT_NEAR(norm(0.5 * free / std::sqrt(2.0)), 0.5 * free, 1e-6); // times the root of two tasks
    EXPECT_NEAR(norm(2.0 * free), free, 1e-6) << "a short one is left alone";
}

TEST(TaskFeed, DrawsTheSameMixturesAfterASkip)
{
    JointFixture fixture({ denseNetwork() }, 3, false);
    JointRequest request = fixture.request();
    request.settings.distillation = 0.7;
    const nn::ComputeDevice cpu = nn::computeDevice("cpu");
    nn::TaskFeed whole(request.tasks[0], request.settings, 5, cpu),
        late(request.tasks[0], request.settings, 5, cpu);
    (void)whole.nextDraws(13);
    late.skip(13);
    const nn::TaskFeed::Draws a = whole.nextDraws(2), b = late.nextDraws(2);
    EXPECT_TRUE(a.positions.equal(b.positions) && a.partners.equal(b.partners) && a.shares.equal(b.shares));
    EXPECT_FALSE(a.shares[0].equal(a.shares[1]));
    EXPECT_GE(a.shares.min().item<double>(), 0.0);
    EXPECT_LT(a.shares.max().item<double>(), 1.0);
}

TEST(TaskFeed, AsksNoTeacherWithoutDistillation)
{
    JointFixture fixture({ denseNetwork() }, 3, false);
    const JointRequest request = fixture.request();
    nn::TaskFeed feed(request.tasks[0], request.settings, 5, nn::computeDevice("cpu"));
    EXPECT_EQ(feed.mixedRows(), 0);
    EXPECT_FALSE(feed.next().targets.defined());
}

TEST(StoredState, RecordsAreReadBackAndDamageIsSeen)
{
    JointFixture fixture({ denseNetwork(), convolutionalNetwork() }, 3, true);
    const JointRequest request = fixture.request();
    const StoredState state
        = storeState(request.tasks, request.start, { Storage::Ternary, Storage::Int4, Storage::Int8 });
    Record record;
    putStoredState(record, "state", state);
    EXPECT_EQ(takeStoredState(record, "state"), state);
    EXPECT_EQ(takeStoredState(record, "other"), std::nullopt);
    for (const char* name : { "state/pool", "state/scales/exclusive", "state/private/1" }) {
        Record damaged = record;
        damaged.arrays.at(name) = Array::from(std::vector<std::uint8_t>(3));
        EXPECT_EQ(takeStoredState(damaged, "state"), std::nullopt) << name;
        damaged.arrays.erase(name);
        EXPECT_EQ(takeStoredState(damaged, "state"), std::nullopt) << name;
    }
    for (const char* forms :
        { "", "[]", "{\"pool\":1}", "{\"pool\":[9,64,3],\"exclusive\":[0,64,2],\"privates\":[]}",
            "{\"pool\":[\"x\",64,3],\"exclusive\":[0,64,2],\"privates\":[]}" }) {
        Record damaged = record;
        damaged.texts.at("state/forms") = forms;
        EXPECT_EQ(takeStoredState(damaged, "state"), std::nullopt) << forms;
    }
}

} // namespace
} // namespace palimpsest
