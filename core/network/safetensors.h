// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.h"

#include <cstddef>
#include <span>

namespace palimpsest {

/// Strict reader of the safetensors format: 8 bytes little-endian header length, JSON header, data.
/// F32 is taken as it is, F16, BF16 and F64 are converted. Overlapping, out-of-range or duplicate tensors, a header over
/// 100 MB and trailing bytes are BadInput that names the file and the tensor.
[[nodiscard]] Result<Weights> readSafetensors(const std::filesystem::path& path);
/// The same for bytes in memory; `where` names them in errors.
[[nodiscard]] Result<Weights> parseSafetensors(std::span<const std::byte> bytes, const std::string& where);

/// Writes F32 tensors, saved atomically. Equal weights give equal bytes.
[[nodiscard]] Status writeSafetensors(const std::filesystem::path& path, const Weights& weights);

} // namespace palimpsest
