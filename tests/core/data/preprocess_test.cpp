// SPDX-License-Identifier: Apache-2.0
#include "core/data/preprocess.h"

#include "fixtures.h"

#include <rapidcheck.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace palimpsest {
namespace {

using test::badInputText;
using test::require;

template <class T> RawSamples samplesOf(const std::vector<T>& values, Shape sampleShape)
{
    const auto count = static_cast<std::int64_t>(values.size()) / elementCount(sampleShape);
    sampleShape.insert(sampleShape.begin(), count);
    RawSamples samples;
    samples.x = Array::from(std::span<const T>(values), sampleShape);
    samples.y.assign(static_cast<std::size_t>(count), 0);
    return samples;
}

std::vector<float> apply(const std::string& steps, const RawSamples& samples)
{
    return require(preprocess(require(parsePreprocessing(splitSteps(steps), "x")), samples, 1, "x")).x;
}

Preprocessing fit(const std::string& steps, const RawSamples& train, const std::vector<std::int64_t>& indices)
{
    return require(fitPreprocessing(require(parsePreprocessing(splitSteps(steps), "x")), train, indices));
}

TEST(Preprocess, ConvertsEveryType)
{
    const std::vector<float> expected { 0, 7, 200 };
    EXPECT_EQ(apply("", samplesOf<std::uint8_t>({ 0, 7, 200 }, { 3 })), expected);
    EXPECT_EQ(apply("", samplesOf<std::int16_t>({ 0, 7, 200 }, { 3 })), expected);
    EXPECT_EQ(apply("", samplesOf<std::int32_t>({ 0, 7, 200 }, { 3 })), expected);
    EXPECT_EQ(apply("", samplesOf<float>({ 0, 7, 200 }, { 3 })), expected);
    EXPECT_EQ(apply("", samplesOf<double>({ 0, 7, 200 }, { 3 })), expected);
    EXPECT_THROW((void)apply("", samplesOf<std::int64_t>({ 0 }, { 1 })), std::invalid_argument);
}

TEST(Preprocess, ScalesAndInverts)
{
    const RawSamples samples = samplesOf<std::uint8_t>({ 0, 51, 255 }, { 3 });
    EXPECT_EQ(apply("scale=255", samples), (std::vector<float> { 0.0F, 0.2F, 1.0F }));
    EXPECT_EQ(apply("invert=255", samples), (std::vector<float> { 1.0F, 0.8F, 0.0F }));
}

TEST(Preprocess, DividesEachSampleByItsNorm)
{
    // |(3, 4)| = 5, the next one is all zero, |(1, 2)| = sqrt(5).
    const std::vector<float> got = apply("l2", samplesOf<std::uint8_t>({ 3, 4, 0, 0, 1, 2 }, { 2 }));
    EXPECT_EQ(got, (std::vector<float> { 0.6F, 0.8F, 0, 0, 0.4472136F, 0.8944272F }));
    // More values than are added up at once: |(1, ..., 6)| = sqrt(91).
    EXPECT_FLOAT_EQ(apply("l2", samplesOf<std::uint8_t>({ 1, 2, 3, 4, 5, 6 }, { 6 }))[5], 0.6289709F);
}

TEST(Preprocess, SubtractsColumnMeans)
{
    // Two channels of 2 rows x 3 columns: each column of each channel less the mean of its two rows.
    const std::vector<float> values { 1, 2, 3, 5, 8, 3, /**/ 0, 10, 20, 10, 0, 10 };
    const std::vector<float> expected { -2, -3, 0, 2, 3, 0, /**/ -5, 5, 5, 5, -5, -5 };
    EXPECT_EQ(apply("column-mean", samplesOf(values, { 2, 2, 3 })), expected);
    EXPECT_EQ(apply("column-mean", samplesOf(values, { 2, 3 })), expected); // two samples of one channel
    EXPECT_EQ(apply("scale=2,column-mean", samplesOf(values, { 2, 2, 3 }))[1], -1.5F);
}

TEST(Preprocess, ExchangesRowsAndColumns)
{
    const std::vector<float> values { 1, 2, 3, 4, 5, 6, /**/ 7, 8, 9, 10, 11, 12 }; // two channels of 2 x 3
    const std::vector<float> expected { 1, 4, 2, 5, 3, 6, /**/ 7, 10, 8, 11, 9, 12 };
    EXPECT_EQ(apply("transpose", samplesOf(values, { 2, 2, 3 })), expected);
    EXPECT_EQ(apply("transpose", samplesOf(values, { 2, 3 })), expected); // two samples of one channel
    EXPECT_EQ(apply("transpose,transpose", samplesOf(values, { 1, 3, 4 })), values);
    const RawSamples samples = samplesOf(values, { 2, 2, 3 });
    EXPECT_EQ(require(preprocessedShape(require(parsePreprocessing({ "transpose" }, "x")), samples, "x")),
        (Shape { 2, 3, 2 }));
    EXPECT_CONTAINS(
        badInputText(preprocess({ { "transpose", 0.0, {}, {} } }, samplesOf(values, { 12 }), 1, "x")),
        "transpose needs samples of shape");
}

TEST(Preprocess, InvertsBeforeColumnMeans)
{
    // v = (255 - x) / 255 is 1, 0 and 0.8; the mean of the first column is 0.5, of the second 0.9.
    const std::vector<float> got
        = apply("invert=255,column-mean", samplesOf<std::uint8_t>({ 0, 51, 255, 0 }, { 1, 2, 2 }));
    const std::vector<float> expected { 0.5F, -0.1F, -0.5F, 0.1F };
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_NEAR(got[i], expected[i], 1e-7F);
}

TEST(Preprocess, StandardisesEachChannelOverTheTrainingSamples)
{
    // Shape [2, 2]: channel 0 of samples 0 and 2 holds 1 3 5 7 (mean 4, variance 5), channel 1 holds 2 2 2 2.
    const RawSamples train
        = samplesOf<float>({ 1, 3, 2, 2, /**/ 100, 100, 100, 100, /**/ 5, 7, 2, 2 }, { 2, 2 });
    const Preprocessing steps = fit("standardise", train, { 0, 2 });
    EXPECT_EQ(steps[0].mean, (std::vector<float> { 4, 2 }));
    EXPECT_EQ(steps[0].deviation, (std::vector<float> { std::sqrt(5.0F), 1 })); // 1 where nothing varies
    const std::vector<float> got = require(preprocess(steps, train, 1, "x")).x;
    EXPECT_FLOAT_EQ(got[0], -3.0F / std::sqrt(5.0F));
    EXPECT_FLOAT_EQ(got[2], 0.0F);
    EXPECT_FLOAT_EQ(got[6], 98.0F);
}

TEST(Preprocess, StandardisesEachFeatureOfAFlatSample)
{
    const RawSamples train = samplesOf<std::uint8_t>({ 1, 10, 3, 30 }, { 2 });
    const Preprocessing steps = fit("standardise", train, { 0, 1 });
    EXPECT_EQ(steps[0].mean, (std::vector<float> { 2, 20 }));
    EXPECT_EQ(steps[0].deviation, (std::vector<float> { 1, 10 }));
    EXPECT_EQ(require(preprocess(steps, train, 1, "x")).x, (std::vector<float> { -1, -1, 1, 1 }));
}

TEST(Preprocess, FitsWhatTheStepsBeforeLeave)
{
    const RawSamples train = samplesOf<std::uint8_t>({ 10, 30 }, { 1 });
    const Preprocessing steps = fit("scale=10,standardise,standardise", train, { 0, 1 });
    EXPECT_EQ(steps[1].mean, std::vector<float> { 2 });
    EXPECT_EQ(steps[2].mean, std::vector<float> { 0 });
    EXPECT_EQ(steps[2].deviation, std::vector<float> { 1 });
}

TEST(Preprocess, StandardisedTrainingSamplesHaveMeanZeroAndDeviationOne)
{
    EXPECT_TRUE(rc::check([] {
        const auto values
            = *rc::gen::container<std::vector<std::int16_t>>(60, rc::gen::arbitrary<std::int16_t>());
        const RawSamples train = samplesOf(values, { 3, 2 });
        std::vector<std::int64_t> all(10);
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = static_cast<std::int64_t>(i);
        const Preprocessing steps = fit("standardise", train, all);
        const LabelledSamples got = require(preprocess(steps, train, 1, "x"));
        for (std::size_t c = 0; c < 3; ++c) {
            double sum = 0.0;
            double squares = 0.0;
            for (std::size_t i = 0; i < 60; ++i)
                if (i / 2 % 3 == c) {
                    sum += static_cast<double>(got.x[i]);
                    squares += static_cast<double>(got.x[i]) * static_cast<double>(got.x[i]);
                }
            RC_ASSERT(std::abs(sum / 20) < 1e-4);
            RC_ASSERT(squares == 0.0 || std::abs(squares / 20 - 1.0) < 1e-3);
        }
    }));
}

TEST(Preprocess, KeepsShapeLabelsAndClasses)
{
    RawSamples samples = samplesOf<std::uint8_t>({ 1, 2, 3, 4 }, { 1, 2 });
    samples.y = { 4, 0 };
    const LabelledSamples labelled = require(preprocess({}, samples, 5, "x"));
    EXPECT_EQ(labelled.sampleShape, (Shape { 1, 2 }));
    EXPECT_EQ(labelled.y, samples.y);
    EXPECT_EQ(labelled.classes, 5);
    EXPECT_EQ(labelled.count(), 2U);
    EXPECT_EQ(labelled.sampleSize(), 2U);
}

TEST(Preprocess, RefusesLabelsOutside)
{
    RawSamples samples = samplesOf<std::uint8_t>({ 1, 2 }, { 1 });
    samples.y = { 0, 3 };
    EXPECT_CONTAINS(badInputText(preprocess({}, samples, 3, "here")),
        "here: sample 2 has label 3; labels must be from 0 to 2");
    samples.y = { 0, -1 };
    EXPECT_CONTAINS(badInputText(preprocess({}, samples, 3, "here")), "label -1");
}

TEST(Preprocess, RefusesWhatIsNotFinite)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    for (const float bad : { nan, infinity, -infinity }) {
        const RawSamples samples = samplesOf<float>({ 1, 2, 3, bad }, { 2 });
        EXPECT_CONTAINS(
            badInputText(preprocess({}, samples, 1, "x")), "sample 2 holds a value that is NaN or infinite");
        EXPECT_CONTAINS(badInputText(fitPreprocessing(
                            { { "standardise", 0.0, {}, {} } }, samples, std::vector<std::int64_t> { 0, 1 })),
            "NaN or infinite");
    }
    const RawSamples large = samplesOf<double>({ 1e300 }, { 1 });
    EXPECT_CONTAINS(badInputText(preprocess({}, large, 1, "x")), "NaN or infinite");
    const RawSamples small = samplesOf<std::uint8_t>({ 1 }, { 1 });
    EXPECT_CONTAINS(
        badInputText(preprocess({ { "scale", 1e-39, {}, {} } }, small, 1, "x")), "NaN or infinite");
}

TEST(Preprocess, RefusesShapesThatAStepCannotTake)
{
    const RawSamples flat = samplesOf<std::uint8_t>({ 1, 2 }, { 2 });
    EXPECT_CONTAINS(
        badInputText(preprocess({ { "column-mean", 0.0, {}, {} } }, flat, 1, "x")), "these have [2]");
    EXPECT_CONTAINS(
        badInputText(fitPreprocessing(require(parsePreprocessing({ "column-mean", "standardise" }, "x")),
            flat, std::vector<std::int64_t> { 0 })),
        "column-mean needs samples of shape");
    EXPECT_CONTAINS(badInputText(preprocess({ { "standardise", 0.0, { 1 }, { 1 } } }, flat, 1, "x")),
        "fitted to samples of 1 channels, these have shape [2]");
    EXPECT_CONTAINS(
        badInputText(preprocess({ { "standardise", 0.0, {}, {} } }, flat, 1, "x")), "must learn means");
    EXPECT_CONTAINS(
        badInputText(fitPreprocessing({ { "standardise", 0.0, {}, {} } }, flat, {})), "no training samples");
    EXPECT_THROW((void)fitPreprocessing({}, flat, std::vector<std::int64_t> { 1 }), std::out_of_range);
}

} // namespace
} // namespace palimpsest
