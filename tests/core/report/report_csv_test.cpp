// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/example_report.h"

#include <gtest/gtest.h>

#include <sstream>

namespace palimpsest {
namespace {

TEST(ReportCsv, QuotesWhatNeedsIt)
{
    const std::string csv = toCsv(bareReport());
    EXPECT_EQ(csv.rfind("task,quantity,value\n", 0), 0U);
    EXPECT_NE(csv.find("\n\"a\"\"b<c>,d\",accuracy.virtualized,0.8\n"), std::string::npos) << csv;
    EXPECT_NE(csv.find(",accuracy.own<baseline>,0.7\n"), std::string::npos);
}

TEST(ReportCsv, EveryLineHasThreeFields)
{
    std::istringstream lines(toCsv(exampleReport()));
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count)
        EXPECT_EQ(std::count(line.begin(), line.end(), ','), 2) << line;
    EXPECT_GT(count, 50);
}

TEST(ReportCsv, RowsOfTheWholeProjectHaveNoTask)
{
    const std::string csv = toCsv(exampleReport());
    EXPECT_NE(csv.find("\n,virtualizedBytes,254254\n"), std::string::npos);
    EXPECT_NE(csv.find("\n,bytes.int8,301874\n"), std::string::npos);
    EXPECT_EQ(toCsv({}).find("\n,ratio,"), std::string::npos); // nothing is stored: no ratio
}

} // namespace
} // namespace palimpsest
