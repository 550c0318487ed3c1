// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/report/report_figures.h"
#include "tests/core/report/example_report.h"
#include "tests/core/report/html_check.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <thread>

namespace palimpsest {
namespace {

const std::string* attribute(const HtmlTag& tag, const char* name)
{
    const auto found = tag.attributes.find(name);
    return found == tag.attributes.end() ? nullptr : &found->second;
}

/// A model with more of everything: ten tasks, a slot map that must be binned, budgets, bounds.
ReportModel largeReport()
{
    ReportModel model = exampleReport();
    for (int i = 0; i < 6; ++i) {
        ReportTask task = model.tasks[static_cast<std::size_t>(i % 4)];
        task.name += std::to_string(i);
        model.tasks.push_back(task);
    }
    model.memory.level1Budget = 1'100'000;
    model.memory.level2Budget = 50'000;
    model.matching.lowerBoundBarycentre = 0.0171;
    model.matching.lowerBoundPairwise = 22.0;
    model.matching.gap = 0.095;
    model.matching.tenants.assign(10'000, 2);
    model.matching.slotCosts.assign(10'000, 1e-6);
    model.matching.tenants[9'999] = 5;
    return model;
}

TEST(ReportHtml, IsWellFormed)
{
    for (const ReportModel& model : { exampleReport(), bareReport(), largeReport(), ReportModel {} }) {
        const HtmlPage page = readHtml(toHtml(model));
        EXPECT_TRUE(page.problems.empty()) << page.problems.front();
        EXPECT_GT(page.tags.size(), 100U);
    }
}

TEST(ReportHtml, ReferencesNothingOutsideItself)
{
    const std::string html = toHtml(exampleReport());
    for (const char* outside :
        { "http:", "https:", "//", "@import", "<script", "<link", "<img", "<iframe", "javascript:" })
        EXPECT_EQ(html.find(outside), std::string::npos) << outside;
    std::set<std::string> ids;
    std::vector<std::string> wanted;
    for (const HtmlTag& tag : readHtml(html).tags) {
        if (const std::string* id = attribute(tag, "id")) {
            EXPECT_TRUE(ids.insert(*id).second) << "the id " << *id << " is there twice";
        }
        if (const std::string* reference = attribute(tag, "href"))
            wanted.push_back(reference->substr(1));
        if (const std::string* labels = attribute(tag, "aria-labelledby")) {
            std::istringstream words(*labels);
            for (std::string word; words >> word;)
                wanted.push_back(word);
        }
        if (const std::string* fill = attribute(tag, "fill"); fill != nullptr && fill->rfind("url(#", 0) == 0)
            wanted.push_back(fill->substr(5, fill->size() - 6));
    }
    for (const std::string& id : wanted)
        EXPECT_EQ(ids.count(id), 1U) << id;
    EXPECT_GT(wanted.size(), 50U);
}

TEST(ReportHtml, EscapesWhatItIsGiven)
{
    const std::string html = toHtml(bareReport());
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_EQ(html.find("<img"), std::string::npos);
    EXPECT_EQ(html.find("own<baseline>"), std::string::npos);
    EXPECT_NE(html.find("own&lt;baseline&gt;"), std::string::npos);
    EXPECT_NE(html.find("&lt;script&gt;alert("), std::string::npos);
    EXPECT_TRUE(readHtml(html).problems.empty());
}

TEST(ReportHtml, TakesPicturesIn)
{
    const std::string html = toHtml(exampleReport(), { { "Map of <pages>", "image/svg+xml", "PHN2Zy8+" } });
    EXPECT_NE(html.find("src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"Map of &lt;pages&gt;\""),
        std::string::npos);
    EXPECT_NE(html.find("href=\"#views\""), std::string::npos);
    const HtmlPage page = readHtml(html);
    EXPECT_TRUE(page.problems.empty()) << page.problems.front();
    EXPECT_EQ(toHtml(exampleReport()).find("views"), std::string::npos);
}

TEST(ReportHtml, RefusesPicturesThatWouldLeaveTheirAttribute)
{
    EXPECT_THROW(
        (void)toHtml(exampleReport(), { { "x", "image/png", "AA\" onerror=\"" } }), std::invalid_argument);
    EXPECT_THROW((void)toHtml(exampleReport(), { { "x", "image/png\"", "AAAA" } }), std::invalid_argument);
}

TEST(ReportHtml, SaysWhatAScreenReaderNeeds)
{
    const HtmlPage page = readHtml(toHtml(exampleReport()));
    int tables = 0;
    int captions = 0;
    int charts = 0;
    for (const HtmlTag& tag : page.tags) {
        tables += tag.name == "table" ? 1 : 0;
        captions += tag.name == "caption" ? 1 : 0;
        EXPECT_TRUE(tag.name != "th" || attribute(tag, "scope") != nullptr);
        EXPECT_TRUE(tag.name != "html" || *attribute(tag, "lang") == "en");
        if (tag.name != "svg")
            continue;
        const std::string* role = attribute(tag, "role");
        const std::string* hidden = attribute(tag, "aria-hidden");
        EXPECT_TRUE((role != nullptr && *role == "img" && attribute(tag, "aria-labelledby") != nullptr)
            || (hidden != nullptr && *hidden == "true"));
        charts += role != nullptr ? 1 : 0;
    }
    EXPECT_EQ(tables, captions);
    EXPECT_GE(tables, 8);
    EXPECT_EQ(
        charts, 4 + 4 + 1 + 2 + 4 + 1); // accuracy and change of each task, memory, two maps, curves, switch
}

TEST(ReportHtml, ShowsTheHeadline)
{
    const std::string html = toHtml(exampleReport());
    for (const char* part :
        { "<dd>4.54\u00A0\u00D7</dd>", "<dd>\u22120.77\u00A0points</dd>", "<dd>24.7\u00A0\u00B5s</dd>",
            "1 task of 4 is below stand-alone", "Baselines that were not run: same recipe, trained int4" })
        EXPECT_NE(html.find(part), std::string::npos) << part;
    const std::string bare = toHtml(bareReport());
    for (const char* part :
        { "<dd>not measured</dd>", "against stand-alone; the baseline same steps did not run",
            "Nothing was measured in this run.", "Every baseline that this version knows was run." })
        EXPECT_NE(bare.find(part), std::string::npos) << part;
    EXPECT_EQ(bare.find("id=\"training\""), std::string::npos); // no curves, no section
    EXPECT_EQ(bare.find("href=\"#training\""), std::string::npos);
}

TEST(ReportHtml, BinsALargePool)
{
    const PageMapFigure figure = tenantsFigure(largeReport().matching);
    EXPECT_EQ(figure.slotsPerCell, 5);
    EXPECT_NE(figure.svg.find("slots 9995 to 9999: up to 5 tenants"), std::string::npos);
    const std::string html = toHtml(largeReport());
    EXPECT_NE(html.find("a cell stands for 5 slots in a row"), std::string::npos);
    EXPECT_LT(html.size(), std::size_t { 2'000'000 });
}

TEST(ReportHtml, ShowsBudgetsAndBounds)
{
    const std::string html = toHtml(largeReport());
    for (const char* part : { "level 1 with scratch, and its budget", "level 2, and its budget",
             "43.0 KB of 50.0 KB", "9.5 % above the lower bound", "budget of level 1" })
        EXPECT_NE(html.find(part), std::string::npos) << part;
}

TEST(ReportHtml, MayBeWrittenByTwoThreads)
{
    std::string first;
    std::string second;
    {
        const std::jthread a([&] { first = toHtml(exampleReport()); });
        const std::jthread b([&] { second = toHtml(exampleReport()); });
    }
    EXPECT_EQ(first, second);
    EXPECT_EQ(first, toHtml(exampleReport()));
}

} // namespace
} // namespace palimpsest
