// SPDX-License-Identifier: Apache-2.0
// Exit codes and sentences of the command line.
#include "core/base/json.h"
#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::Ended;
using test::runProgram;

class CliTest : public testing::Test {
protected:
    void SetUp() override { test::writeTinyProject(folder()); }
    [[nodiscard]] fs::path folder() const { return m_root / "tiny"; }
    [[nodiscard]] fs::path other() const { return m_root / "other"; }
    [[nodiscard]] Ended call(const std::vector<std::string>& arguments) const
    {
        return runProgram(m_root.path(), arguments);
    }

    /// Bad input: exit code 2 and one sentence that holds `text`.
    void expectRefused(const std::vector<std::string>& arguments, const std::string& text) const
    {
        const Ended ended = call(arguments);
        EXPECT_EQ(ended.exitCode, 2) << ended.errors;
        EXPECT_NE(ended.errors.find(text), std::string::npos) << ended.errors;
        EXPECT_EQ(std::count(ended.errors.begin(), ended.errors.end(), '\n'), 1) << ended.errors;
    }

private:
    test::TemporaryFolder m_root;
};

TEST_F(CliTest, BadUsageIsOneSentence)
{
    expectRefused({}, "--help");
    expectRefused({ "frobnicate" }, "--help");
    expectRefused({ "run" }, "DIR");
    expectRefused({ "run", other().string() }, "project.json");
    expectRefused({ "run", folder().string(), "--until", "never" }, "import|train");
    expectRefused({ "run", folder().string(), "--set", "pages.pageSize" }, "pages.pageSize");
    expectRefused({ "run", folder().string(), "--device", "cuda:99" }, "cuda:99");
    expectRefused({ "report", folder().string() }, "palimpsest run");
    expectRefused({ "export", folder().string(), "--to", other().string() }, "palimpsest run");
    expectRefused({ "new", folder().string(), "--sample", "empty" }, "empty or not there yet");
    expectRefused({ "new", other().string(), "--sample", "nothing" }, "nothing");
    expectRefused({ "evaluate", "--data", "x" }, "--network");
    expectRefused({ "evaluate", "--network", "none.json", "--data", "x" }, "none.json");
    expectRefused({ "data", "check", "nothing" }, "nothing");
    expectRefused({ "bench", "match" }, "--networks");
    expectRefused({ "bench", "decode", "--weights", "10" }, "weights");
    expectRefused({ "tune", folder().string() }, "--target-bytes");
    EXPECT_EQ(call({ "--help" }).exitCode, 0);
    EXPECT_EQ(call({ "--version" }).output, std::string(PALIMPSEST_VERSION) + "\n");
}

TEST_F(CliTest, WholeRoadAndItsMachineReadableWords)
{
    EXPECT_EQ(call({ "validate", folder().string() }).exitCode, 0);
    const Ended run = call({ "run", folder().string(), "--json" });
    ASSERT_EQ(run.exitCode, 0) << run.errors;
    std::istringstream lines(run.output);
    std::string line;
    Json last;
    while (std::getline(lines, line)) {
        const auto json = parseJson(line, "run --json");
        ASSERT_TRUE(json.ok()) << line;
        last = *json;
    }
    EXPECT_EQ(last.at("event"), "report");
    EXPECT_EQ(last.at("run"), "r1");

    const Ended report = call({ "report", folder().string(), "--format", "json" });
    ASSERT_EQ(report.exitCode, 0) << report.errors;
    const auto json = parseJson(report.output, "report");
    ASSERT_TRUE(json.ok());
    EXPECT_TRUE(json->at("measured").at("switch").at("paged").contains("medianUs"));
    for (const char* format : { "csv", "text" })
        EXPECT_EQ(call({ "report", folder().string(), "--format", format }).exitCode, 0) << format;
    EXPECT_TRUE(fs::exists(folder() / "report/report.html"));

    // The bundle scores on the test file as the report says.
    ASSERT_EQ(call({ "export", folder().string(), "--to", other().string() }).exitCode, 0);
    const Ended score = call({ "evaluate", "--bundle", other().string(), "--task", "right", "--data",
        (folder() / "right-test.csv").string(), "--json" });
    ASSERT_EQ(score.exitCode, 0) << score.errors;
    const std::string trimmed = score.output.substr(0, score.output.size() - 1);
    const auto result = parseJson(trimmed.substr(trimmed.rfind('\n') + 1), "evaluate");
    ASSERT_TRUE(result.ok()) << score.output;
    EXPECT_EQ(result->at("samples"), 120);
    EXPECT_EQ(result->at("accuracy"), json->at("tasks").at(1).at("accuracy").at("virtualized"));

    for (const char* bench : { "switch", "step", "fisher", "match", "read" }) {
        const Ended measured = call({ "bench", bench, folder().string(), "--json" });
        EXPECT_EQ(measured.exitCode, 0) << bench << ": " << measured.errors;
        EXPECT_NE(measured.output.find(std::string("\"bench\":\"") + bench), std::string::npos)
            << measured.output;
    }
    const Ended decoded = call({ "bench", "decode", "--weights", "4096", "--repetitions", "2", "--json" });
    EXPECT_EQ(decoded.exitCode, 0) << decoded.errors;
    EXPECT_NE(decoded.output.find("\"storage\":\"ternary\""), std::string::npos) << decoded.output;
    EXPECT_EQ(call({ "runs", folder().string() }).output.substr(0, 2), "r1");
    EXPECT_EQ(call({ "devices" }).exitCode, 0);
    EXPECT_EQ(call({ "data", "list" }).exitCode, 0);
}

TEST_F(CliTest, TuneMeetsATargetOrSaysWhatWouldDo)
{
    expectRefused({ "tune", folder().string(), "--target-bytes", "10" }, "at least");
    expectRefused({ "tune", folder().string(), "--target-bytes", "1500", "--time", "soon" }, "--time");
    expectRefused({ "tune", folder().string(), "--target-bytes", "1500", "--max-drop", "0.1" }, "--max-drop");
    const std::string csv = (folder() / "front.csv").string();
    const Ended tuned = call(
        { "tune", folder().string(), "--target-bytes", "1.5 KB", "--time", "1h", "--json", "--csv", csv });
    ASSERT_EQ(tuned.exitCode, 0) << tuned.errors;
    const std::string trimmed = tuned.output.substr(0, tuned.output.size() - 1);
    const auto front = parseJson(trimmed.substr(trimmed.rfind('\n') + 1), "tune");
    ASSERT_TRUE(front.ok()) << tuned.output;
    EXPECT_EQ(front->at("event"), "front");
    std::size_t best = 0;
    for (const Json& point : front->at("points")) {
        EXPECT_LE(point.at("bytes").get<int>(), 1500);
        best += static_cast<std::size_t>(point.at("best").get<bool>());
    }
    EXPECT_EQ(best, 1U);
    EXPECT_TRUE(fs::exists(csv));

    // The same again has nothing to try, and says how to take what was found.
    const Ended again = call({ "tune", folder().string(), "--target-bytes", "1500" });
    ASSERT_EQ(again.exitCode, 0) << again.errors;
    EXPECT_NE(again.output.find("private int8"), std::string::npos) << again.output;
    EXPECT_NE(again.output.find("--set pages.poolStorage="), std::string::npos) << again.output;
}

TEST_F(CliTest, ImportPutsANetworkIntoATask)
{
    ASSERT_EQ(call({ "run", folder().string(), "--until", "train" }).exitCode, 0);
    expectRefused({ "import", (folder() / "networks/left.json").string(), "--into", folder().string(),
                      "--task", "left" },
        "safetensors");
    expectRefused({ "import", "nothing.onnx", "--into", folder().string() }, "nothing.onnx");
}

} // namespace
} // namespace palimpsest
