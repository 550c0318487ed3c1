// SPDX-License-Identifier: Apache-2.0
#include "core/formats/number_convert.h"

#include "core/base/float_formats.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

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

Result<std::vector<float>> toFloats(std::span<const std::byte> bytes, NumberFormat format,
    const std::string& subject, const std::string& where)
{
    const std::size_t count = bytes.size() / byteSize(format);
    std::vector<float> values(count);
    switch (format) {
    case NumberFormat::Float32:
        if (count > 0)
            std::memcpy(values.data(), bytes.data(), count * sizeof(float));
        break;
    case NumberFormat::Float16:
        for (std::size_t i = 0; i < count; ++i)
            values[i] = floatFromHalf(load<std::uint16_t>(bytes.data() + 2 * i));
        break;
    case NumberFormat::Bfloat16:
        for (std::size_t i = 0; i < count; ++i)
            values[i] = floatFromBfloat(load<std::uint16_t>(bytes.data() + 2 * i));
        break;
    case NumberFormat::Float64:
        for (std::size_t i = 0; i < count; ++i) {
            const auto value = load<double>(bytes.data() + 8 * i);
            if (std::isfinite(value) && std::abs(value) > double { std::numeric_limits<float>::max() })
                return badInput(subject + ": the value " + std::to_string(value) + " at index "
                        + std::to_string(i) + " is beyond the range of float32",
                    where);
            values[i] = static_cast<float>(value);
        }
        break;
    }
    return values;
}

} // namespace palimpsest
