// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tiny_project.h"

#include "core/base/random.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace palimpsest::test {

namespace fs = std::filesystem;

namespace {

void writeText(const fs::path& file, const std::string& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush())
        throw std::runtime_error("cannot write " + file.string());
}

std::string csvSamples(int count, std::uint64_t seed)
{
    Random random(seed);
    std::ostringstream text;
    for (int i = 0; i < count; ++i) {
        const int label = i % 3;
        for (int k = 0; k < 6; ++k)
            text << (k % 3 == label ? 1.0 : 0.0) + 0.3 * random.normal() << ',';
        text << label << '\n';
    }
    return text.str();
}

std::string network(const char* name, int hidden)
{
    return std::string(R"({"format": "palimpsest-network", "version": 1, "name": ")") + name
        + R"(", "inputShape": [6], "layers": [{"type": "linear", "name": "a", "outputs": )"
        + std::to_string(hidden) + R"(}, {"type": "relu"}, {"type": "linear", "name": "b", "outputs": 3}]})";
}

std::string task(const char* name)
{
    const std::string text(name);
    return R"({"name": ")" + text + R"(", "network": "networks/)" + text
        + R"(.json", "data": {"format": "csv", "path": ")" + text + R"(-train.csv", "test": ")" + text
        + R"(-test.csv"}, "preprocess": ["standardise"], "training": {"epochs": 4, "batch": 16, "learningRate": 0.02}})";
}

} // namespace

void writeTinyProject(const fs::path& folder, int steps)
{
    std::uint64_t seed = 1;
    for (const char* name : { "left", "right" }) {
        const std::string text(name);
        writeText(folder / (text + "-train.csv"), csvSamples(240, seed++));
        writeText(folder / (text + "-test.csv"), csvSamples(120, seed++));
    }
    writeText(folder / "networks/left.json", network("left", 64));
    writeText(folder / "networks/right.json", network("right", 96));
    writeText(folder / "project.json",
        std::string(
            R"({"format": "palimpsest-project", "version": 1, "name": "tiny", "seed": 7, "threads": 1, "tasks": [)")
            + task("left") + ", " + task("right")
            + R"(], "fisher": {"samples": 100}, "pages": {"pageSize": 64, "poolPages": 8}, "separation": {"exclusivePages": 1}, "optimisation": {"steps": )"
            + std::to_string(steps)
            + R"(, "batch": 16, "validateEvery": 20}, "execution": {"switches": 10}})");
}

void replaceInFile(const fs::path& file, const std::string& from, const std::string& to)
{
    std::string text = fileText(file);
    const std::size_t place = text.find(from);
    if (place == std::string::npos)
        throw std::runtime_error("no \"" + from + "\" in " + file.string());
    writeText(file, text.replace(place, from.size(), to));
}

std::string fileText(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + file.string());
    return { std::istreambuf_iterator<char>(in), {} };
}

} // namespace palimpsest::test
