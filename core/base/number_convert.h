// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// How a file stores floating-point numbers; little-endian.
enum class NumberFormat : std::uint8_t { Float32, Float16, Bfloat16, Float64 };

[[nodiscard]] std::size_t byteSize(NumberFormat format);

/// Fills `into` from `bytes`, which hold as many numbers.
/// @return index of the first float64 that is beyond the range of float32, where the work stops
/// @throws std::invalid_argument if the sizes do not agree
[[nodiscard]] std::optional<std::size_t> convertToFloats(
    std::span<const std::byte> bytes, NumberFormat format, std::span<float> into);

/// The same as a new vector. A float64 beyond the range of float32 is BadInput.
/// @param bytes    a whole number of values
/// @param subject  what they are ("tensor \"a\""), for messages
/// @param finished  called with each part of `bytes` that will not be read again (MappedFile::release)
[[nodiscard]] Result<std::vector<float>> toFloats(std::span<const std::byte> bytes, NumberFormat format,
    const std::string& subject, const std::string& where,
    const std::function<void(std::span<const std::byte>)>& finished = {});

} // namespace palimpsest
