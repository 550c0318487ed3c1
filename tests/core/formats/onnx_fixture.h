// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace palimpsest::test {

/// How a TensorProto holds its numbers.
enum class OnnxData { Raw, Listed, Half, HalfListed, Bfloat, Double, DoubleListed };

/// TensorProto of float numbers.
[[nodiscard]] std::string onnxTensor(const std::string& name, const Shape& dims,
    const std::vector<float>& values, OnnxData data = OnnxData::Raw);
/// TensorProto of int64 numbers.
[[nodiscard]] std::string onnxIntegers(const std::string& name, const Shape& dims,
    const std::vector<std::int64_t>& values, bool isListed = false);
/// TensorProto of float numbers in another file. An empty offset or length is left out.
[[nodiscard]] std::string onnxExternal(const std::string& name, const Shape& dims,
    const std::string& location, const std::string& offset, const std::string& length);

/// AttributeProto.
[[nodiscard]] std::string onnxAttribute(const std::string& name, std::int64_t value);
[[nodiscard]] std::string onnxAttribute(const std::string& name, float value);
[[nodiscard]] std::string onnxAttribute(const std::string& name, const char* value);
[[nodiscard]] std::string onnxAttribute(const std::string& name, const std::vector<std::int64_t>& values);
[[nodiscard]] std::string onnxTensorAttribute(const std::string& name, const std::string& tensor);

/// A ModelProto piece by piece, in the order in which the pieces are added.
class OnnxModel {
public:
    explicit OnnxModel(std::int64_t opset = 17)
        : m_opset(opset)
    {
    }

    /// @param attributes  of onnxAttribute()
    OnnxModel& node(const std::string& op, const std::vector<std::string>& inputs,
        const std::vector<std::string>& outputs, const std::vector<std::string>& attributes = {},
        const std::string& name = "*", const std::string& domain = {});
    OnnxModel& initializer(const std::string& tensor);
    /// @param dims  0 for one that is left open; @param type  DataType, 1: float
    OnnxModel& input(const std::string& name, const Shape& dims, std::int64_t type = 1);
    OnnxModel& output(const std::string& name);
    /// Any field of the graph.
    OnnxModel& graphField(std::uint32_t tag, const std::string& content);

    [[nodiscard]] std::string bytes() const;

private:
    std::int64_t m_opset;
    std::string m_graph;
};

} // namespace palimpsest::test
