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
    EXPECT_TRUE(require(parse("")).empty());
    EXPECT_TRUE(require(parse(" ")).empty());
}

TEST(ParsePreprocessing, ListsTheKnownSteps)
{
    const std::string known = "known are scale=NUMBER, invert=NUMBER, l2, column-mean, standardise";
    EXPECT_CONTAINS(
        badInputText(parse("scale=2,resize=32x32")), "unknown preprocessing step \"resize\"; " + known);
    EXPECT_CONTAINS(badInputText(parse("l2,")), "unknown preprocessing step \"\"; " + known);
    EXPECT_CONTAINS(badInputText(parse("Scale=2")), known);
}

TEST(ParsePreprocessing, ChecksArguments)
{
    for (const char* text : { "scale", "scale=", "scale=0", "scale=-1", "scale=x", "scale=nan", "scale=inf",
             "scale=1e60", "scale=1e-60", "scale=1=2", "invert" })
        EXPECT_CONTAINS(badInputText(parse(text)), "needs a number above 0");
    EXPECT_CONTAINS(badInputText(parse("l2=2")), "\"l2\" takes no argument");
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
}

} // namespace
} // namespace palimpsest
