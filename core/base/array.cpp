// SPDX-License-Identifier: Apache-2.0
#include "core/base/array.h"

#include <utility>

namespace palimpsest {

std::int64_t elementCount(const Shape& shape)
{
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        if (size < 0 || __builtin_mul_overflow(count, size, &count))
            throw std::invalid_argument("no array has the shape " + toString(shape));
    }
    return count;
}

std::string toString(const Shape& shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    return text + "]";
}

std::size_t byteSize(DType type)
{
    switch (type) {
    case DType::UInt8:
        return 1;
    case DType::Int16:
    case DType::Float16:
        return 2;
    case DType::Int32:
    case DType::UInt32:
    case DType::Float32:
        return 4;
    case DType::Int64:
    case DType::Float64:
        return 8;
    }
    throw std::invalid_argument("unknown DType");
}

std::string_view toString(DType type)
{
    switch (type) {
    case DType::UInt8:
        return "uint8";
    case DType::Int16:
        return "int16";
    case DType::Int32:
        return "int32";
    case DType::Int64:
        return "int64";
    case DType::UInt32:
        return "uint32";
    case DType::Float16:
        return "float16";
    case DType::Float32:
        return "float32";
    case DType::Float64:
        return "float64";
    }
    throw std::invalid_argument("unknown DType");
}

Array::Array(DType type, Shape shape)
    : m_type(type)
    , m_shape(std::move(shape))
{
    std::size_t byteCount = 0;
    if (__builtin_mul_overflow(static_cast<std::size_t>(elementCount(m_shape)), byteSize(type), &byteCount))
        throw std::invalid_argument("no array has the shape " + toString(m_shape));
    m_bytes.resize(byteCount);
}

void Array::reshape(Shape shape)
{
    if (elementCount(shape) != static_cast<std::int64_t>(size()))
        throw std::invalid_argument("Array::reshape: " + std::to_string(size()) + " values for shape " + toString(shape));
    m_shape = std::move(shape);
}

void Array::requireType(DType type) const
{
    if (type != m_type)
        throw std::invalid_argument(
            "Array: asked for " + std::string(toString(type)) + ", holds " + std::string(toString(m_type)));
}

} // namespace palimpsest
