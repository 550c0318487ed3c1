// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"

#include "core/base/file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace palimpsest {
namespace {

Error errorOf(const std::string& text)
{
    const Result<Json> result = parseJson(text, "a.json");
    return result.ok() ? Error { ErrorKind::Failed, "was accepted", {} } : result.error();
}

TEST(ParseJson, ReadsEveryKindOfValue)
{
    const Result<Json> json = parseJson(
        R"({"text": "\u00e9 \n", "list": [1, -2, 2.5, 1e3, true, false, null], "object": {"x": {}}})",
        "a.json");
    ASSERT_TRUE(json.ok()) << json.error().text();
    EXPECT_EQ(json->at("text"), "\xc3\xa9 \n");
    EXPECT_EQ(json->at("list"), Json::array({ 1, -2, 2.5, 1000.0, true, false, nullptr }));
    EXPECT_TRUE(json->at("list")[0].is_number_integer());
    EXPECT_TRUE(json->at("list")[3].is_number_float());
    EXPECT_EQ(json->at("object").at("x"), Json::object());
}

TEST(ParseJson, KeepsTheOrderInWhichAPersonWrote)
{
    const Result<Json> json = parseJson(R"({"b": 1, "a": 2, "c": 3})", "a.json");
    std::string keys;
    for (const auto& item : json->items())
        keys += item.key();
    EXPECT_EQ(keys, "bac");
}

TEST(ParseJson, ReadsAScalarAlone)
{
    EXPECT_EQ(*parseJson("42", "a.json"), 42);
    EXPECT_EQ(*parseJson("\"x\"", "a.json"), "x");
}

TEST(ParseJson, RefusesDuplicateKeysAndNamesTheLine)
{
    const Error error = errorOf("{\n  \"seed\": 1,\n  \"tasks\": [],\n  \"seed\": 2\n}\n");
    EXPECT_EQ(error.kind, ErrorKind::BadInput);
    EXPECT_EQ(error.where, "a.json:4");
    EXPECT_EQ(error.message, "the key \"seed\" stands twice in one object; keep one of them");
}

TEST(ParseJson, AllowsOneKeyInSeveralObjects)
{
    EXPECT_TRUE(parseJson(R"([{"a": 1}, {"a": 2, "b": {"a": 3}}])", "a.json").ok());
    EXPECT_EQ(errorOf(R"({"b": {"a": 1, "a": 2}})").where, "a.json:1");
    EXPECT_EQ(errorOf(R"({"a": {"x": 1}, "a": 2})").where, "a.json:1");
}

TEST(ParseJson, RefusesWhatIsNotJson)
{
    const std::vector<std::string> texts { "", " ", "{", "[1, 2", "{\"a\" 1}", "[1,]", "{\"a\": 1,}",
        "{a: 1}", "'a'", "01", "+1", ".5", "1.", "NaN", "Infinity", "tru", "[1] 2", "\"\t\"", "\"\\x\"",
        "\"open", "\"\xff\"", "1e999", "[1] // comment", "/* comment */ 1" };
    for (const std::string& text : texts) {
        const Error error = errorOf(text);
        EXPECT_EQ(error.kind, ErrorKind::BadInput) << text;
        EXPECT_EQ(error.where.rfind("a.json:", 0), 0U) << text << " -> " << error.text();
    }
}

TEST(ParseJson, NamesTheLineOfTheMistake)
{
    EXPECT_EQ(errorOf("{\n \"a\": 1\n \"b\": 2\n}").where, "a.json:3") << "a comma is missing before b";
    EXPECT_EQ(errorOf("{\n \"a\": 01\n}").where, "a.json:2") << "the mistake ends the line";
    EXPECT_EQ(errorOf("{\n \"a\": tru\n}").where, "a.json:2");
    EXPECT_EQ(errorOf("{\n \"a\": \"x\n}").where, "a.json:2");
    EXPECT_EQ(errorOf("[1,\n2,\n3,\n").where, "a.json:4");
    EXPECT_EQ(errorOf("x").where, "a.json:1");
    const Result<Json> noName = parseJson("{", {});
    ASSERT_FALSE(noName.ok());
    EXPECT_EQ(noName.error().where, "") << "a line of nowhere helps nobody";
}

TEST(ParseJson, ItsMessagesAreValidText)
{
    const std::vector<std::string> texts { "{\"\xc3\xa9\": 1, \"\xc3\xa9\": 2}", "\"\xff\xfe\"",
        "[" + std::string(39, 'x') + "\xc3\xa9", "\"" + std::string(38, 'x') + "\xc3\xa9\x01\"" };
    for (const std::string& text : texts)
        EXPECT_NO_THROW(static_cast<void>(Json(errorOf(text).text()).dump()))
            << "dump() refuses invalid UTF-8";
}

TEST(ParseJson, LimitsTheDepth)
{
    const auto nested
        = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    EXPECT_TRUE(parseJson(nested(64), "a.json").ok());
    const Error error = errorOf(nested(65));
    EXPECT_EQ(error.text(), "a.json:1: more than 64 levels of nesting");
    EXPECT_EQ(errorOf(std::string(1'000'000, '[')).text(), error.text()) << "a hostile file costs no stack";
    std::string objects;
    for (int i = 0; i < 65; ++i)
        objects += "{\"a\":\n";
    EXPECT_EQ(errorOf(objects).where, "a.json:65");
}

TEST(ParseJson, LimitsTheSize)
{
    const std::string text = "\"" + std::string(std::size_t { 64 } << 20U, 'x') + "\"";
    EXPECT_EQ(errorOf(text).message, "expected at most 64 MiB of JSON, got 67108866 bytes");
}

TEST(ParseJson, ReadsManyKeysInReasonableTime)
{
    std::string text = "{";
    for (int i = 0; i < 50'000; ++i)
        text += "\"key" + std::to_string(i) + "\":0,";
    text.back() = '}';
    EXPECT_EQ(parseJson(text, "a.json")->size(), 50'000U); // looking through all keys for each: minutes
}

TEST(ReadJsonFile, NamesTheFile)
{
    const test::TemporaryFolder folder;
    const std::filesystem::path path = folder / "project.json";
    EXPECT_EQ(readJsonFile(path).error().where, path.string());
    ASSERT_TRUE(writeFileAtomically(path, "{\"seed\": 7}").ok());
    EXPECT_EQ(readJsonFile(path)->at("seed"), 7);
    ASSERT_TRUE(writeFileAtomically(path, "{\n\"seed\" 7}").ok());
    EXPECT_EQ(readJsonFile(path).error().where, path.string() + ":2");
}

TEST(CanonicalJson, DoesNotDependOnOrderAndSpaces)
{
    const Json a = *parseJson(R"({"b": [1, 2.5, {"z": null, "y": "x"}], "a": true})", "a.json");
    const Json b = *parseJson("{ \"a\":true,\n\"b\":[1,2.5,{\"y\":\"x\",\"z\":null}] }", "b.json");
    EXPECT_EQ(canonicalJson(a), R"({"a":true,"b":[1,2.5,{"y":"x","z":null}]})");
    EXPECT_EQ(canonicalJson(a), canonicalJson(b));
    EXPECT_NE(canonicalJson(a), canonicalJson(*parseJson(R"({"a": true, "b": [2.5, 1]})", "c.json")));
}

TEST(CanonicalJson, KeepsEveryBitOfANumber)
{
    for (const double value : { 0.1, 1.0 / 3.0, 1e-300, 5e-324, 1.7976931348623157e308 })
        EXPECT_EQ(parseJson(canonicalJson(Json(value)), "a.json")->get<double>(), value);
    EXPECT_EQ(canonicalJson(Json(18446744073709551615U)), "18446744073709551615");
    EXPECT_EQ(canonicalJson(Json("a\"b\\\n")), R"("a\"b\\\n")");
}

} // namespace
} // namespace palimpsest
