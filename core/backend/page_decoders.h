// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/storage.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace palimpsest {

/// What decodes stored pages, built for one instruction set. All of them give the same bits: float32(scale) * q, one multiplication a weight.
struct PageDecoders {
    /// @param page    packedBytes(storage, count) bytes; no byte beyond them is read
    /// @param scales  float16 bits, scaleCount(storage, count)
    /// @param values  out, [count]
    using Decode
        = void (*)(const std::uint8_t* page, const std::uint16_t* scales, std::int64_t count, float* values);

    const char* name; ///< "avx2", "baseline"
    std::array<Decode, 8> byStorage; ///< in the order of Storage

    [[nodiscard]] Decode of(Storage storage) const { return byStorage.at(static_cast<std::size_t>(storage)); }
};

/// What this processor can run, the fastest first; never empty.
[[nodiscard]] std::span<const PageDecoders> pageDecoders();

namespace detail {
/// Those that every processor can run.
extern const PageDecoders kBaselineDecoders;
/// Those with AVX2 and F16C; nullptr where the processor lacks them.
[[nodiscard]] const PageDecoders* avx2Decoders();
} // namespace detail

} // namespace palimpsest
