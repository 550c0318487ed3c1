// SPDX-License-Identifier: Apache-2.0
#include "core/network/safetensors.h"

#include "core/base/file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace palimpsest {
namespace {

std::string file(const std::string& header, const std::string& data)
{
    std::string bytes(8, '\0');
    const std::uint64_t length = header.size();
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes + header + data;
}

Result<Weights> parse(const std::string& bytes)
{
    return parseSafetensors(std::as_bytes(std::span(bytes)), "w.safetensors");
}

std::string errorOf(const std::string& bytes)
{
    const Result<Weights> parsed = parse(bytes);
    if (parsed.ok())
        return "no error";
    EXPECT_EQ(parsed.error().kind, ErrorKind::BadInput);
    return parsed.error().text();
}

/// Header of two float32 tensors, a [2] and b [1].
std::string twoTensors(const std::string& offsetsA, const std::string& offsetsB)
{
    return R"({"a":{"dtype":"F32","shape":[2],"data_offsets":)" + offsetsA
        + R"(},"b":{"dtype":"F32","shape":[1],"data_offsets":)" + offsetsB + "}}";
}

Weights example()
{
    return { { { "conv.weight", { 2, 3 }, { 0.5F, -1.0F, 1e-30F, 3e38F, -0.0F, 7.0F } },
        { "conv.bias", { 2 }, { 1.0F, 2.0F } }, { "scalar", {}, { 4.0F } }, { "empty", { 0, 5 }, {} } } };
}

TEST(Safetensors, KeepsEveryBitAndTheOrder)
{
    const std::string bytes = safetensorsBytes(example());
    const Result<Weights> parsed = parse(bytes);
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    EXPECT_EQ(*parsed, example());
    EXPECT_TRUE(std::signbit(parsed->tensors[0].values[4]));
    EXPECT_EQ(safetensorsBytes(*parsed), bytes); // equal weights, equal bytes
    std::uint64_t header = 0;
    std::memcpy(&header, bytes.data(), sizeof header);
    EXPECT_EQ(header % 8, 0U);
    EXPECT_EQ(bytes.size(), 8 + header + 9 * sizeof(float));
}

TEST(Safetensors, ReadsWhatItWroteToAFile)
{
    const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "palimpsest.safetensors";
    ASSERT_TRUE(writeSafetensors(path, example()).ok());
    const Result<Weights> read = readSafetensors(path);
    ASSERT_TRUE(read.ok()) << read.error().text();
    EXPECT_EQ(*read, example());
    std::filesystem::remove(path);
    EXPECT_NE(readSafetensors(path).error().text().find("palimpsest.safetensors"), std::string::npos);
}

TEST(Safetensors, ReadsTheOtherFloatFormats)
{
    std::string data;
    const auto put = [&](auto value) {
        std::string raw(sizeof value, '\0');
        std::memcpy(raw.data(), &value, sizeof value);
        data += raw;
    };
    put(std::uint16_t { 0x3C00 }); // half 1
    put(std::uint16_t { 0xC500 }); // half -5
    put(std::uint16_t { 0x3FC0 }); // bfloat16 1.5
    put(-0.1);
    const Result<Weights> parsed
        = parse(file(R"({"__metadata__":{"format":"pt"},"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
        "b":{"dtype":"BF16","shape":[],"data_offsets":[4,6]},"d":{"dtype":"F64","shape":[1,1],"data_offsets":[6,14]}}  )",
            data));
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    EXPECT_EQ(parsed->find("h")->values, (std::vector<float> { 1.0F, -5.0F }));
    EXPECT_EQ(parsed->find("b")->values, std::vector<float> { 1.5F });
    EXPECT_EQ(parsed->find("d")->values, std::vector<float> { -0.1F });
    EXPECT_EQ(parsed->find("d")->shape, (Shape { 1, 1 }));
}

TEST(Safetensors, KeepsNaNForTheCheckThatNamesItsLayer)
{
    Weights weights { { { "w", { 1 }, { std::numeric_limits<float>::quiet_NaN() } } } };
    const Result<Weights> parsed = parse(safetensorsBytes(weights));
    ASSERT_TRUE(parsed.ok());
    EXPECT_TRUE(std::isnan(parsed->tensors[0].values[0]));
}

TEST(Safetensors, RefusesDoublesBeyondFloat)
{
    const double huge = 1e300;
    std::string data(8, '\0');
    std::memcpy(data.data(), &huge, sizeof huge);
    EXPECT_NE(errorOf(file(R"({"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})", data))
                  .find("beyond the range of float32"),
        std::string::npos);
}

TEST(Safetensors, EveryTruncationIsAnError)
{
    const std::string whole = safetensorsBytes(example());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        // A copy of exactly this size, so that the address sanitizer sees a read beyond it.
        const std::string text = errorOf(std::string(whole, 0, length));
        ASSERT_EQ(text.rfind("w.safetensors", 0), 0U) << length << ": " << text;
    }
    EXPECT_EQ(errorOf(whole), "no error");
}

TEST(Safetensors, EveryFlippedHeaderByteIsReadOrRefused)
{
    const std::string whole = safetensorsBytes(example());
    for (std::size_t i = 0; i + 9 * sizeof(float) < whole.size(); ++i)
        for (const unsigned flip : { 0x01U, 0x10U, 0x80U, 0xFFU }) {
            std::string bytes = whole;
            bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ flip);
            const Result<Weights> parsed = parse(bytes);
            // What is still read has another name, or another shape of the same size.
            EXPECT_TRUE(!parsed.ok() || parsed->tensors.size() == example().tensors.size()) << i;
        }
}

TEST(Safetensors, RefusesBadHeaders)
{
    std::string huge(8, '\xFF');
    EXPECT_NE(errorOf(huge).find("is above 64 MiB"), std::string::npos);
    EXPECT_EQ(errorOf("abc"),
        "w.safetensors: expected a safetensors file, which starts with 8 bytes of header length, got 3 "
        "bytes");
    EXPECT_NE(errorOf(file("", "")).find("must be a JSON object"), std::string::npos);
    EXPECT_NE(errorOf(file("[1]", "")).find("must be a JSON object"), std::string::npos);
    EXPECT_NE(errorOf(file(" {}", "")).find("must be a JSON object"), std::string::npos);
    EXPECT_NE(errorOf(file("{\"a\":", "")).find("w.safetensors (header)"), std::string::npos);
    EXPECT_NE(errorOf(file(R"({"__metadata__":{"n":1}})", "")).find("__metadata__ must be an object"),
        std::string::npos);
    EXPECT_NE(errorOf(file(R"({"__metadata__":"x"})", "")).find("__metadata__ must be an object"),
        std::string::npos);
    EXPECT_EQ(errorOf(file("{}", "")), "no error"); // no tensors
}

TEST(Safetensors, RefusesBadEntries)
{
    const std::string data(4, '\0');
    const auto entry = [&](const std::string& body) { return errorOf(file("{\"a\":" + body + "}", data)); };
    EXPECT_EQ(entry(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})"), "no error");
    EXPECT_NE(entry("7").find("tensor \"a\": expected an object"), std::string::npos);
    EXPECT_NE(entry(R"({"dtype":"F32","shape":[1]})").find("data_offsets is missing"), std::string::npos);
    EXPECT_NE(
        entry(R"({"dtype":"F32","shape":[1],"data_offset":[0,4]})").find("did you mean \"data_offsets\"?"),
        std::string::npos);
    EXPECT_NE(entry(R"({"dtype":"I32","shape":[1],"data_offsets":[0,4]})")
                  .find("expected dtype F32, F16, BF16 or F64, got \"I32\""),
        std::string::npos);
    EXPECT_NE(
        entry(R"({"dtype":32,"shape":[1],"data_offsets":[0,4]})").find("expected dtype"), std::string::npos);
    for (const char* shape :
        { "1", "[-1]", "[1.0]", "[\"1\"]", "[1,1,1,1,1,1,1,1,1]", "[18446744073709551615]" })
        EXPECT_NE(entry(std::string(R"({"dtype":"F32","shape":)") + shape + R"(,"data_offsets":[0,4]})")
                      .find("shape"),
            std::string::npos)
            << shape;
    EXPECT_NE(entry(R"({"dtype":"F32","shape":[65536,65536],"data_offsets":[0,4]})")
                  .find("more than 2,147,483,647 elements"),
        std::string::npos);
    EXPECT_NE(entry(R"({"dtype":"F32","shape":[0,2147483647,2147483647],"data_offsets":[0,4]})")
                  .find("takes 0 bytes"),
        std::string::npos);
    for (const char* offsets : { "[0]", "[0,4,8]", "4", "[4,0]", "[-4,0]", "[0,4.0]", "[null,4]" })
        EXPECT_NE(entry(std::string(R"({"dtype":"F32","shape":[1],"data_offsets":)") + offsets + "}")
                      .find("data_offsets must be"),
            std::string::npos)
            << offsets;
    EXPECT_NE(entry(R"({"dtype":"F32","shape":[1],"data_offsets":[0,8]})")
                  .find("end at byte 8, but the file has only 4"),
        std::string::npos);
    EXPECT_NE(entry(R"({"dtype":"F16","shape":[1],"data_offsets":[0,4]})")
                  .find("[1] in F16 takes 2 bytes, but data_offsets span 4"),
        std::string::npos);
    EXPECT_NE(
        errorOf(file(R"({"":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", data)).find("empty name"),
        std::string::npos);
}

TEST(Safetensors, TensorsMustCoverTheDataExactly)
{
    const std::string data(12, '\0');
    EXPECT_EQ(errorOf(file(twoTensors("[0,8]", "[8,12]"), data)), "no error");
    EXPECT_EQ(errorOf(file(twoTensors("[4,12]", "[0,4]"), data)), "no error"); // order of the header is free
    EXPECT_NE(errorOf(file(twoTensors("[0,8]", "[4,8]"), data)).find("overlap those of tensor \"a\""),
        std::string::npos);
    EXPECT_NE(errorOf(file(twoTensors("[0,8]", "[12,16]"), data + "1234")).find("a gap of 4 bytes"),
        std::string::npos);
    EXPECT_NE(errorOf(file(twoTensors("[0,8]", "[8,12]"), data + "x")).find("1 bytes at the end of the file"),
        std::string::npos);
    EXPECT_NE(errorOf(file(twoTensors("[4,12]", "[12,16]"), data + "1234")).find("a gap of 4 bytes"),
        std::string::npos);
}

TEST(Safetensors, RefusesATensorThatIsThereTwice)
{
    EXPECT_NE(
        errorOf(
            file(
                R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                std::string(8, '\0')))
            .find("twice"),
        std::string::npos);
}

TEST(Safetensors, WriterRefusesWhatNoReaderCouldRead)
{
    EXPECT_THROW((void)safetensorsBytes({ { { "a", { 2 }, { 1.0F } } } }), std::invalid_argument);
    EXPECT_THROW((void)safetensorsBytes({ { { "a", { 1 }, { 1.0F } }, { "a", { 1 }, { 1.0F } } } }),
        std::invalid_argument);
    EXPECT_THROW((void)safetensorsBytes({ { { "__metadata__", { 1 }, { 1.0F } } } }), std::invalid_argument);
    EXPECT_THROW((void)safetensorsBytes({ { { "", { 1 }, { 1.0F } } } }), std::invalid_argument);
}

} // namespace
} // namespace palimpsest
