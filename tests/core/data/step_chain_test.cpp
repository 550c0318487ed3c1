// SPDX-License-Identifier: Apache-2.0
// The steps that change the shape of a sample: resize, grey, logmel.
#include "core/base/random.h"
#include "core/data/mel_filters.h"
#include "core/data/preprocess.h"
#include "core/data/resample.h"
#include "fixtures.h"
#include "plain_spectra.h"

#include <cmath>
#include <numeric>
#include <stdexcept>

namespace palimpsest {
namespace {

using test::badInputText;
using test::plainSpectra;
using test::require;

RawSamples samplesOf(const std::vector<float>& values, Shape sampleShape, double sampleRate = 0.0)
{
    const auto count = static_cast<std::int64_t>(values.size()) / elementCount(sampleShape);
    sampleShape.insert(sampleShape.begin(), count);
    RawSamples samples;
    samples.x = Array::from(std::span<const float>(values), sampleShape);
    samples.y.assign(static_cast<std::size_t>(count), 0);
    samples.sampleRate = sampleRate;
    return samples;
}

Result<LabelledSamples> apply(const std::string& steps, const RawSamples& samples)
{
    PALIMPSEST_TRY(const Preprocessing parsed, parsePreprocessing(splitSteps(steps), "x"));
    return preprocess(parsed, samples, 1, "x", { plainSpectra });
}

Shape shapeOf(const std::string& steps, const RawSamples& samples)
{
    return require(preprocessedShape(require(parsePreprocessing(splitSteps(steps), "x")), samples, "x"));
}

TEST(StepChain, ResizesEachPlane)
{
    const RawSamples samples = samplesOf({ 0, 8, /**/ 80, 0, /**/ 1, 1, /**/ 2, 2 }, { 2, 1, 2 });
    const LabelledSamples wide = require(apply("resize=1x4", samples));
    EXPECT_EQ(wide.sampleShape, (Shape { 2, 1, 4 }));
    EXPECT_EQ(
        wide.x, (std::vector<float> { 0, 2, 6, 8, /**/ 80, 60, 20, 0, /**/ 1, 1, 1, 1, /**/ 2, 2, 2, 2 }));
    EXPECT_EQ(shapeOf("resize=1x4", samples), wide.sampleShape);
    EXPECT_EQ(require(apply("resize=3x3", samplesOf({ 5 }, { 1, 1 }))).sampleShape, (Shape { 3, 3 }));
    EXPECT_CONTAINS(
        badInputText(apply("resize=1x4", samplesOf({ 1, 2 }, { 2 }))), "resize needs pictures of shape");
}

TEST(StepChain, TurnsColourIntoLuma)
{
    const RawSamples samples = samplesOf({ 100, 0, /**/ 0, 100, /**/ 0, 0 }, { 3, 1, 2 });
    const LabelledSamples grey = require(apply("grey", samples));
    EXPECT_EQ(grey.sampleShape, (Shape { 1, 1, 2 }));
    EXPECT_FLOAT_EQ(grey.x[0], 29.9F);
    EXPECT_FLOAT_EQ(grey.x[1], 58.7F);
    EXPECT_CONTAINS(
        badInputText(apply("grey,grey", samples)), "grey needs pictures of shape [3, height, width]");
}

TEST(StepChain, StepsFollowOneAnother)
{
    // 130 samples: more than are worked on at once.
    std::vector<float> values(130 * 12);
    std::iota(values.begin(), values.end(), 0.0F);
    const RawSamples samples = samplesOf(values, { 3, 2, 2 });
    Preprocessing steps
        = require(parsePreprocessing({ "scale=2", "resize=1x1", "grey", "standardise" }, "x"));
    std::vector<std::int64_t> all(130);
    std::iota(all.begin(), all.end(), 0);
    steps = require(fitPreprocessing(steps, samples, all));
    EXPECT_EQ(steps[3].mean.size(), 1U);
    const LabelledSamples got = require(preprocess(steps, samples, 1, "x"));
    EXPECT_EQ(got.sampleShape, (Shape { 1, 1, 1 }));
    ASSERT_EQ(got.x.size(), 130U);
    for (std::size_t i = 1; i < 130; ++i)
        EXPECT_NEAR(got.x[i] - got.x[i - 1], 12.0F / 2 / steps[3].deviation[0], 1e-4F) << i;
}

/// ln(1e-6 + energy) of one frame and band, from its definition.
double plainLogMel(
    const std::vector<float>& wave, std::size_t first, const LogMelSizes& sizes, std::size_t band)
{
    const auto melOf = [](double hertz) { return 2595.0 * std::log10(1.0 + hertz / 700.0); };
    const double width
        = melOf(static_cast<double>(sizes.sampleRate) / 2.0) / static_cast<double>(sizes.mels + 1);
    const auto hertzOf = [&](std::size_t point) {
        return 700.0 * (std::pow(10.0, width * static_cast<double>(point) / 2595.0) - 1.0);
    };
    const auto window = static_cast<std::size_t>(sizes.window);
    const std::vector<float> power = plainSpectra(std::span(wave).subspan(first, window), 1, window, 1);
    double sum = 1e-6;
    for (std::size_t bin = 0; bin <= window / 2; ++bin) {
        const double hertz = static_cast<double>(bin) * static_cast<double>(sizes.sampleRate)
            / static_cast<double>(sizes.window);
        const double rise = (hertz - hertzOf(band)) / (hertzOf(band + 1) - hertzOf(band));
        const double fall = (hertzOf(band + 2) - hertz) / (hertzOf(band + 2) - hertzOf(band + 1));
        sum += std::max(0.0, std::min(rise, fall)) * static_cast<double>(power[bin]);
    }
    return std::log(sum);
}

TEST(LogMel, AgreesWithItsDefinition)
{
    Random random(5);
    std::vector<float> wave(200);
    for (float& value : wave)
        value = static_cast<float>(random.uniform() * 2.0 - 1.0);
    const RawSamples samples = samplesOf(wave, { 2, 100 }, 8000.0);
    const LabelledSamples got = require(apply("logmel=8000:64:20:8", samples));
    ASSERT_EQ(got.sampleShape, (Shape { 2, 8, 2 }))
        << "two channels; frames at 0 and 20, the next would end at 104";
    EXPECT_EQ(shapeOf("logmel=8000:64:20:8", samples), got.sampleShape);
    std::size_t i = 0;
    for (std::size_t channel = 0; channel < 2; ++channel)
        for (std::size_t band = 0; band < 8; ++band)
            for (std::size_t frame = 0; frame < 2; ++frame, ++i)
                EXPECT_NEAR(static_cast<double>(got.x[i]),
                    plainLogMel(wave, channel * 100 + frame * 20, { 8000, 64, 20, 8 }, band), 1e-3);
}

TEST(LogMel, ATonePeaksInItsBand)
{
    const double hertz = 1000.0; // 999.99 mel; half the rate is 2146 mel, so 20 bands are 102 mel apart
    std::vector<float> wave;
    for (int i = 0; i < 256; ++i)
        wave.push_back(static_cast<float>(std::sin(2.0 * 3.14159265358979 * hertz * i / 8000.0)));
    const LabelledSamples got = require(apply("logmel=8000:256:256:20", samplesOf(wave, { 256 })));
    ASSERT_EQ(got.sampleShape, (Shape { 1, 20, 1 }));
    EXPECT_EQ(std::max_element(got.x.begin(), got.x.end()) - got.x.begin(), 9) << "centre at 1022 mel";
    const LabelledSamples silence
        = require(apply("logmel=8000:256:256:20", samplesOf(std::vector<float>(256), { 256 })));
    for (const float value : silence.x)
        EXPECT_FLOAT_EQ(value, std::log(1e-6F));
}

TEST(LogMel, RefusesSoundsThatItWasNotMadeFor)
{
    EXPECT_CONTAINS(
        badInputText(apply("logmel=8000:64:20:8", samplesOf(std::vector<float>(100), { 100 }, 16000.0))),
        "logmel was made for 8,000 Hz, the sounds have 16,000 Hz");
    EXPECT_CONTAINS(badInputText(apply("logmel=8000:64:20:8", samplesOf(std::vector<float>(60), { 60 }))),
        "windows of 64 samples, the sounds have 60");
    EXPECT_CONTAINS(
        badInputText(apply("logmel=8000:64:20:8", samplesOf(std::vector<float>(64), { 1, 8, 8 }))),
        "logmel needs sounds of shape");
    EXPECT_CONTAINS(badInputText(apply("logmel=8000:64:20:32", samplesOf(std::vector<float>(64), { 64 }))),
        "band 1 of 32 is narrower than the frequencies");
    const Preprocessing steps = require(parsePreprocessing({ "logmel=8000:64:20:8" }, "x"));
    EXPECT_THROW(
        (void)preprocess(steps, samplesOf(std::vector<float>(64), { 64 }), 1, "x"), std::invalid_argument)
        << "without its tools";
}

} // namespace
} // namespace palimpsest
