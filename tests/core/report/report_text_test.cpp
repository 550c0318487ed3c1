// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/example_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace palimpsest {
namespace {

std::size_t letters(const std::string& line)
{
    return static_cast<std::size_t>(std::count_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void expectNarrow(const std::string& text)
{
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(letters(line), 100U) << line;
        EXPECT_FALSE(line.empty() ? false : line.back() == ' ') << "[" << line << "]";
    }
}

TEST(ReportText, FitsIntoAHundredColumns)
{
    expectNarrow(toText(exampleReport()));
    expectNarrow(toText(bareReport()));
    expectNarrow(toText({}));
    ReportModel model = exampleReport();
    model.tasks[0].name = std::string(300, 'x');
    model.tasks[1].name
        = "\u00E4\u00F6\u00FC\u00DF\u00E4\u00F6\u00FC\u00DF\u00E4\u00F6\u00FC\u00DF\u00E4\u00F6\u00FC\u00DF"
          "\u00E4\u00F6\u00FC\u00DF\u00E4\u00F6\u00FC\u00DF\u00E4\u00F6\u00FC\u00DF\u00E4";
    model.memory.standaloneBytes = 123'456'789'012;
    const std::string text = toText(model);
    expectNarrow(text);
    EXPECT_NE(text.find("\u00E4\u00F6.."), std::string::npos) << "cut between letters, not between bytes";
}

TEST(ReportText, MarksATaskBelowItsTolerance)
{
    const std::string text = toText(exampleReport());
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        EXPECT_EQ(line.rfind("motions", 0) == 0, line.size() > 2 && line.substr(line.size() - 2) == " *")
            << line;
    ReportModel kind = exampleReport();
    for (ReportTask& task : kind.tasks)
        task.tolerance = 0.5;
    EXPECT_EQ(toText(kind).find('*'), std::string::npos);
}

TEST(ReportText, ShowsADashWhereNothingRan)
{
    const std::string text = toText(bareReport());
    EXPECT_NE(text.find(" -  "), std::string::npos);
    EXPECT_NE(text.find("change against stand-alone"), std::string::npos);
    EXPECT_EQ(text.find("Switch"), std::string::npos);
}

} // namespace
} // namespace palimpsest
