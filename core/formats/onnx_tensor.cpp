// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_tensor.h"

#include "core/base/number_convert.h"
#include "core/formats/protobuf.h"
#include "core/network/layer_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <functional>

namespace palimpsest::onnx {

namespace fs = std::filesystem;

namespace {

using namespace std::string_view_literals;

/// By DataType.
constexpr std::array kTypes { "undefined"sv, "float"sv, "uint8"sv, "int8"sv, "uint16"sv, "int16"sv, "int32"sv,
    "int64"sv, "string"sv, "bool"sv, "float16"sv, "double"sv, "uint32"sv, "uint64"sv, "complex64"sv,
    "complex128"sv, "bfloat16"sv };
constexpr std::int64_t kFloat = 1;
constexpr std::int64_t kInt32 = 6;
constexpr std::int64_t kInt64 = 7;
constexpr std::int64_t kHalf = 10;
constexpr std::int64_t kDouble = 11;
constexpr std::int64_t kBfloat = 16;

NumberFormat formatOf(std::int64_t type)
{
    switch (type) {
    case kHalf:
        return NumberFormat::Float16;
    case kBfloat:
        return NumberFormat::Bfloat16;
    case kDouble:
        return NumberFormat::Float64;
    default:
        return NumberFormat::Float32;
    }
}

/// Numbers that a TensorProto has one by one: float_data 4, int32_data 5 (also half floats), int64_data 7, double_data 10.
/// @return their bytes, as raw_data would have them; at most `limit` numbers are looked at
std::string listedBytes(const Tensor& tensor, std::size_t limit)
{
    std::string bytes;
    std::size_t count = 0;
    const auto add = [&](auto value) {
        if (count++ < limit)
            bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    const auto addInteger = [&](std::int32_t value) {
        if (tensor.type == kInt32)
            add(value);
        else
            add(static_cast<std::uint16_t>(value));
    };
    protozero::pbf_reader message(tensor.message.data(), tensor.message.size());
    while (message.next()) {
        const bool isPacked = message.has_wire_type(protozero::pbf_wire_type::length_delimited);
        if (message.tag() == 4 && tensor.type == kFloat) {
            if (!isPacked)
                add(message.get_float());
            else
                for (const float value : message.get_packed_float())
                    add(value);
        } else if (message.tag() == 5
            && (tensor.type == kInt32 || tensor.type == kHalf || tensor.type == kBfloat)) {
            if (!isPacked)
                addInteger(message.get_int32());
            else
                for (const std::int32_t value : message.get_packed_int32())
                    addInteger(value);
        } else if (message.tag() == 7 && tensor.type == kInt64) {
            if (!isPacked)
                add(message.get_int64());
            else
                for (const std::int64_t value : message.get_packed_int64())
                    add(value);
        } else if (message.tag() == 10 && tensor.type == kDouble) {
            if (!isPacked)
                add(message.get_double());
            else
                for (const double value : message.get_packed_double())
                    add(value);
        } else {
            message.skip();
        }
    }
    return bytes;
}

std::size_t bytesOf(std::int64_t type)
{
    return type == kInt64 ? 8 : type == kInt32 ? 4 : byteSize(formatOf(type));
}

/// A tile at a time, so that both sides stay in the caches.
/// @param finished  called with the rows that are done and will not be read again, some at a time
std::vector<float> transpose(std::span<const std::byte> source, std::size_t rows, std::size_t columns,
    const std::function<void(std::span<const std::byte>)>& finished)
{
    constexpr std::size_t kTile = 32;
    constexpr std::size_t kReleaseBytes = std::size_t { 8 } << 20U;
    std::vector<float> result(rows * columns);
    const std::size_t rowBytes = columns * sizeof(float);
    std::size_t done = 0; // rows that were handed to `finished`
    for (std::size_t top = 0; top < rows; top += kTile) {
        const std::size_t bottom = std::min(top + kTile, rows);
        for (std::size_t left = 0; left < columns; left += kTile)
            for (std::size_t row = top; row < bottom; ++row)
                for (std::size_t column = left; column < std::min(left + kTile, columns); ++column)
                    std::memcpy(&result[column * rows + row],
                        source.data() + row * rowBytes + column * sizeof(float), sizeof(float));
        if (finished && ((bottom - done) * rowBytes >= kReleaseBytes || bottom == rows)) {
            finished(source.subspan(done * rowBytes, (bottom - done) * rowBytes));
            done = bottom;
        }
    }
    return result;
}

std::string entry(const Tensor& tensor, std::string_view key)
{
    for (const auto& [name, value] : tensor.external)
        if (name == key)
            return value;
    return {};
}

/// 0 for an empty text.
std::optional<std::uint64_t> wholeNumber(const std::string& text)
{
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && (problem != std::errc() || end != text.data() + text.size()))
        return std::nullopt;
    return value;
}

bool liesWithin(const fs::path& file, const fs::path& folder)
{
    return std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first == folder.end();
}

} // namespace

bool isFloat(std::int64_t type)
{
    return type == kFloat || type == kHalf || type == kDouble || type == kBfloat;
}

std::string typeName(std::int64_t type)
{
    return type >= 0 && type < static_cast<std::int64_t>(kTypes.size())
        ? std::string(kTypes.at(static_cast<std::size_t>(type)))
        : "type " + std::to_string(type);
}

Result<fs::path> externalFile(const Tensor& tensor, const fs::path& model)
{
    const std::string location = entry(tensor, "location");
    const fs::path relative(location);
    const fs::path folder = model.has_parent_path() ? model.parent_path() : fs::path(".");
    const auto problem = [&](const std::string& message) {
        return badInput("tensor \"" + printable(tensor.name) + "\" has its numbers in the file \""
                + printable(location) + "\", " + message,
            model.string());
    };
    if (location.empty() || location.find('\0') != std::string::npos || relative.is_absolute()
        || std::find(relative.begin(), relative.end(), "..") != relative.end())
        return problem("which is not taken; expected a file in the folder of the model");
    std::error_code failed;
    const fs::path file = fs::canonical(folder / relative, failed);
    if (failed)
        return problem("which cannot be found (" + failed.message() + "); put it beside the model");
    const fs::path root = fs::canonical(folder, failed);
    if (failed || !liesWithin(file, root))
        return problem("a link that leads out of the folder of the model; put the file itself there");
    if (!fs::is_regular_file(file, failed))
        return problem("which is no file");
    return file;
}

TensorReader::TensorReader(fs::path model, const MappedFile& file)
    : m_model(std::move(model))
    , m_file(file)
{
}

std::string TensorReader::subject(const Tensor& tensor) const
{
    return "tensor \"" + printable(tensor.name) + "\" "
        + (tensor.dims.size() <= 8 ? toString(tensor.dims) : "");
}

Status TensorReader::checkSize(const Tensor& tensor) const
{
    const bool isPositive = std::all_of(
        tensor.dims.begin(), tensor.dims.end(), [](std::int64_t size) { return isSize(size, 1); });
    if (tensor.dims.size() > 8 || !isPositive || !fitsLimits(tensor.dims))
        return badInput(subject(tensor)
                + ": expected at most 8 sizes, each 1 or more, and 2,147,483,647 numbers "
                  "at most",
            m_model.string());
    return success();
}

Result<TensorReader::Bytes> TensorReader::externalBytes(const Tensor& tensor)
{
    PALIMPSEST_TRY(const fs::path path, externalFile(tensor, m_model));
    auto known = m_external.find(path);
    if (known == m_external.end()) {
        PALIMPSEST_TRY(MappedFile mapped, MappedFile::open(path));
        known = m_external.emplace(path, std::move(mapped)).first;
    }
    const std::span<const std::byte> all = known->second.bytes();
    const std::optional<std::uint64_t> offset = wholeNumber(entry(tensor, "offset"));
    const std::optional<std::uint64_t> length = wholeNumber(entry(tensor, "length"));
    if (!offset || !length || *offset > all.size())
        return badInput(subject(tensor) + " has no place within " + path.string() + ", which has "
                + std::to_string(all.size()) + " bytes",
            m_model.string());
    const std::uint64_t rest = all.size() - *offset;
    const std::uint64_t size = entry(tensor, "length").empty() ? rest : *length;
    if (size > rest)
        return badInput(subject(tensor) + " should have " + std::to_string(size) + " bytes from byte "
                + std::to_string(*offset) + " of " + path.string() + ", but that has only "
                + std::to_string(all.size()) + ": it is cut off",
            m_model.string());
    return Bytes { all.subspan(static_cast<std::size_t>(*offset), static_cast<std::size_t>(size)),
        &known->second };
}

Result<TensorReader::Bytes> TensorReader::rawBytes(const Tensor& tensor)
{
    if (tensor.isExternal)
        return externalBytes(tensor);
    Bytes raw;
    protozero::pbf_reader message(tensor.message.data(), tensor.message.size());
    while (message.next()) { // raw_data 9
        if (message.tag() != 9) {
            message.skip();
            continue;
        }
        const protozero::data_view view = message.get_view();
        raw = { std::as_bytes(std::span(view.data(), view.size())), &m_file };
    }
    return raw;
}

Result<std::vector<float>> TensorReader::floats(const Tensor& tensor)
{
    PALIMPSEST_CHECK(checkSize(tensor));
    if (!isFloat(tensor.type))
        return badInput(subject(tensor) + " holds " + typeName(tensor.type)
                + " numbers; expected float, double, "
                  "float16 or bfloat16",
            m_model.string());
    const auto expected = static_cast<std::size_t>(elementCount(tensor.dims)) * bytesOf(tensor.type);
    try {
        PALIMPSEST_TRY(const Bytes raw, rawBytes(tensor));
        std::string listed;
        if (raw.bytes.empty())
            listed = listedBytes(tensor, static_cast<std::size_t>(elementCount(tensor.dims)) + 1);
        const std::span<const std::byte> bytes
            = raw.bytes.empty() ? std::as_bytes(std::span(listed)) : raw.bytes;
        if (bytes.size() != expected)
            return badInput(subject(tensor) + " takes " + std::to_string(expected) + " bytes of "
                    + typeName(tensor.type) + ", but there are " + std::to_string(bytes.size()),
                m_model.string());
        return toFloats(bytes, formatOf(tensor.type), subject(tensor), m_model.string(),
            [&](std::span<const std::byte> part) {
                if (!raw.bytes.empty())
                    raw.file->release(part);
            });
    } catch (const protozero::exception& problem) {
        return badInput(subject(tensor) + " is damaged (" + problem.what() + ")", m_model.string());
    }
}

Result<std::vector<float>> TensorReader::transposed(
    const Tensor& tensor, std::int64_t rows, std::int64_t columns)
{
    PALIMPSEST_CHECK(checkSize(tensor));
    if (rows < 1 || columns < 1 || elementCount(tensor.dims) / rows != columns
        || elementCount(tensor.dims) % rows != 0)
        return badInput(subject(tensor) + " is no matrix " + toString({ rows, columns }), m_model.string());
    const auto height = static_cast<std::size_t>(rows);
    const auto width = static_cast<std::size_t>(columns);
    if (tensor.type == kFloat) { // straight from the file, without a copy between
        try {
            PALIMPSEST_TRY(const Bytes raw, rawBytes(tensor));
            if (raw.bytes.size() == height * width * sizeof(float)) {
                return transpose(raw.bytes, height, width,
                    [&](std::span<const std::byte> part) { raw.file->release(part); });
            }
        } catch (const protozero::exception&) { // floats() says what is wrong
        }
    }
    PALIMPSEST_TRY(const std::vector<float> values, floats(tensor));
    return transpose(std::as_bytes(std::span(values)), height, width, {});
}

Result<std::vector<std::int64_t>> TensorReader::integers(const Tensor& tensor, std::size_t limit)
{
    Tensor sized = tensor; // without its message's numbers this is small
    std::erase(sized.dims, 0);
    PALIMPSEST_CHECK(checkSize(sized));
    const std::size_t count
        = sized.dims.size() < tensor.dims.size() ? 0 : static_cast<std::size_t>(elementCount(tensor.dims));
    if ((tensor.type != kInt64 && tensor.type != kInt32) || count > limit)
        return badInput(subject(tensor) + " holds " + typeName(tensor.type) + " numbers; expected at most "
                + std::to_string(limit) + " whole numbers (int64 or int32)",
            m_model.string());
    try {
        PALIMPSEST_TRY(const Bytes raw, rawBytes(tensor));
        std::string listed;
        if (raw.bytes.empty())
            listed = listedBytes(tensor, limit + 1);
        const std::span<const std::byte> bytes
            = raw.bytes.empty() ? std::as_bytes(std::span(listed)) : raw.bytes;
        const std::size_t size = bytesOf(tensor.type);
        if (bytes.size() != count * size)
            return badInput(subject(tensor) + " takes " + std::to_string(count * size) + " bytes of "
                    + typeName(tensor.type) + ", but there are " + std::to_string(bytes.size()),
                m_model.string());
        std::vector<std::int64_t> values(count, 0);
        for (std::size_t i = 0; i < count; ++i) {
            if (size == 8) {
                std::memcpy(&values[i], bytes.data() + i * size, size);
            } else {
                std::int32_t value = 0;
                std::memcpy(&value, bytes.data() + i * size, size);
                values[i] = value;
            }
        }
        return values;
    } catch (const protozero::exception& problem) {
        return badInput(subject(tensor) + " is damaged (" + problem.what() + ")", m_model.string());
    }
}

} // namespace palimpsest::onnx
