// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/file.h"
#include "core/formats/onnx_model.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace palimpsest::onnx {

/// Whether its numbers are floating-point ones that are read: float, double, float16, bfloat16.
[[nodiscard]] bool isFloat(std::int64_t type);
/// "float16", "int8", ...
[[nodiscard]] std::string typeName(std::int64_t type);

/// Where the numbers of a tensor with external data lie. They must be in a file in or below the folder of the model.
[[nodiscard]] Result<std::filesystem::path> externalFile(
    const Tensor& tensor, const std::filesystem::path& model);

/// Reads numbers of tensors from a model's file or from the files beside it, and gives their pages in memory back afterwards.
class TensorReader {
public:
    /// @param model  the file that was parsed
    /// @param file   its bytes; outlives the reader, as do the tensors
    TensorReader(std::filesystem::path model, const MappedFile& file);

    /// Sizes that are negative, or more numbers than a network can have, are BadInput.
    [[nodiscard]] Status checkSize(const Tensor& tensor) const;
    /// All numbers as float32.
    [[nodiscard]] Result<std::vector<float>> floats(const Tensor& tensor);
    /// The same taken as a matrix [rows, columns], as those of its transpose.
    [[nodiscard]] Result<std::vector<float>> transposed(
        const Tensor& tensor, std::int64_t rows, std::int64_t columns);
    /// Numbers of an int64 or int32 tensor with at most `limit` of them.
    [[nodiscard]] Result<std::vector<std::int64_t>> integers(const Tensor& tensor, std::size_t limit);

private:
    /// The bytes of a tensor that lie as they are in memory; empty where it stores numbers one by one.
    struct Bytes {
        std::span<const std::byte> bytes;
        const MappedFile* file = nullptr; ///< that they are part of
    };

    [[nodiscard]] Result<Bytes> rawBytes(const Tensor& tensor);
    [[nodiscard]] Result<Bytes> externalBytes(const Tensor& tensor);
    [[nodiscard]] std::string subject(const Tensor& tensor) const;

    std::filesystem::path m_model;
    const MappedFile& m_file;
    std::map<std::filesystem::path, MappedFile> m_external;
};

} // namespace palimpsest::onnx
