// SPDX-License-Identifier: Apache-2.0
#include "core/base/number_convert.h"

#include "core/base/float_formats.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace palimpsest {

namespace {

static_assert(std::endian::native == std::endian::little);

template <class T> T load(const std::byte* bytes)
{
    T value {};
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

} // namespace

std::size_t byteSize(NumberFormat format)
{
    if (format == NumberFormat::Float64)
        return 8;
    return format == NumberFormat::Float32 ? 4 : 2;
}

std::optional<std::size_t> convertToFloats(
    std::span<const std::byte> bytes, NumberFormat format, std::span<float> into)
{
    if (bytes.size() != into.size() * byteSize(format))
        throw std::invalid_argument("convertToFloats: " + std::to_string(bytes.size()) + " bytes for "
            + std::to_string(into.size()) + " numbers");
    switch (format) {
    case NumberFormat::Float32:
        if (!into.empty())
            std::memcpy(into.data(), bytes.data(), bytes.size());
        break;
    case NumberFormat::Float16:
        for (std::size_t i = 0; i < into.size(); ++i)
            into[i] = floatFromHalf(load<std::uint16_t>(bytes.data() + 2 * i));
        break;
    case NumberFormat::Bfloat16:
        for (std::size_t i = 0; i < into.size(); ++i)
            into[i] = floatFromBfloat(load<std::uint16_t>(bytes.data() + 2 * i));
        break;
    case NumberFormat::Float64:
        for (std::size_t i = 0; i < into.size(); ++i) {
            const auto value = load<double>(bytes.data() + 8 * i);
            if (std::isfinite(value) && std::abs(value) > double { std::numeric_limits<float>::max() })
                return i;
            into[i] = static_cast<float>(value);
        }
        break;
    }
    return std::nullopt;
}

Result<std::vector<float>> toFloats(std::span<const std::byte> bytes, NumberFormat format,
    const std::string& subject, const std::string& where,
    const std::function<void(std::span<const std::byte>)>& finished)
{
    constexpr std::size_t kChunk = std::size_t { 1 } << 20U; // numbers
    const std::size_t width = byteSize(format);
    std::vector<float> values(bytes.size() / width);
    for (std::size_t at = 0; at < values.size(); at += kChunk) {
        const std::size_t count = std::min(kChunk, values.size() - at);
        const std::span<const std::byte> part = bytes.subspan(at * width, count * width);
        if (const auto wrong = convertToFloats(part, format, std::span(values).subspan(at, count)))
            return badInput(subject + ": the value at index " + std::to_string(at + *wrong)
                    + " is beyond the range of float32",
                where);
        if (finished)
            finished(part);
    }
    return values;
}

} // namespace palimpsest
