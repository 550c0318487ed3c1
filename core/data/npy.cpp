// SPDX-License-Identifier: Apache-2.0
#include "core/data/npy.h"

#include "core/base/units.h"
#include "core/data/archive.h"
#include "core/data/npy_header.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <set>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMaxDeflateRatio = 1032; // zlib's technical notes

std::string hugeText(std::uint64_t maxBytes)
{
    return "more than the file can hold or than is read into memory ("
        + formatBytes(static_cast<double>(maxBytes)) + "): the file is damaged or cut short";
}

/// Bytes of the values, or nothing where they are more than `maxBytes`.
std::optional<std::uint64_t> valueBytes(const NpyHeader& header, std::uint64_t maxBytes)
{
    std::uint64_t bytes = header.width;
    for (const std::int64_t size : header.shape) {
        if (static_cast<std::uint64_t>(size) > maxBytes / bytes)
            return std::nullopt;
        bytes *= static_cast<std::uint64_t>(size);
    }
    return bytes;
}

void reverseEach(std::span<std::byte> bytes, std::size_t width)
{
    for (std::size_t i = 0; i + width <= bytes.size(); i += width)
        std::reverse(bytes.data() + i, bytes.data() + i + width);
}

/// Values in Fortran order (first index fastest) as row-major ones.
std::vector<std::byte> toRowMajor(std::span<const std::byte> values, const Shape& shape, std::size_t width)
{
    std::vector<std::byte> rows(values.size());
    std::vector<std::size_t> strides(shape.size()); // of the source, in values
    std::size_t stride = 1;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        strides[axis] = stride;
        stride *= static_cast<std::size_t>(shape[axis]);
    }
    std::vector<std::int64_t> index(shape.size(), 0);
    std::size_t from = 0;
    for (std::size_t to = 0; to < rows.size(); to += width) {
        std::copy_n(values.data() + from * width, width, rows.data() + to);
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            from += strides[axis];
            if (++index[axis] < shape[axis])
                break;
            from -= strides[axis] * static_cast<std::size_t>(shape[axis]);
            index[axis] = 0;
        }
    }
    return rows;
}

template <class From, class To> void widen(std::span<const std::byte> from, std::span<To> to)
{
    for (std::size_t i = 0; i < to.size(); ++i) {
        From value {};
        std::memcpy(&value, from.data() + i * sizeof(From), sizeof(From));
        to[i] = static_cast<To>(value);
    }
}

/// The values in the machine's byte order, in the type that Array has for them.
Result<Array> toArray(const NpyHeader& header, std::span<const std::byte> values, const std::string& where)
{
    Array array(header.type, header.shape);
    switch (header.kind) {
    case NpyKind::Int8:
        widen<std::int8_t>(values, array.as<std::int16_t>());
        return array;
    case NpyKind::UInt16:
        widen<std::uint16_t>(values, array.as<std::int32_t>());
        return array;
    case NpyKind::UInt64:
        widen<std::uint64_t>(values, array.as<std::int64_t>());
        for (const std::int64_t value : array.as<std::int64_t>())
            if (value < 0)
                return badInput(
                    "holds a whole number above 9,223,372,036,854,775,807; save it as int64", where);
        return array;
    case NpyKind::Same:
        break;
    }
    std::copy(values.begin(), values.end(), array.bytes().begin());
    return array;
}

Result<Array> readValues(
    const ByteSource& source, const NpyHeader& header, std::uint64_t bytes, const std::string& where)
{
    const auto readInto = [&](std::span<std::byte> into) -> Status {
        PALIMPSEST_TRY(const std::size_t got, source(into));
        if (got < into.size())
            return badInput("ends after " + formatCount(static_cast<std::int64_t>(got)) + " of the "
                    + formatCount(static_cast<std::int64_t>(bytes))
                    + " bytes of values that its header declares: the file is cut short, get it again",
                where);
        return success();
    };
    const bool isSwapped = header.isBigEndian != (std::endian::native == std::endian::big);
    if (header.kind == NpyKind::Same && !header.isFortran) { // straight into its place
        Array array(header.type, header.shape);
        PALIMPSEST_CHECK(readInto(array.bytes()));
        if (isSwapped)
            reverseEach(array.bytes(), header.width);
        return array;
    }
    std::vector<std::byte> values(static_cast<std::size_t>(bytes));
    PALIMPSEST_CHECK(readInto(values));
    if (isSwapped)
        reverseEach(values, header.width);
    if (header.isFortran)
        values = toRowMajor(values, header.shape, header.width);
    return toArray(header, values, where);
}

/// The name of an array from that of its member.
Result<std::string> arrayName(const ArchiveEntry& entry, const fs::path& path)
{
    constexpr std::string_view kSuffix = ".npy";
    if (!entry.isFile || !entry.name.ends_with(kSuffix))
        return badInput("expected .npy files alone in an .npz file, found the member " + entry.name
                + "; is it an archive of another kind?",
            path.string());
    return entry.name.substr(0, entry.name.size() - kSuffix.size());
}

} // namespace

Result<Array> readNpy(const ByteSource& source, std::uint64_t maxBytes, const std::string& where)
{
    PALIMPSEST_TRY(const NpyHeader header, readNpyHeader(source, where));
    const std::optional<std::uint64_t> bytes = valueBytes(header, maxBytes);
    if (!bytes)
        return badInput(
            "its header declares values of shape " + toString(header.shape) + ", " + hugeText(maxBytes),
            where);
    PALIMPSEST_TRY(Array array, readValues(source, header, *bytes, where));
    std::array<std::byte, 1> more {};
    PALIMPSEST_TRY(const std::size_t left, source(more));
    if (left != 0)
        return badInput("goes on after the " + formatCount(static_cast<std::int64_t>(*bytes))
                + " bytes of values that its header declares: the file is damaged",
            where);
    return array;
}

Result<Array> readNpy(const fs::path& path)
{
    PALIMPSEST_TRY(ByteStream stream, ByteStream::open(path));
    return readNpy([&](std::span<std::byte> into) { return stream.read(into); },
        std::min(stream.maxContentBytes(), kMaxDecodedBytes), path.string());
}

Result<std::map<std::string, Array>> readNpz(
    const fs::path& path, const std::function<bool(const std::string&)>& wanted, std::uint64_t maxBytes)
{
    PALIMPSEST_TRY(ArchiveReader archive, ArchiveReader::open(path, ArchiveKind::Zip));
    std::error_code problem;
    const std::uint64_t fileBytes = fs::file_size(path, problem);
    std::uint64_t left
        = problem ? 0 : std::min(maxBytes, std::min(fileBytes, kMaxDecodedBytes) * kMaxDeflateRatio);
    std::map<std::string, Array> arrays;
    std::set<std::string> names;
    while (true) {
        PALIMPSEST_TRY(const std::optional<ArchiveEntry> entry, archive.next());
        if (!entry)
            return arrays;
        PALIMPSEST_TRY(const std::string name, arrayName(*entry, path));
        if (!names.insert(name).second)
            return badInput("holds two arrays called " + name + ": the file is damaged", path.string());
        if (wanted && !wanted(name))
            continue;
        PALIMPSEST_TRY(Array array,
            readNpy([&](std::span<std::byte> into) { return archive.read(into); }, left,
                path.string() + ", member " + entry->name));
        left -= array.bytes().size() > left ? left : array.bytes().size();
        arrays.emplace(name, std::move(array));
    }
}

Result<std::vector<std::string>> listNpz(const fs::path& path)
{
    PALIMPSEST_TRY(ArchiveReader archive, ArchiveReader::open(path, ArchiveKind::Zip));
    std::vector<std::string> names;
    while (true) {
        PALIMPSEST_TRY(const std::optional<ArchiveEntry> entry, archive.next());
        if (!entry)
            return names;
        PALIMPSEST_TRY(std::string name, arrayName(*entry, path));
        names.push_back(std::move(name));
    }
}

} // namespace palimpsest
