// SPDX-License-Identifier: Apache-2.0
#include "core/data/idx_reader.h"

#include "core/base/units.h"
#include "core/data/byte_stream.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string_view>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxDimensions = 8;
constexpr unsigned kSignedByte = 0x09;

/// What the numbers of a file become; nothing for an unknown type byte.
std::optional<DType> typeOf(unsigned code)
{
    switch (code) {
    case 0x08:
        return DType::UInt8;
    case kSignedByte:
    case 0x0B:
        return DType::Int16;
    case 0x0C:
        return DType::Int32;
    case 0x0D:
        return DType::Float32;
    case 0x0E:
        return DType::Float64;
    default:
        return std::nullopt;
    }
}

Status readExactly(ByteStream& stream, std::span<std::byte> into, const fs::path& path, std::uint64_t offset)
{
    PALIMPSEST_TRY(const std::size_t got, stream.read(into));
    if (got == into.size())
        return success();
    return badInput("ends after " + formatCount(static_cast<std::int64_t>(offset + got))
            + " bytes; its header needs " + formatCount(static_cast<std::int64_t>(offset + into.size()))
            + ": the file is cut short, get it again",
        path.string());
}

template <std::size_t Width> void reverseBytes(std::span<std::byte> bytes)
{
    for (std::size_t i = 0; i < bytes.size(); i += Width)
        std::reverse(bytes.data() + i, bytes.data() + i + Width);
}

void toHostOrder(std::span<std::byte> bytes, std::size_t width)
{
    if constexpr (std::endian::native == std::endian::big)
        return;
    if (width == 2)
        reverseBytes<2>(bytes);
    else if (width == 4)
        reverseBytes<4>(bytes);
    else if (width == 8)
        reverseBytes<8>(bytes);
}

/// The file in `folder` called STEM-idx3-ubyte or the like, if any.
Result<std::optional<fs::path>> findFile(
    const fs::path& folder, std::initializer_list<std::string_view> stems)
{
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error)
        return badInput("expected a folder of idx files, but it could not be opened: " + error.message(),
            folder.string());
    std::vector<std::string> found;
    for (; entries != fs::directory_iterator(); entries.increment(error)) {
        const std::string name = entries->path().filename().string();
        std::string_view rest = name;
        const auto stem = std::find_if(stems.begin(), stems.end(),
            [&](std::string_view candidate) { return rest.starts_with(candidate); });
        if (stem == stems.end())
            continue;
        rest.remove_prefix(stem->size());
        if (rest.ends_with(".gz"))
            rest.remove_suffix(3);
        const bool isIdx = rest.size() > 6 && (rest[0] == '-' || rest[0] == '.') && rest.substr(1, 3) == "idx"
            && rest[4] >= '1' && rest[4] <= '9' && rest[5] == '-';
        if (isIdx)
            found.push_back(name);
    }
    if (found.empty())
        return std::optional<fs::path>();
    std::sort(found.begin(), found.end()); // a plain file comes just before its .gz
    const bool isSame = found.size() == 1 || (found.size() == 2 && found[1] == found[0] + ".gz");
    if (!isSame)
        return badInput(
            "holds both " + found[0] + " and " + found[1] + ": leave one of them", folder.string());
    return std::optional(folder / found[0]);
}

struct IdxFiles {
    fs::path images;
    fs::path labels;
};

Result<std::optional<IdxFiles>> findSplit(const fs::path& folder, Part part)
{
    const bool isTrain = part == Part::Train;
    PALIMPSEST_TRY(const std::optional<fs::path> images,
        isTrain ? findFile(folder, { "train-images" }) : findFile(folder, { "t10k-images", "test-images" }));
    PALIMPSEST_TRY(const std::optional<fs::path> labels,
        isTrain ? findFile(folder, { "train-labels" }) : findFile(folder, { "t10k-labels", "test-labels" }));
    if (images.has_value() != labels.has_value())
        return badInput("holds " + (images ? images : labels)->filename().string() + ", but not the "
                + (images ? "labels" : "images") + " that belong to it",
            folder.string());
    if (!images)
        return std::optional<IdxFiles>();
    return std::optional(IdxFiles { *images, *labels });
}

Result<std::vector<std::int32_t>> toLabels(const Array& array, const fs::path& path)
{
    if (array.shape().size() != 1)
        return badInput(
            "labels must have one dimension, found shape " + toString(array.shape()), path.string());
    switch (array.type()) {
    case DType::UInt8: {
        const auto values = array.as<std::uint8_t>();
        return std::vector<std::int32_t>(values.begin(), values.end());
    }
    case DType::Int16: {
        const auto values = array.as<std::int16_t>();
        return std::vector<std::int32_t>(values.begin(), values.end());
    }
    case DType::Int32: {
        const auto values = array.as<std::int32_t>();
        return std::vector<std::int32_t>(values.begin(), values.end());
    }
    default:
        return badInput(
            "labels must be whole numbers, found " + std::string(toString(array.type())), path.string());
    }
}

class IdxReader : public DataReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& /*control*/) const override
    {
        const fs::path folder = base / settings.path;
        PALIMPSEST_TRY(const std::optional<IdxFiles> files, findSplit(folder, part));
        if (!files)
            return badInput("expected " + std::string(part == Part::Train ? "train" : "t10k")
                    + "-images-idx3-ubyte and " + (part == Part::Train ? "train" : "t10k")
                    + "-labels-idx1-ubyte (or .gz) in this folder, found neither",
                folder.string());
        RawSamples samples;
        PALIMPSEST_TRY(samples.x, readIdx(files->images));
        if (samples.x.shape().size() < 2)
            return badInput("samples must have at least one dimension beside their number, found shape "
                    + toString(samples.x.shape()),
                files->images.string());
        if (const Shape shape = samples.x.shape(); shape.size() == 3)
            samples.x.reshape(
                { shape[0], 1, shape[1], shape[2] }); // grey pictures: networks want a channel axis
        PALIMPSEST_TRY(const Array labels, readIdx(files->labels));
        PALIMPSEST_TRY(samples.y, toLabels(labels, files->labels));
        if (samples.x.shape()[0] != static_cast<std::int64_t>(samples.y.size()))
            return badInput("holds " + formatCount(static_cast<std::int64_t>(samples.y.size()))
                    + " labels for the " + formatCount(samples.x.shape()[0]) + " samples of "
                    + files->images.filename().string(),
                files->labels.string());
        return samples;
    }

    Result<std::vector<fs::path>> files(const DataSettings& settings, const fs::path& base) const override
    {
        std::vector<fs::path> paths;
        for (const Part part : { Part::Train, Part::Test }) {
            PALIMPSEST_TRY(const std::optional<IdxFiles> files, findSplit(base / settings.path, part));
            if (files)
                paths.insert(paths.end(), { files->images, files->labels });
        }
        return paths;
    }

    Result<bool> hasTest(const DataSettings& settings, const fs::path& base) const override
    {
        PALIMPSEST_TRY(const std::optional<IdxFiles> files, findSplit(base / settings.path, Part::Test));
        return files.has_value();
    }
};

} // namespace

Result<Array> readIdx(const fs::path& path)
{
    PALIMPSEST_TRY(ByteStream stream, ByteStream::open(path));
    std::array<std::byte, 4> magic {};
    PALIMPSEST_CHECK(readExactly(stream, magic, path, 0));
    const auto code = std::to_integer<unsigned>(magic[2]);
    const auto dimensions = std::to_integer<std::size_t>(magic[3]);
    const std::optional<DType> type = typeOf(code);
    if (magic[0] != std::byte { 0 } || magic[1] != std::byte { 0 } || !type)
        return badInput("is no idx file: it must begin with two zero bytes and one of the type bytes 8, 9, "
                        "11, 12, 13, 14",
            path.string());
    if (dimensions == 0 || dimensions > kMaxDimensions)
        return badInput("declares " + std::to_string(dimensions) + " dimensions; 1 to "
                + std::to_string(kMaxDimensions) + " are read",
            path.string());

    std::vector<std::byte> sizes(4 * dimensions);
    PALIMPSEST_CHECK(readExactly(stream, sizes, path, magic.size()));
    toHostOrder(sizes, 4);
    const std::uint64_t headerBytes = magic.size() + sizes.size();
    const std::uint64_t width = code == kSignedByte ? 1 : byteSize(*type);
    const std::uint64_t most = std::min(stream.maxContentBytes(), kMaxDecodedBytes);
    Shape shape;
    std::uint64_t bytes = width;
    for (std::size_t i = 0; i < dimensions; ++i) {
        std::uint32_t size = 0;
        std::memcpy(&size, sizes.data() + 4 * i, sizeof(size));
        shape.push_back(size);
        if (size == 0)
            return badInput("holds nothing: one of the sizes in its header is 0", path.string());
        if (size > most / bytes)
            return badInput("its header declares at least "
                    + formatBytes(static_cast<double>(bytes) * static_cast<double>(size))
                    + ", more than a file of this size can hold or than is read into memory ("
                    + formatBytes(static_cast<double>(most)) + "): the file is damaged or cut short",
                path.string());
        bytes *= size;
    }

    const bool isWidened = code == kSignedByte;
    Array array(*type, std::move(shape));
    std::vector<std::byte> narrow(isWidened ? static_cast<std::size_t>(bytes) : 0);
    PALIMPSEST_CHECK(readExactly(stream, isWidened ? std::span(narrow) : array.bytes(), path, headerBytes));
    std::array<std::byte, 1> more {};
    PALIMPSEST_TRY(const std::size_t left, stream.read(more));
    if (left != 0)
        return badInput("goes on after the " + formatCount(static_cast<std::int64_t>(headerBytes + bytes))
                + " bytes that its header declares: the file is damaged",
            path.string());
    if (isWidened)
        std::transform(narrow.begin(), narrow.end(), array.as<std::int16_t>().begin(),
            [](std::byte value) { return static_cast<std::int8_t>(value); });
    else
        toHostOrder(array.bytes(), byteSize(*type));
    return array;
}

std::shared_ptr<const DataReader> makeIdxReader()
{
    return std::make_shared<IdxReader>();
}

} // namespace palimpsest
