// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palimpsest {

/// Sizes of an array, outermost first (row-major).
using Shape = std::vector<std::int64_t>;

/// Product of the sizes; 1 for a scalar. @throws std::invalid_argument if a size is negative or the product passes 63 bits
[[nodiscard]] std::int64_t elementCount(const Shape& shape);
/// "[3, 32, 32]"
[[nodiscard]] std::string toString(const Shape& shape);

enum class DType : std::uint8_t { UInt8, Int16, Int32, Int64, UInt32, Float16, Float32, Float64 };

[[nodiscard]] std::size_t byteSize(DType type);
/// "uint8", "float32", ...
[[nodiscard]] std::string_view toString(DType type);

template <class T> struct DTypeOf;
// clang-format off
template <> struct DTypeOf<std::uint8_t> { static constexpr DType kValue = DType::UInt8; };
template <> struct DTypeOf<std::int16_t> { static constexpr DType kValue = DType::Int16; };
template <> struct DTypeOf<std::int32_t> { static constexpr DType kValue = DType::Int32; };
template <> struct DTypeOf<std::int64_t> { static constexpr DType kValue = DType::Int64; };
template <> struct DTypeOf<std::uint32_t> { static constexpr DType kValue = DType::UInt32; };
template <> struct DTypeOf<float> { static constexpr DType kValue = DType::Float32; };
template <> struct DTypeOf<double> { static constexpr DType kValue = DType::Float64; };
// clang-format on

/// Numbers of one type and a shape, row-major, owned. What files are read into and results are written from.
class Array {
public:
    Array() = default;
    /// Zeros. @throws std::invalid_argument as elementCount()
    Array(DType type, Shape shape);

    /// Copies `values`. @throws std::invalid_argument if their number is not that of the shape
    template <class T> static Array from(std::span<const T> values, Shape shape)
    {
        Array array(DTypeOf<T>::kValue, std::move(shape));
        if (array.size() != values.size())
            throw std::invalid_argument("Array::from: " + std::to_string(values.size()) + " values for shape "
                + toString(array.shape()));
        if (!values.empty())
            std::memcpy(array.m_bytes.data(), values.data(), values.size_bytes());
        return array;
    }
    template <class T> static Array from(const std::vector<T>& values)
    {
        return from(std::span<const T>(values), { static_cast<std::int64_t>(values.size()) });
    }

    [[nodiscard]] DType type() const { return m_type; }
    [[nodiscard]] const Shape& shape() const { return m_shape; }
    /// Number of elements.
    [[nodiscard]] std::size_t size() const { return m_bytes.size() / byteSize(m_type); }
    [[nodiscard]] std::span<std::byte> bytes() { return m_bytes; }
    [[nodiscard]] std::span<const std::byte> bytes() const { return m_bytes; }

    /// The elements. @throws std::invalid_argument if they are of another type
    template <class T> [[nodiscard]] std::span<const T> as() const
    {
        requireType(DTypeOf<T>::kValue);
        return { reinterpret_cast<const T*>(m_bytes.data()), size() };
    }
    template <class T> [[nodiscard]] std::span<T> as()
    {
        requireType(DTypeOf<T>::kValue);
        return { reinterpret_cast<T*>(m_bytes.data()), size() };
    }

    /// Gives the values another shape. @throws std::invalid_argument if it holds another number of them
    void reshape(Shape shape);

    bool operator==(const Array&) const = default;

private:
    void requireType(DType type) const;

    DType m_type = DType::Float32;
    Shape m_shape { 0 };
    std::vector<std::byte> m_bytes;
};

/// A tree of named arrays and texts: the content of one result file or checkpoint.
/// Names are paths such as "tasks/fashion/table". Ordered, so equal records make equal files.
struct Record {
    std::map<std::string, Array> arrays;
    std::map<std::string, std::string> texts; ///< often JSON
    bool operator==(const Record&) const = default;
};

} // namespace palimpsest
