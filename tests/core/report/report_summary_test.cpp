// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_summary.h"

#include "core/report/report_series.h"
#include "tests/core/report/example_report.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace palimpsest {
namespace {

TEST(ReportSummary, HandWorkedFigures)
{
    ReportModel model;
    model.memory.standaloneBytes = 1000;
    model.memory.poolBytes = 150;
    model.memory.exclusiveBytes = 30;
    model.memory.privateBytes = 15;
    model.memory.tableBytes = 4;
    model.memory.scaleBytes = 1;
    model.memory.scratchBytes = 5000; // never counted
    ReportTask a;
    a.tolerance = 0.01;
    a.accuracy = { { "standalone", 0.90 }, { "sameSteps", 0.92 }, { "virtualized", 0.91 } };
    ReportTask b = a;
    b.accuracy = { { "standalone", 0.80 }, { "sameSteps", 0.80 }, { "virtualized", 0.77 } };
    model.tasks = { a, b };
    ReportSummary summary = summarise(model);
    EXPECT_EQ(summary.ratio, 5.0);
    EXPECT_EQ(summary.reference, "sameSteps");
    ASSERT_TRUE(summary.meanChange);
    EXPECT_NEAR(*summary.meanChange, -0.02, 1e-12);
    EXPECT_EQ(summary.tasksBelowTolerance, 1U);

    model.tasks[1].accuracy.erase("sameSteps"); // the mean must not mix two references
    summary = summarise(model);
    EXPECT_EQ(summary.reference, "standalone");
    EXPECT_NEAR(*summary.meanChange, -0.01, 1e-12);
}

TEST(ReportSummary, SaysWhereSharingIsNotNeeded)
{
    ReportModel model;
    model.memory.standaloneBytes = 1000;
    model.memory.poolBytes = 100;
    ReportTask task;
    task.accuracy = { { "standalone", 0.90 }, { "virtualized", 0.88 }, { "int4", 0.87 },
        { "ternaryTrained", 0.88 }, { "int8", 0.90 }, { "half", 0.90 } };
    model.tasks = { task };
    model.baselineBytes
        = { { "int8", 250 }, { "int4", 80 }, { "ternaryTrained", 101 }, { "half", 1000 }, { "none", 5 } };
    ReportSummary summary = summarise(model);
    ASSERT_EQ(summary.rivals.size(), 3U) << "neither what takes the whole bytes nor what was not scored";
    EXPECT_EQ(summary.rivals[0].key, "int8");
    EXPECT_EQ(summary.rivals[2].key, "int4");
    EXPECT_FALSE(summary.betterRival) << "smaller but worse, or as good but larger";
    model.baselineBytes["ternaryTrained"] = 100;
    summary = summarise(model);
    ASSERT_TRUE(summary.betterRival);
    EXPECT_EQ(adviceText(summary),
        "Private weights as trained ternary take no more bytes (100 B) at no lower mean accuracy (88.00 % "
        "against 88.00 %): "
        "at this size sharing is not needed.");
}

TEST(ReportSummary, OfNothing)
{
    const ReportSummary summary = summarise({});
    EXPECT_FALSE(summary.ratio);
    EXPECT_FALSE(summary.meanChange);
    EXPECT_TRUE(summary.switches.empty());
}

TEST(ReportSummary, PagedComesFirst)
{
    const ReportSummary summary = summarise(exampleReport());
    ASSERT_EQ(summary.switches.size(), 4U);
    EXPECT_EQ(summary.switches[0].method, "paged");
    EXPECT_EQ(summary.switches[0].medianUs, 24.7);
    EXPECT_EQ(summary.switches[0].samplesUs.size(), 5U);
    EXPECT_EQ(summary.switches[1].method, "wholeCopy");
    EXPECT_EQ(summary.networkBytes, 288353.0);
}

TEST(ReportSummary, RefusesTextThatIsNoJsonObject)
{
    ReportModel model;
    model.measured = "{";
    EXPECT_THROW((void)summarise(model), std::invalid_argument);
    model.measured = "[]";
    EXPECT_THROW((void)summarise(model), std::invalid_argument);
    model.measured = R"({"switch":{"paged":3,"networkBytes":"many"}})";
    EXPECT_TRUE(summarise(model).switches.empty());
}

TEST(ReportSeries, KeepTheirStyleAndOrder)
{
    ReportModel model = exampleReport();
    model.tasks[0].accuracy["own"] = 0.5;
    std::vector<std::string> keys;
    for (const ReportSeries& one : reportSeries(model))
        keys.push_back(one.key);
    EXPECT_EQ(keys,
        (std::vector<std::string> {
            "standalone", "sameSteps", "virtualized", "float16", "int8", "int6", "int4", "own" }));
    EXPECT_EQ(reportSeries("int8").style, 4);
    EXPECT_EQ(reportSeries("own").label, "own");
}

} // namespace
} // namespace palimpsest
