// SPDX-License-Identifier: Apache-2.0
#include "core/base/array.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

namespace palimpsest {
namespace {

TEST(Shape, CountsElements)
{
    EXPECT_EQ(elementCount({}), 1) << "a scalar";
    EXPECT_EQ(elementCount({ 3, 32, 32 }), 3072);
    EXPECT_EQ(elementCount({ 5, 0, 7 }), 0);
}

TEST(Shape, RefusesWhatNoArrayCanHave)
{
    EXPECT_THROW(static_cast<void>(elementCount({ 4, -1 })), std::invalid_argument);
    constexpr std::int64_t kHuge = std::int64_t { 1 } << 40;
    EXPECT_THROW(static_cast<void>(elementCount({ kHuge, kHuge })), std::invalid_argument);
    EXPECT_THROW(Array(DType::Float32, { -2 }), std::invalid_argument);
    EXPECT_THROW(Array(DType::Float64, { std::int64_t { 1 } << 61 }), std::invalid_argument) << "2^64 bytes";
}

TEST(Shape, PrintsAsInOtherTools)
{
    EXPECT_EQ(toString(Shape { 3, 32, 32 }), "[3, 32, 32]");
    EXPECT_EQ(toString(Shape {}), "[]");
}

TEST(DType, HasTheSizeOfItsCppType)
{
    EXPECT_EQ(byteSize(DTypeOf<std::uint8_t>::kValue), sizeof(std::uint8_t));
    EXPECT_EQ(byteSize(DTypeOf<std::int16_t>::kValue), sizeof(std::int16_t));
    EXPECT_EQ(byteSize(DTypeOf<std::int32_t>::kValue), sizeof(std::int32_t));
    EXPECT_EQ(byteSize(DTypeOf<std::int64_t>::kValue), sizeof(std::int64_t));
    EXPECT_EQ(byteSize(DTypeOf<std::uint32_t>::kValue), sizeof(std::uint32_t));
    EXPECT_EQ(byteSize(DTypeOf<float>::kValue), sizeof(float));
    EXPECT_EQ(byteSize(DTypeOf<double>::kValue), sizeof(double));
    EXPECT_EQ(byteSize(DType::Float16), 2U);
    EXPECT_EQ(toString(DType::Float16), "float16");
    EXPECT_EQ(toString(DTypeOf<std::uint32_t>::kValue), "uint32");
}

TEST(Array, BeginsWithZeros)
{
    const Array array(DType::Int32, { 2, 3 });
    EXPECT_EQ(array.size(), 6U);
    EXPECT_EQ(array.bytes().size(), 24U);
    for (const std::int32_t value : array.as<std::int32_t>())
        EXPECT_EQ(value, 0);
}

TEST(Array, DefaultIsEmptyFloats)
{
    const Array array;
    EXPECT_EQ(array.size(), 0U);
    EXPECT_EQ(array.shape(), Shape { 0 });
    EXPECT_TRUE(array.as<float>().empty());
}

TEST(Array, CopiesRowMajorValues)
{
    std::array<float, 6> values { 0, 1, 2, 3, 4, 5 };
    const Array array = Array::from(std::span<const float>(values), { 2, 3 });
    values[5] = 99;
    EXPECT_EQ(array.type(), DType::Float32);
    EXPECT_EQ(array.as<float>()[1 * 3 + 2], 5.0F);
    EXPECT_EQ(Array::from(std::vector<double> { 1.5, 2.5 }).shape(), Shape { 2 });
}

TEST(Array, RefusesAWrongNumberOfValues)
{
    const std::vector<float> values(5);
    EXPECT_THROW(Array::from(std::span<const float>(values), { 2, 3 }), std::invalid_argument);
}

TEST(Array, RefusesAnotherType)
{
    Array array(DType::Float32, { 4 });
    EXPECT_THROW(static_cast<void>(array.as<std::int32_t>()), std::invalid_argument)
        << "same size, other meaning";
    EXPECT_THROW(static_cast<void>(std::as_const(array).as<double>()), std::invalid_argument);
}

TEST(Array, EqualMeansTypeShapeAndBytes)
{
    const std::vector<float> values { 1, 2, 3, 4 };
    const Array flat = Array::from(values);
    EXPECT_EQ(flat, Array::from(values));
    EXPECT_NE(flat, Array::from(std::span<const float>(values), { 2, 2 }));
    Array other = flat;
    other.as<float>()[3] = 5;
    EXPECT_NE(flat, other);
    EXPECT_NE(Array(DType::Float32, { 1 }), Array(DType::Int32, { 1 }));
}

TEST(Record, EqualMeansNamesAndContents)
{
    Record record;
    record.arrays["tasks/fashion/table"] = Array::from(std::vector<std::int32_t> { 1, 2 });
    record.texts["settings"] = "{}";
    Record same = record;
    EXPECT_EQ(record, same);
    same.texts["settings"] = "{ }";
    EXPECT_NE(record, same);
}

} // namespace
} // namespace palimpsest
