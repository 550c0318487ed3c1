// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"

#include <cmath>
#include <numbers>

namespace palimpsest {

double Random::uniform()
{
    return static_cast<double>(m_engine() >> 11U) * 0x1.0p-53;
}

std::uint64_t Random::below(std::uint64_t bound)
{
    // Rejects the few values above the largest multiple of bound.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t value = m_engine();
    while (value >= limit)
        value = m_engine();
    return value % bound;
}

double Random::normal()
{
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::uint64_t deriveSeed(std::uint64_t seed, std::string_view purpose)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a over the purpose ...
    for (const char c : purpose) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    hash ^= seed + 0x9e3779b97f4a7c15ULL + (hash << 6U) + (hash >> 2U);
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9ULL; // ... then the finaliser of SplitMix64
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebULL;
    return hash ^ (hash >> 31U);
}

} // namespace palimpsest
