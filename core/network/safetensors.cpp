// SPDX-License-Identifier: Apache-2.0
#include "core/network/safetensors.h"

#include "core/base/file.h"
#include "core/base/number_convert.h"
#include "core/network/nearest_name.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

namespace palimpsest {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors data are little-endian");

using namespace std::string_view_literals;

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeaderBytes = std::uint64_t { 64 } << 20U;
constexpr std::int64_t kMaxElements = (std::int64_t { 1 } << 31) - 1;
constexpr std::size_t kMaxAxes = 8;
constexpr auto kMetadata = "__metadata__"sv;
constexpr std::array kEntryKeys { "dtype"sv, "shape"sv, "data_offsets"sv };

constexpr std::array kFormatNames { "F32"sv, "F16"sv, "BF16"sv, "F64"sv }; ///< in the order of NumberFormat
struct OtherType {
    std::string_view name;
    std::uint64_t bytes;
};
constexpr std::array kOtherTypes { OtherType { "I64"sv, 8 }, OtherType { "I32"sv, 4 },
    OtherType { "I16"sv, 2 }, OtherType { "I8"sv, 1 }, OtherType { "U64"sv, 8 }, OtherType { "U32"sv, 4 },
    OtherType { "U16"sv, 2 }, OtherType { "U8"sv, 1 }, OtherType { "BOOL"sv, 1 } };
constexpr std::size_t kChunk = std::size_t { 1 }
    << 20U; ///< values that are converted before their bytes are let go

/// One tensor as the header describes it, already checked against the data's size.
struct Entry {
    std::string name;
    std::optional<NumberFormat> format; ///< none: no floating-point numbers
    std::string_view type; ///< "F32"
    std::uint64_t bytesPerValue = 0;
    Shape shape;
    std::uint64_t begin = 0, end = 0; ///< bytes after the header
};

std::optional<std::uint64_t> asCount(const Json& value)
{
    if (!value.is_number_integer() || (!value.is_number_unsigned() && value.get<std::int64_t>() < 0))
        return std::nullopt;
    return value.get<std::uint64_t>();
}

class Parser {
public:
    /// @param skipped  may be nullptr
    /// @param file     that `bytes` are of, to let go of what was read; may be nullptr
    Parser(std::span<const std::byte> bytes, const std::string& where, std::vector<SkippedTensor>* skipped,
        const MappedFile* file)
        : m_bytes(bytes)
        , m_where(where)
        , m_skipped(skipped)
        , m_file(file)
    {
    }

    Result<Weights> run()
    {
        PALIMPSEST_TRY(const Json header, readHeader());
        std::vector<Entry> entries;
        for (const auto& item : header.items()) {
            if (item.key() == kMetadata) {
                PALIMPSEST_CHECK(checkMetadata(item.value()));
                continue;
            }
            PALIMPSEST_TRY(Entry entry, readEntry(item.key(), item.value()));
            entries.push_back(std::move(entry));
        }
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
            return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
        });
        PALIMPSEST_CHECK(checkCover(entries));
        Weights weights;
        for (const Entry& entry : entries) {
            if (!entry.format) {
                m_skipped->push_back({ entry.name, std::string(entry.type), entry.shape });
                continue;
            }
            PALIMPSEST_TRY(Tensor tensor, readTensor(entry));
            weights.tensors.push_back(std::move(tensor));
        }
        return weights;
    }

private:
    std::span<const std::byte> m_bytes, m_data;
    const std::string& m_where;
    std::vector<SkippedTensor>* m_skipped;
    const MappedFile* m_file;

    Error problem(const std::string& message) const { return badInput(message, m_where); }
    Error problem(const std::string& name, const std::string& message) const
    {
        return problem("tensor \"" + name + "\": " + message);
    }

    Result<Json> readHeader()
    {
        if (m_bytes.size() < kLengthBytes)
            return problem("expected a safetensors file, which starts with 8 bytes of header length, got "
                + std::to_string(m_bytes.size()) + " bytes");
        std::uint64_t length = 0;
        std::memcpy(&length, m_bytes.data(), sizeof length);
        const std::uint64_t rest = m_bytes.size() - kLengthBytes;
        if (length > kMaxHeaderBytes)
            return problem("the header length " + std::to_string(length)
                + " is above 64 MiB: this is no safetensors file, or a damaged one");
        if (length > rest)
            return problem("the header should have " + std::to_string(length) + " bytes, but only "
                + std::to_string(rest) + " follow: the file is cut off");
        const auto size = static_cast<std::size_t>(length);
        const std::string_view text(reinterpret_cast<const char*>(m_bytes.data()) + kLengthBytes, size);
        if (text.empty() || text.front() != '{')
            return problem(
                "the header must be a JSON object that starts with \"{\": this is no safetensors file");
        m_data = m_bytes.subspan(kLengthBytes + size);
        return parseJson(text, m_where + " (header)");
    }

    Status checkMetadata(const Json& value) const
    {
        const bool isText = value.is_object()
            && std::all_of(value.begin(), value.end(), [](const Json& entry) { return entry.is_string(); });
        return isText ? success()
                      : Status(problem("__metadata__ must be an object whose values are strings"));
    }

    Result<Entry> readEntry(const std::string& name, const Json& json) const
    {
        if (name.empty())
            return problem("a tensor has an empty name");
        if (!json.is_object())
            return problem(name, "expected an object with dtype, shape and data_offsets");
        for (const auto& item : json.items())
            if (std::find(kEntryKeys.begin(), kEntryKeys.end(), item.key()) == kEntryKeys.end())
                return problem(
                    name, "unknown key \"" + item.key() + "\"" + didYouMean(item.key(), kEntryKeys));
        for (const std::string_view key : kEntryKeys)
            if (!json.contains(std::string(key)))
                return problem(name, std::string(key) + " is missing");

        Entry entry;
        entry.name = name;
        PALIMPSEST_CHECK(readType(entry, json.at("dtype")));
        PALIMPSEST_CHECK(readShape(entry, json.at("shape")));
        PALIMPSEST_CHECK(readOffsets(entry, json.at("data_offsets")));
        return entry;
    }

    Status readType(Entry& entry, const Json& dtype) const
    {
        const std::string name = dtype.is_string() ? dtype.get<std::string>() : "";
        if (const auto format = std::find(kFormatNames.begin(), kFormatNames.end(), name);
            format != kFormatNames.end()) {
            entry.format = static_cast<NumberFormat>(format - kFormatNames.begin());
            entry.type = *format;
            entry.bytesPerValue = byteSize(*entry.format);
            return success();
        }
        const auto other = std::find_if(
            kOtherTypes.begin(), kOtherTypes.end(), [&](const OtherType& type) { return type.name == name; });
        if (m_skipped == nullptr || other == kOtherTypes.end())
            return problem(entry.name,
                "expected dtype F32, F16, BF16 or F64, got " + dtype.dump(-1, ' ', true).substr(0, 40)
                    + "; leave this tensor out, or save it as F32");
        entry.type = other->name;
        entry.bytesPerValue = other->bytes;
        return success();
    }

    Status readShape(Entry& entry, const Json& json) const
    {
        if (!json.is_array() || json.size() > kMaxAxes)
            return problem(entry.name, "shape must be a list of at most 8 sizes");
        std::int64_t count = 1;
        for (const Json& item : json) {
            const std::optional<std::uint64_t> size = asCount(item);
            if (!size || *size > static_cast<std::uint64_t>(kMaxElements))
                return problem(
                    entry.name, "each size of the shape must be a whole number from 0 to 2,147,483,647");
            const auto factor = static_cast<std::int64_t>(*size);
            if (factor > 0 && count > kMaxElements / factor)
                return problem(entry.name, "it has more than 2,147,483,647 elements");
            count *= factor;
            entry.shape.push_back(factor);
        }
        return success();
    }

    Status readOffsets(Entry& entry, const Json& json) const
    {
        const std::optional<std::uint64_t> begin
            = json.is_array() && json.size() == 2 ? asCount(json[0]) : std::nullopt;
        const std::optional<std::uint64_t> end = begin ? asCount(json[1]) : std::nullopt;
        if (!end || *begin > *end)
            return problem(entry.name, "data_offsets must be two whole numbers, begin and end");
        entry.begin = *begin;
        entry.end = *end;
        if (entry.end > m_data.size())
            return problem(entry.name,
                "its data end at byte " + std::to_string(entry.end) + ", but the file has only "
                    + std::to_string(m_data.size()) + " bytes of data: it is cut off or damaged");
        const std::uint64_t expected
            = static_cast<std::uint64_t>(elementCount(entry.shape)) * entry.bytesPerValue;
        if (entry.end - entry.begin != expected)
            return problem(entry.name,
                "the shape " + toString(entry.shape) + " in " + std::string(entry.type) + " takes "
                    + std::to_string(expected) + " bytes, but data_offsets span "
                    + std::to_string(entry.end - entry.begin));
        return success();
    }

    /// The sorted entries must cover the data exactly, so that no byte is read twice or hidden.
    Status checkCover(const std::vector<Entry>& entries) const
    {
        std::uint64_t position = 0;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (entries[i].begin < position)
                return problem(
                    entries[i].name, "its data overlap those of tensor \"" + entries[i - 1].name + "\"");
            if (entries[i].begin > position)
                return problem(entries[i].name,
                    "before its data there is a gap of " + std::to_string(entries[i].begin - position)
                        + " bytes that belong to no tensor");
            position = entries[i].end;
        }
        if (position != m_data.size())
            return problem(std::to_string(m_data.size() - position)
                + " bytes at the end of the file belong to no tensor");
        return success();
    }

    Result<Tensor> readTensor(const Entry& entry) const
    {
        Tensor tensor { entry.name, entry.shape, {} };
        tensor.values.resize(static_cast<std::size_t>(elementCount(entry.shape)));
        const std::span<float> values(tensor.values);
        const auto source = m_data.subspan(
            static_cast<std::size_t>(entry.begin), static_cast<std::size_t>(entry.end - entry.begin));
        const std::size_t width = byteSize(*entry.format);
        for (std::size_t at = 0; at < values.size(); at += kChunk) {
            const std::size_t count = std::min(kChunk, values.size() - at);
            const auto bytes = source.subspan(at * width, count * width);
            if (const auto wrong = convertToFloats(bytes, *entry.format, values.subspan(at, count)))
                return problem(entry.name,
                    "the value at index " + std::to_string(at + *wrong) + " is beyond the range of float32");
            if (m_file != nullptr)
                m_file->release(bytes);
        }
        return tensor;
    }
};

} // namespace

Result<Weights> parseSafetensors(
    std::span<const std::byte> bytes, const std::string& where, std::vector<SkippedTensor>* skipped)
{
    return Parser(bytes, where, skipped, nullptr).run();
}

Result<Weights> readSafetensors(const std::filesystem::path& path, std::vector<SkippedTensor>* skipped)
{
    PALIMPSEST_TRY(const MappedFile file, MappedFile::open(path));
    const std::string where = path.string();
    return Parser(file.bytes(), where, skipped, &file).run();
}

namespace {

/// The length of the header and the header, of a file of F32 tensors.
std::string headerBytes(const Weights& weights)
{
    Json header = Json::object();
    std::set<std::string_view> names;
    std::uint64_t position = 0;
    for (const Tensor& tensor : weights.tensors) {
        const bool isWhole = tensor.values.size() == static_cast<std::size_t>(elementCount(tensor.shape));
        if (!isWhole || tensor.name.empty() || tensor.name == kMetadata || !names.insert(tensor.name).second)
            throw std::invalid_argument("safetensors: tensor \"" + tensor.name + "\" cannot be written");
        const std::uint64_t end = position + tensor.values.size() * sizeof(float);
        header[tensor.name]
            = { { "dtype", "F32" }, { "shape", tensor.shape }, { "data_offsets", { position, end } } };
        position = end;
    }
    std::string text = header.dump();
    text.resize(
        (text.size() + kLengthBytes - 1) / kLengthBytes * kLengthBytes, ' '); // so the data are aligned
    std::string bytes(kLengthBytes, '\0');
    const auto length = std::uint64_t { text.size() };
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes + text;
}

std::string_view bytesOf(const Tensor& tensor)
{
    return { reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float) };
}

} // namespace

std::string safetensorsBytes(const Weights& weights)
{
    std::string bytes = headerBytes(weights);
    for (const Tensor& tensor : weights.tensors)
        bytes += bytesOf(tensor);
    return bytes;
}

Status writeSafetensors(const std::filesystem::path& path, const Weights& weights)
{
    const std::string header = headerBytes(weights);
    std::vector<std::string_view> pieces { header };
    for (const Tensor& tensor : weights.tensors)
        pieces.push_back(bytesOf(tensor));
    return writePiecesAtomically(path, pieces);
}

} // namespace palimpsest
