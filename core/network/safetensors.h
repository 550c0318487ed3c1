// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.h"

#include <cstddef>
#include <span>

namespace palimpsest {

/// A tensor of a file that holds no floating-point numbers.
struct SkippedTensor {
    std::string name;
    std::string type; ///< "I64"
    Shape shape;
};

/// Strict reader of the safetensors format: 8 bytes little-endian header length, JSON header, data.
/// F32 is taken as it is, F16, BF16 and F64 are converted; the header's __metadata__ is checked and not kept.
/// Tensors come in the order of their data. Overlapping, out-of-range or duplicate tensors, gaps, trailing
/// bytes, a header over 64 MiB and a value beyond float32's range are BadInput that names the file and the
/// tensor. Tensors of whole numbers or truth values (as PyTorch counts batches) are BadInput too, but go to `skipped` where that is
/// given.
[[nodiscard]] Result<Weights> readSafetensors(
    const std::filesystem::path& path, std::vector<SkippedTensor>* skipped = nullptr);
/// The same for bytes in memory; `where` names them in errors.
[[nodiscard]] Result<Weights> parseSafetensors(std::span<const std::byte> bytes, const std::string& where,
    std::vector<SkippedTensor>* skipped = nullptr);

/// The bytes of a file of F32 tensors, in the order of `weights`. Equal weights give equal bytes.
/// @throws std::invalid_argument if two tensors have one name, or a tensor's values are not as many as its
/// shape says
[[nodiscard]] std::string safetensorsBytes(const Weights& weights);
/// Writes them, saved atomically.
[[nodiscard]] Status writeSafetensors(const std::filesystem::path& path, const Weights& weights);

} // namespace palimpsest
