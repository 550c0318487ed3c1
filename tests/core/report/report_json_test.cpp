// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "tests/core/report/example_report.h"
#include "tests/core/report/json_schema.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace palimpsest {
namespace {

Json schema()
{
    const Result<Json> read
        = readJsonFile(std::filesystem::path(PALIMPSEST_SOURCE_DIR) / "core/report/report.schema.json");
    EXPECT_TRUE(read.ok());
    return read.ok() ? *read : Json();
}

std::string problemsOf(const Json& report)
{
    std::string text;
    for (const std::string& problem : schemaProblems(schema(), report))
        text += problem + "\n";
    return text;
}

TEST(ReportJson, FollowsItsSchema)
{
    EXPECT_EQ(problemsOf(toJson(exampleReport())), "");
    EXPECT_EQ(problemsOf(toJson(bareReport())), "");
    EXPECT_EQ(problemsOf(toJson({})), "");
}

TEST(ReportJson, TheSchemaCheckerCanFail)
{
    Json report = toJson(exampleReport());
    report["memory"].erase("ratio");
    report["tasks"][1]["accuracy"]["int8"] = 97.7;
    report["seed"] = "1";
    report["surplus"] = true;
    report["tasks"][0]["interval95"]["int8"] = { 0.1 };
    report["summary"]["reference"] = "int8";
    EXPECT_EQ(problemsOf(report),
        "report.seed: is not of type [\"integer\"]\n"
        "report.memory: lacks ratio\n"
        "report.tasks[0].interval95.int8: has the wrong number of items\n"
        "report.tasks[1].accuracy.int8: is above the maximum\n"
        "report.summary.reference: is none of the allowed values\n"
        "report.surplus: is not allowed here\n");
}

TEST(ReportJson, HoldsTheFieldsThatScriptsRead)
{
    const Json report = toJson(exampleReport());
    EXPECT_EQ(report["memory"]["virtualizedBytes"], 254'254);
    EXPECT_DOUBLE_EQ(report["memory"]["ratio"].get<double>(), 1'153'412.0 / 254'254.0);
    EXPECT_EQ(report["tasks"][0]["accuracy"]["virtualized"], 0.9042);
    EXPECT_EQ(report["tasks"][0]["testSamples"], 10'000);
    EXPECT_EQ(report["baselines"]["int8"]["bytes"], 301'874);
    EXPECT_EQ(report["settings"]["pages"]["pageSize"], 512);
    EXPECT_EQ(report["measured"]["switch"]["paged"]["p95Us"], 33.1);
    EXPECT_TRUE(report["matching"]["gap"].is_null());
    EXPECT_TRUE(toJson({})["measured"].empty());
    EXPECT_TRUE(toJson({})["memory"]["ratio"].is_null());
}

TEST(ReportJson, IsTheSameTwice)
{
    EXPECT_EQ(toJson(exampleReport()).dump(), toJson(exampleReport()).dump());
}

} // namespace
} // namespace palimpsest
