// SPDX-License-Identifier: Apache-2.0
#include "core/data/mat_structure.h"

#include "core/base/units.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHeaderBytes = 128;
constexpr std::size_t kTagBytes = 8;
constexpr std::size_t kFrontBytes = 4096; ///< of a compressed variable: flags, sizes and name lie in it
constexpr std::size_t kMostNestedBytes = std::size_t { 16 }
    << 20U; ///< of a compressed cell array or structure
constexpr std::size_t kMaxRank = 32;
constexpr int kMaxDepth = 16; ///< of cell arrays and structures in each other

/// Types of elements.
constexpr std::uint32_t kInt8 = 1;
constexpr std::uint32_t kInt32 = 5;
constexpr std::uint32_t kUInt32 = 6;
constexpr std::uint32_t kMatrix = 14;
constexpr std::uint32_t kCompressed = 15;

/// Classes of variables. From kCharacters to kLastNumbers they hold values alone.
constexpr std::uint32_t kCells = 1;
constexpr std::uint32_t kStructure = 2;
constexpr std::uint32_t kObject = 3;
constexpr std::uint32_t kCharacters = 4;
constexpr std::uint32_t kLastNumbers = 15;

/// Elements one after the other. What does not fit is none.
class Elements {
public:
    struct Element {
        std::uint32_t type = 0;
        std::span<const std::byte> content;
    };

    Elements(std::span<const std::byte> bytes, bool isSwapped)
        : m_bytes(bytes)
        , m_isSwapped(isSwapped)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_bytes.size(); }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - std::min(m_at, m_bytes.size()); }
    [[nodiscard]] std::uint32_t word(std::span<const std::byte> bytes, std::size_t index) const
    {
        std::array<std::byte, 4> word {};
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(4 * index), word.size(), word.begin());
        if (m_isSwapped)
            std::reverse(word.begin(), word.end());
        return std::bit_cast<std::uint32_t>(word);
    }

    std::optional<Element> next()
    {
        if (left() < kTagBytes)
            return std::nullopt;
        const std::span<const std::byte> rest = m_bytes.subspan(m_at);
        const std::uint32_t first = word(rest, 0);
        if (const std::uint32_t size = first >> 16U; size != 0) { // up to four bytes lie in the tag itself
            m_at += kTagBytes;
            return size > 4 ? std::nullopt
                            : std::optional<Element>({ first & 0xffffU, rest.subspan(4, size) });
        }
        const std::size_t size = word(rest, 1);
        if (size > rest.size() - kTagBytes)
            return std::nullopt;
        m_at += kTagBytes + (first == kCompressed ? size : (size + 7) / 8 * 8);
        return Element { first, rest.subspan(kTagBytes, size) };
    }

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
    bool m_isSwapped;
};

/// Flags, sizes and name of a variable, which come first.
struct VariableHead {
    std::uint32_t kind = 0; ///< its class
    std::uint64_t count = 0; ///< of its values
};

std::optional<VariableHead> takeHead(Elements& elements)
{
    VariableHead head;
    const auto flags = elements.next();
    if (!flags || flags->type != kUInt32 || flags->content.size() != 8)
        return std::nullopt;
    head.kind = elements.word(flags->content, 0) & 0xffU;
    const auto sizes = elements.next();
    if (!sizes || sizes->type != kInt32 || sizes->content.size() % 4 != 0 || sizes->content.empty()
        || sizes->content.size() > 4 * kMaxRank)
        return std::nullopt;
    constexpr std::uint64_t kMost = std::uint64_t { 1 } << 31U;
    head.count = 1;
    for (std::size_t i = 0; i < sizes->content.size() / 4; ++i)
        head.count = std::min(head.count * elements.word(sizes->content, i), kMost);
    const auto name = elements.next();
    if (!name || name->type != kInt8)
        return std::nullopt;
    return head;
}

/// The content of a variable of cells or fields: every one lies within it, and there are as many as it says.
bool isWhole(std::span<const std::byte> content, bool isSwapped, int depth)
{
    if (content.empty()) // a cell without a value
        return true;
    Elements elements(content, isSwapped);
    const std::optional<VariableHead> head = takeHead(elements);
    if (!head || depth > kMaxDepth)
        return false;
    if (head->kind >= kCharacters && head->kind <= kLastNumbers)
        return true;
    std::uint64_t parts = head->count;
    if (head->kind == kObject)
        if (const auto name = elements.next(); !name || name->type != kInt8)
            return false;
    if (head->kind == kStructure || head->kind == kObject) {
        const auto length = elements.next(); // of each field's name
        if (!length || length->type != kInt32 || length->content.size() != 4)
            return false;
        const std::uint32_t bytes = elements.word(length->content, 0);
        const auto names = elements.next();
        if (!names || names->type != kInt8 || bytes == 0 || names->content.size() % bytes != 0)
            return false;
        parts *= names->content.size() / bytes; // below 2^31 times 2^32
    } else if (head->kind != kCells) {
        return false;
    }
    if (parts > elements.left() / kTagBytes)
        return false;
    for (std::uint64_t part = 0; part < parts; ++part) {
        const auto element = elements.next();
        if (!element || element->type != kMatrix || !isWhole(element->content, isSwapped, depth + 1))
            return false;
    }
    return true;
}

/// The front of a zlib stream, up to `most` bytes; nothing where it is damaged before.
std::optional<std::vector<std::byte>> inflateFront(std::span<const std::byte> bytes, std::size_t most)
{
    z_stream stream {};
    if (inflateInit(&stream) != Z_OK)
        return std::nullopt;
    std::vector<std::byte> front(most);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(front.data());
    stream.avail_out = static_cast<uInt>(front.size());
    const int end = inflate(&stream, Z_SYNC_FLUSH);
    front.resize(stream.total_out);
    inflateEnd(&stream);
    return end == Z_OK || end == Z_STREAM_END ? std::optional(std::move(front)) : std::nullopt;
}

/// Of a compressed element: the variable in it.
bool isCompressedWhole(std::span<const std::byte> content, bool isSwapped)
{
    std::optional<std::vector<std::byte>> bytes = inflateFront(content, kFrontBytes);
    if (!bytes || bytes->size() < kTagBytes)
        return false;
    const Elements words({}, isSwapped);
    const std::size_t size = words.word(*bytes, 1);
    if (words.word(*bytes, 0) != kMatrix)
        return false;
    const auto body = [&] { return std::span<const std::byte>(*bytes).subspan(kTagBytes); };
    Elements elements(body(), isSwapped);
    const std::optional<VariableHead> head = takeHead(elements);
    if (!head)
        return false;
    if (head->kind >= kCharacters && head->kind <= kLastNumbers)
        return true;
    if (size > kMostNestedBytes)
        return false;
    bytes = inflateFront(content, kTagBytes + size);
    return bytes && bytes->size() == kTagBytes + size && isWhole(body(), isSwapped, 0);
}

} // namespace

Status checkMatStructure(std::span<const std::byte> bytes, const fs::path& path)
{
    const std::string_view head(
        reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), kHeaderBytes));
    if (head.starts_with("MATLAB 7.3"))
        return badInput("is a MATLAB 7.3 file; save it in MATLAB with save(..., '-v7')", path.string());
    if (!head.starts_with("MATLAB 5.0 MAT-file") || head.size() < kHeaderBytes)
        return badInput(
            "is no MATLAB file of level 5: it must begin with \"MATLAB 5.0 MAT-file\"; save it in MATLAB "
            "with save(..., '-v7')",
            path.string());
    const std::string_view order = head.substr(kHeaderBytes - 2);
    if (order != "IM" && order != "MI")
        return badInput("is damaged: the mark of its byte order is missing", path.string());
    const bool isSwapped = (order == "IM") != (std::endian::native == std::endian::little);
    const std::span<const std::byte> content = bytes.subspan(kHeaderBytes);
    Elements words({}, isSwapped);
    std::size_t at = 0;
    while (at < content.size()) {
        const std::string place = "at byte " + formatCount(static_cast<std::int64_t>(kHeaderBytes + at));
        if (content.size() - at < kTagBytes
            || words.word(content.subspan(at), 1) > content.size() - at - kTagBytes)
            return badInput("is cut short after " + formatCount(static_cast<std::int64_t>(bytes.size()))
                    + " bytes: get the file again",
                path.string());
        const std::uint32_t type = words.word(content.subspan(at), 0);
        const std::span<const std::byte> element
            = content.subspan(at + kTagBytes, words.word(content.subspan(at), 1));
        if (type != kMatrix && type != kCompressed)
            return badInput(
                "is damaged: " + place + " stands no variable; get the file again", path.string());
        if (!(type == kMatrix ? isWhole(element, isSwapped, 0) : isCompressedWhole(element, isSwapped)))
            return badInput("holds " + place
                    + " a variable that is damaged, or that is no array, cell array or structure of up to "
                      "16 MB; save the arrays alone into a new file, or get the file again",
                path.string());
        at += kTagBytes + element.size();
    }
    return success();
}

} // namespace palimpsest
