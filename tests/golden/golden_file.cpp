// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/golden_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace palimpsest {

namespace {

constexpr std::size_t kLinesShown = 6;
constexpr std::size_t kLongestLine = 300;

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

void showLines(std::ostream& out, char mark, const std::vector<std::string>& lines, std::size_t first)
{
    for (std::size_t i = first; i < std::min(first + kLinesShown, lines.size()); ++i)
        out << mark << ' ' << i + 1 << ": " << lines[i].substr(0, kLongestLine) << '\n';
}

} // namespace

testing::AssertionResult matchesGolden(const std::string& name, const std::string& actual)
{
    const std::filesystem::path path = std::filesystem::path(PALIMPSEST_GOLDEN_DIR) / name;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    const std::string expected = file ? content.str() : std::string();
    const std::filesystem::path other = path.string() + ".actual";
    if (file && expected == actual) {
        std::filesystem::remove(other);
        return testing::AssertionSuccess();
    }
    std::ofstream(other, std::ios::binary) << actual;
    std::ostringstream message;
    message << path.string() << (file ? " differs" : " cannot be read") << "; what came is in "
            << other.filename().string() << '\n';
    const std::vector<std::string> before = linesOf(expected);
    const std::vector<std::string> after = linesOf(actual);
    const auto [left, right] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const auto first = static_cast<std::size_t>(left - before.begin());
    showLines(message, '-', before, first);
    showLines(message, '+', after, first);
    return testing::AssertionFailure() << message.str();
}

} // namespace palimpsest
