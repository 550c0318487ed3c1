// SPDX-License-Identifier: Apache-2.0
#include "core/data/table.h"

#include "fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::gzip;
using test::require;
using test::TempFolder;

using Rows = std::vector<std::vector<std::string>>;

Result<Rows> rowsOf(const std::string& content)
{
    const TempFolder folder;
    PALIMPSEST_TRY(Table table, Table::open(folder.write("t.csv", content)));
    Rows rows { table.columns() };
    std::vector<std::string_view> fields;
    while (true) {
        PALIMPSEST_TRY(const bool isRow, table.next(fields));
        if (!isRow)
            return rows;
        rows.emplace_back(fields.begin(), fields.end());
    }
}

TEST(Table, ReadsFields)
{
    EXPECT_EQ(require(rowsOf("a,b\n1,2\n\n3, 4 \r\n")), (Rows { { "a", "b" }, { "1", "2" }, { "3", "4" } }));
    EXPECT_EQ(require(rowsOf("a;b\n1,5;2\n")), (Rows { { "a", "b" }, { "1,5", "2" } }));
    EXPECT_EQ(require(rowsOf("\xEF\xBB\xBF\"a\",b")), (Rows { { "a", "b" } }));
    EXPECT_EQ(require(rowsOf("a,b\n,\n")), (Rows { { "a", "b" }, { "", "" } }));
    EXPECT_EQ(require(rowsOf("a,b\n\"x, \"\"y\"\"\", z\n\"\",\"\"\n")),
        (Rows { { "a", "b" }, { "x, \"y\"", "z" }, { "", "" } }));
    EXPECT_EQ(require(rowsOf(gzip("a,b\n1,2\n"))), (Rows { { "a", "b" }, { "1", "2" } }));
}

TEST(Table, NamesTheLineOfWhatIsWrong)
{
    EXPECT_CONTAINS(badInputText(rowsOf("")), "is empty");
    EXPECT_CONTAINS(badInputText(rowsOf("a,b\n1,2\n1,2,3\n")), "t.csv:3: expected 2 fields");
    EXPECT_CONTAINS(badInputText(rowsOf("a,b\n1,\"2\n")), "t.csv:2: field 2 begins with a quote");
    EXPECT_CONTAINS(badInputText(rowsOf("a,b\n\"1\"x,2\n")), "t.csv:2: field 1 begins with a quote");
    EXPECT_CONTAINS(badInputText(rowsOf("a,a\n1,2\n")), "two columns called \"a\"");
}

TEST(Table, FindsColumnsByTheirNames)
{
    const TempFolder folder;
    const Table table = require(Table::open(folder.write("t.csv", "ClassId,classid,File\n")));
    EXPECT_EQ(require(table.column("classid", "s")), 1U);
    EXPECT_EQ(require(table.column("FILE", "s")), 2U);
    EXPECT_CONTAINS(badInputText(table.column("size", "data.columns.label")),
        "has no column \"size\", which data.columns.label names; its columns are ClassId, classid, File");
    EXPECT_EQ(table.find({ "path", "file", "classid" }), std::optional<std::size_t>(2));
    EXPECT_EQ(table.find({ "path" }), std::nullopt);
}

} // namespace
} // namespace palimpsest
