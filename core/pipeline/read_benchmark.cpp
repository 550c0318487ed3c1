// SPDX-License-Identifier: Apache-2.0
// bench read, bench import: how fast data and networks come in.
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/process_memory.h"
#include "core/data/catalogue.h"
#include "core/data/sample_cache.h"
#include "core/io/hdf5_data.h"
#include "core/pipeline/benchmarks.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// A folder for the files of one measurement, which goes with it.
class Workplace {
public:
    Workplace()
        : m_path(fs::temp_directory_path() / ("palimpsest-bench" + std::to_string(::getpid())))
    {
        fs::create_directories(m_path);
    }
    ~Workplace()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// The least of several times.
class LeastSeconds {
public:
    template <class F> auto measure(F&& work)
    {
        const auto start = std::chrono::steady_clock::now();
        auto result = work();
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
        m_seconds = std::min(m_seconds, spent.count());
        return result;
    }
    [[nodiscard]] double seconds() const { return m_seconds; }

private:
    double m_seconds = std::numeric_limits<double>::infinity();
};

Status hashAll(const FileHashes& files)
{
    for (const auto& [file, hash] : files)
        PALIMPSEST_CHECK(sha256File(file));
    return success();
}

} // namespace

Result<std::vector<Json>> benchRead(
    const Project& project, std::int64_t repetitions, const JobContext& context)
{
    const Workplace workplace;
    const SampleCache cache(workplace.path(), std::numeric_limits<std::int64_t>::max(), 0);
    const DataReaders readers = allReaders();
    std::vector<Json> lines;
    for (const TaskSettings& task : project.recipe().tasks) {
        LeastSeconds reading, storing, finding;
        RawSamples samples;
        for (std::int64_t i = 0; i < repetitions; ++i) {
            if (context.isCanceled())
                return canceled();
            context.setProgress(
                static_cast<double>(lines.size()) / static_cast<double>(project.recipe().tasks.size()),
                "reading data of task " + task.name);
            PALIMPSEST_TRY(samples, reading.measure([&] {
                return readPart(readers, task.data, task.split, dataBase(task.data, project.dataRoot()),
                    Part::Train, ReadControl(context));
            }));
            storing.measure([&] {
                cache.store(task.name, samples);
                return true;
            });
            if (!finding.measure([&] { return cache.find(task.name); }))
                return failure("the decoded data could not be kept there", workplace.path().string());
        }
        lines.push_back({ { "bench", "read" }, { "task", task.name }, { "format", task.data.format },
            { "samples", samples.count() }, { "decodedBytes", samples.x.bytes().size() },
            { "readSeconds", reading.seconds() }, { "keepSeconds", storing.seconds() },
            { "cachedSeconds", finding.seconds() },
            { "readOverCached", reading.seconds() / finding.seconds() } });
    }
    return lines;
}

Result<std::vector<Json>> benchImport(
    const ImportRequest& request, std::int64_t repetitions, const JobContext& context)
{
    const Workplace workplace;
    PALIMPSEST_CHECK(
        writeFileAtomically(ProjectFolder(workplace.path()).recipeFile(), toJson(Recipe {}).dump() + "\n"));
    LeastSeconds hashing, reading, storing;
    std::string format;
    std::uint64_t bytes = 0;
    std::int64_t memory = 0; // the most, not the least: what is freed may be used again
    for (std::int64_t i = 0; i < repetitions; ++i) {
        if (context.isCanceled())
            return canceled();
        context.setProgress(static_cast<double>(i) / static_cast<double>(repetitions), "importing");
        const std::int64_t before = residentBytes();
        restartPeak();
        PALIMPSEST_TRY(const ImportPreview preview, reading.measure([&] { return previewImport(request); }));
        memory = std::max(memory, peakResidentBytes() - before);
        PALIMPSEST_CHECK(storing.measure(
            [&] { return storeNetwork(preview.content.network, workplace.path(), "imported", {}); }));
        format = preview.content.format;
        bytes = 0;
        for (const auto& [file, hash] : preview.files)
            bytes += fs::file_size(file);
        PALIMPSEST_CHECK(hashing.measure([&] { return hashAll(preview.files); }));
    }
    return std::vector<Json> { { { "bench", "import" }, { "file", request.files.front().string() },
        { "format", format }, { "fileBytes", bytes }, { "importSeconds", reading.seconds() },
        { "storeSeconds", storing.seconds() }, { "sha256Seconds", hashing.seconds() },
        { "importOverSha256", reading.seconds() / hashing.seconds() }, { "memoryBytes", memory },
        { "memoryOverFile", static_cast<double>(memory) / static_cast<double>(bytes) } } };
}

} // namespace palimpsest
