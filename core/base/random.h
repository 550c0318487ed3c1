// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <utility>

namespace palimpsest {

/// Seeded random numbers that are the same with every standard library:
/// std::mt19937_64 is specified to the bit, the std distributions are not, so these are our own.
class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_engine(seed)
    {
    }

    [[nodiscard]] std::uint64_t next() { return m_engine(); }
    /// Uniform in [0, 1), 53 bits.
    [[nodiscard]] double uniform();
    /// Uniform in [0, bound), without modulo bias. @pre bound > 0
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    /// Standard normal (Box and Muller 1958, one value a call).
    [[nodiscard]] double normal();

    /// Fisher-Yates shuffle.
    template <class T> void shuffle(std::span<T> items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[static_cast<std::size_t>(below(i))]);
    }

private:
    std::mt19937_64 m_engine;
};

/// A seed for one purpose ("train/fashion"), independent of the other purposes of the same project seed.
[[nodiscard]] std::uint64_t deriveSeed(std::uint64_t seed, std::string_view purpose);

} // namespace palimpsest
