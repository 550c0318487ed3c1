// SPDX-License-Identifier: Apache-2.0
#include "core/data/preprocess.h"

#include "fixtures.h"

#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include <bit>
#include <cmath>

namespace palimpsest {
namespace {

using test::badInputText;
using test::require;

Result<Preprocessing> parse(const std::string& commaList)
{
    return parsePreprocessing(splitSteps(commaList), "x");
}

TEST(ParsePreprocessing, ReadsEveryStep)
{
    const Preprocessing steps = require(parse(" scale=255, invert = 2.5e2 ,l2,column-mean,standardise"));
    EXPECT_EQ(steps,
        (Preprocessing { { "scale", 255.0, {}, {} }, { "invert", 250.0, {}, {} }, { "l2", 0.0, {}, {} },
            { "column-mean", 0.0, {}, {} }, { "standardise", 0.0, {}, {} } }));
    const Preprocessing sized = require(parse("resize=24x32,grey,logmel= 16000:512 :160:64"));
    EXPECT_EQ(sized[0].sizes, (std::vector<std::int64_t> { 24, 32 }));
    EXPECT_EQ(sized[1].name, "grey");
    EXPECT_EQ(sized[2].sizes, (std::vector<std::int64_t> { 16000, 512, 160, 64 }));
    EXPECT_EQ(logMelSizes(sized[2]).hop, 160);
    EXPECT_TRUE(require(parse("")).empty());
    EXPECT_TRUE(require(parse(" ")).empty());
}

TEST(ParsePreprocessing, ListsTheKnownSteps)
{
    const std::string known
        = "known are scale=NUMBER, invert=NUMBER, l2, column-mean, standardise, resize=32x32, grey, "
          "logmel=8000:256:128:40, transpose";
    EXPECT_CONTAINS(
        badInputText(parse("scale=2,shrink=2")), "unknown preprocessing step \"shrink\"; " + known);
    EXPECT_CONTAINS(badInputText(parse("l2,")), "unknown preprocessing step \"\"; " + known);
    EXPECT_CONTAINS(badInputText(parse("Scale=2")), known);
}

TEST(ParsePreprocessing, ChecksArguments)
{
    for (const char* text : { "scale", "scale=", "scale=0", "scale=-1", "scale=x", "scale=nan", "scale=inf",
             "scale=1e60", "scale=1e-60", "scale=1=2", "invert" })
        EXPECT_CONTAINS(badInputText(parse(text)), "needs a number above 0");
    EXPECT_CONTAINS(badInputText(parse("l2=2")), "\"l2\" takes no argument");
    for (const char* text :
        { "resize", "resize=32", "resize=32x", "resize=32x32x3", "resize=3.5x2", "resize=axb" })
        EXPECT_CONTAINS(badInputText(parse(text)), "needs heightxwidth, as in resize=32x32, got");
    EXPECT_CONTAINS(badInputText(parse("logmel=8000:256:128")), "needs sampleRate:window:hop:mels, as in");
    EXPECT_CONTAINS(badInputText(parse("resize=0x4")), "height must be from 1 to 16384, got 0");
    EXPECT_CONTAINS(badInputText(parse("resize=4x99999")), "width must be from 1");
    EXPECT_CONTAINS(badInputText(parse("logmel=8000:256:257:40")), "hop must be at most window");
    EXPECT_CONTAINS(badInputText(parse("logmel=8000:64:32:40")), "mels at most half of it");
    EXPECT_CONTAINS(badInputText(parse("grey=1")), "\"grey\" takes no argument");
}

TEST(PreprocessingJson, ComesBackToTheBit)
{
    EXPECT_TRUE(rc::check([](const std::vector<std::uint32_t>& bits, double divisor) {
        Preprocessing steps { { "scale", std::abs(divisor) + 1e-3, {}, {} }, { "standardise", 0.0, {}, {} } };
        for (const std::uint32_t pattern : bits) {
            const auto value = std::bit_cast<float>(pattern);
            if (!std::isfinite(value) || value == 0.0F)
                continue;
            steps[1].mean.push_back(value);
            steps[1].deviation.push_back(std::abs(value));
        }
        RC_PRE(std::isfinite(static_cast<float>(steps[0].argument)));
        steps.push_back({ "resize", 0.0, {}, {}, { 24, 32 } });
        steps.push_back({ "grey", 0.0, {}, {} });
        steps.push_back({ "logmel", 0.0, {}, {}, { 8000, 256, 128, 40 } });
        const Json json = Json::parse(toJson(steps).dump());
        RC_ASSERT(require(preprocessingFromJson(json, "x")) == steps);
    }));
}

TEST(PreprocessingJson, NamesWhatIsWrong)
{
    const auto read
        = [](const char* text) { return badInputText(preprocessingFromJson(Json::parse(text), "x")); };
    EXPECT_CONTAINS(read("{}"), "must be a list");
    EXPECT_CONTAINS(read("[1]"), "x[0]: a preprocessing step must be an object");
    EXPECT_CONTAINS(read("[{}]"), "with a \"name\"");
    EXPECT_CONTAINS(read("[{\"name\":3}]"), "with a \"name\"");
    EXPECT_CONTAINS(read("[{\"name\":\"l2\"},{\"name\":\"l3\"}]"), "x[1]: unknown preprocessing step \"l3\"");
    EXPECT_CONTAINS(read("[{\"name\":\"l2\",\"argument\":3}]"), "has no \"argument\"");
    EXPECT_CONTAINS(read("[{\"name\":\"scale\"}]"), "needs a number above 0");
    EXPECT_CONTAINS(read("[{\"name\":\"scale\",\"argument\":\"2\"}]"), "needs a number above 0");
    EXPECT_CONTAINS(read("[{\"name\":\"standardise\",\"mean\":[1]}]"), "as \"deviation\"");
    EXPECT_CONTAINS(read("[{\"name\":\"standardise\",\"mean\":[1],\"deviation\":[1,2]}]"), "as many numbers");
    EXPECT_CONTAINS(read("[{\"name\":\"standardise\",\"mean\":[1],\"deviation\":[0]}]"), "all above 0");
    EXPECT_CONTAINS(read("[{\"name\":\"standardise\",\"mean\":[1e99],\"deviation\":[1]}]"), "finite");
    EXPECT_CONTAINS(read("[{\"name\":\"standardise\",\"mean\":[null],\"deviation\":[1]}]"), "finite");
    EXPECT_CONTAINS(read("[{\"name\":\"resize\",\"height\":3}]"), "needs a whole number as \"width\"");
    EXPECT_CONTAINS(read("[{\"name\":\"resize\",\"height\":3,\"width\":-1}]"), "width must be from 1");
    EXPECT_CONTAINS(read("[{\"name\":\"resize\",\"height\":3,\"width\":2,\"mels\":1}]"), "has no \"mels\"");
}

} // namespace
} // namespace palimpsest
