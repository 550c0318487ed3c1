// SPDX-License-Identifier: Apache-2.0
#include "core/data/cifar_reader.h"

#include "core/base/units.h"
#include "core/data/byte_stream.h"
#include "core/data/text.h"

#include <algorithm>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSide = 32;
constexpr std::size_t kChannels = 3;
constexpr std::size_t kPictureBytes = kChannels * kSide * kSide;

/// What a folder holds: one of the two data sets.
struct CifarFolder {
    std::vector<fs::path> train;
    std::optional<fs::path> test;
    fs::path names; // of the classes; need not exist
    std::size_t labelBytes = 1; // in front of each picture
    std::size_t labelByte = 0; // the one that is read
    std::int32_t classes = 10;
};

std::optional<fs::path> findFile(const fs::path& folder, const std::string& name)
{
    std::error_code error;
    for (const std::string& candidate : { name, name + ".gz" })
        if (fs::exists(folder / candidate, error))
            return folder / candidate;
    return std::nullopt;
}

Result<CifarFolder> findFiles(const DataSettings& settings, const fs::path& base)
{
    const fs::path folder = base / settings.path;
    CifarFolder found;
    for (std::size_t batch = 1;; ++batch) {
        const auto file = findFile(folder, "data_batch_" + std::to_string(batch) + ".bin");
        if (!file)
            break;
        found.train.push_back(*file);
    }
    const std::string& label = settings.columns.label;
    if (!found.train.empty()) {
        if (!label.empty())
            return badInput("CIFAR-10 has one label; leave data.columns.label empty", folder.string());
        found.test = findFile(folder, "test_batch.bin");
        found.names = folder / "batches.meta.txt";
        return found;
    }
    const auto train = findFile(folder, "train.bin");
    if (!train)
        return badInput(
            "expected data_batch_1.bin ... (CIFAR-10) or train.bin (CIFAR-100) in this folder, found "
            "neither",
            folder.string());
    if (!label.empty() && label != "fine" && label != "coarse")
        return badInput(
            "expected fine or coarse, the labels of CIFAR-100, got \"" + label + "\"", "data.columns.label");
    found.train.push_back(*train);
    found.test = findFile(folder, "test.bin");
    found.labelBytes = 2;
    found.labelByte = label == "coarse" ? 0 : 1;
    found.classes = label == "coarse" ? 20 : 100;
    found.names = folder / (label == "coarse" ? "coarse_label_names.txt" : "fine_label_names.txt");
    return found;
}

Status appendFile(const fs::path& path, const CifarFolder& folder, std::vector<std::uint8_t>& x,
    std::vector<std::int32_t>& y)
{
    const std::size_t recordBytes = folder.labelBytes + kPictureBytes;
    PALIMPSEST_TRY(const std::string content, readText(path));
    if (content.empty() || content.size() % recordBytes != 0)
        return badInput("holds " + formatCount(static_cast<std::int64_t>(content.size()))
                + " bytes, which are no whole number of records of "
                + formatCount(static_cast<std::int64_t>(recordBytes))
                + ": the file is cut short, get it again",
            path.string());
    for (std::size_t at = 0; at < content.size(); at += recordBytes) {
        const std::int32_t label = static_cast<unsigned char>(content[at + folder.labelByte]);
        if (label >= folder.classes)
            return badInput("record " + formatCount(static_cast<std::int64_t>(at / recordBytes) + 1)
                    + " has label " + std::to_string(label) + "; labels go from 0 to "
                    + std::to_string(folder.classes - 1) + ": the file is damaged or of another data set",
                path.string());
        y.push_back(label);
        const auto picture = content.begin() + static_cast<std::ptrdiff_t>(at + folder.labelBytes);
        x.insert(x.end(), picture, picture + kPictureBytes);
    }
    return success();
}

Result<std::vector<std::string>> readNames(const CifarFolder& folder)
{
    std::vector<std::string> names;
    std::error_code error;
    if (!fs::exists(folder.names, error))
        return names;
    constexpr std::uint64_t kMaxTextBytes = 65'536;
    PALIMPSEST_TRY(const std::string text, readText(folder.names, kMaxTextBytes));
    Lines lines(text);
    std::string_view line;
    while (lines.next(line))
        names.emplace_back(line);
    if (names.size() != static_cast<std::size_t>(folder.classes))
        return badInput("expected " + std::to_string(folder.classes) + " names of classes, one a line, found "
                + std::to_string(names.size()),
            folder.names.string());
    return names;
}

class CifarReader : public DataReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& control) const override
    {
        PALIMPSEST_TRY(const CifarFolder folder, findFiles(settings, base));
        if (part == Part::Test && !folder.test)
            return badInput("holds no test split: test_batch.bin or test.bin is missing",
                (base / settings.path).string());
        RawSamples samples;
        std::vector<std::uint8_t> x;
        for (const fs::path& path : part == Part::Train ? folder.train : std::vector { *folder.test }) {
            if (control.isCanceled())
                return canceled();
            PALIMPSEST_CHECK(appendFile(path, folder, x, samples.y));
        }
        samples.x = Array::from(std::span<const std::uint8_t>(x),
            { static_cast<std::int64_t>(samples.y.size()), kChannels, kSide, kSide });
        PALIMPSEST_TRY(samples.classNames, readNames(folder));
        return samples;
    }

    Result<std::vector<fs::path>> files(const DataSettings& settings, const fs::path& base) const override
    {
        PALIMPSEST_TRY(CifarFolder folder, findFiles(settings, base));
        std::vector<fs::path> paths = std::move(folder.train);
        if (folder.test)
            paths.push_back(*folder.test);
        std::error_code error;
        if (fs::exists(folder.names, error))
            paths.push_back(folder.names);
        return paths;
    }

    Result<bool> hasTest(const DataSettings& settings, const fs::path& base) const override
    {
        PALIMPSEST_TRY(const CifarFolder folder, findFiles(settings, base));
        return folder.test.has_value();
    }
};

} // namespace

std::shared_ptr<const DataReader> makeCifarReader()
{
    return std::make_shared<CifarReader>();
}

} // namespace palimpsest
