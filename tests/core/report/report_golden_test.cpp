// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_model.h"
#include "tests/core/report/example_report.h"
#include "tests/golden/golden_file.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace palimpsest {
namespace {

TEST(ReportGolden, Json)
{
    EXPECT_TRUE(matchesGolden("report.json", toJson(exampleReport()).dump(2) + "\n"));
}
TEST(ReportGolden, Csv)
{
    EXPECT_TRUE(matchesGolden("report.csv", toCsv(exampleReport())));
}
TEST(ReportGolden, Text)
{
    EXPECT_TRUE(matchesGolden("report.txt", toText(exampleReport())));
}
TEST(ReportGolden, Html)
{
    EXPECT_TRUE(matchesGolden("report.html", toHtml(exampleReport())));
}
TEST(ReportGolden, BareHtml)
{
    EXPECT_TRUE(matchesGolden("report_bare.html", toHtml(bareReport())));
}

} // namespace
} // namespace palimpsest
