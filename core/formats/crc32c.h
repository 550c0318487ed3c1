// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/crc.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace palimpsest {

/// CRC-32C (Castagnoli), and as TensorFlow and leveldb store it: rotated by 15 bits, plus a constant, so that the CRC of data
/// that hold CRCs is no special case.
[[nodiscard]] inline std::uint32_t crc32c(std::span<const std::byte> bytes)
{
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}
[[nodiscard]] inline std::uint32_t maskedCrc32c(std::span<const std::byte> bytes)
{
    const std::uint32_t crc = crc32c(bytes);
    return ((crc >> 15U) | (crc << 17U)) + 0xA282EAD8U;
}

} // namespace palimpsest
