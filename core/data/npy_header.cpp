// SPDX-License-Identifier: Apache-2.0
#include "core/data/npy_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace palimpsest {

namespace {

constexpr std::size_t kMaxHeaderBytes = 65'536;
constexpr std::size_t kMaxDimensions = 32; // NumPy's own limit

struct TypeRow {
    std::string_view code; // of NumPy, without the byte order
    DType type;
    NpyKind kind;
    std::size_t width;
};

constexpr std::array<TypeRow, 12> kTypes { {
    { "b1", DType::UInt8, NpyKind::Same, 1 },
    { "u1", DType::UInt8, NpyKind::Same, 1 },
    { "i1", DType::Int16, NpyKind::Int8, 1 },
    { "u2", DType::Int32, NpyKind::UInt16, 2 },
    { "i2", DType::Int16, NpyKind::Same, 2 },
    { "u4", DType::UInt32, NpyKind::Same, 4 },
    { "i4", DType::Int32, NpyKind::Same, 4 },
    { "u8", DType::Int64, NpyKind::UInt64, 8 },
    { "i8", DType::Int64, NpyKind::Same, 8 },
    { "f2", DType::Float16, NpyKind::Same, 2 },
    { "f4", DType::Float32, NpyKind::Same, 4 },
    { "f8", DType::Float64, NpyKind::Same, 8 },
} };

/// Reads the Python literal {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), } from the front.
class Literal {
public:
    explicit Literal(std::string_view text)
        : m_rest(text)
    {
    }

    /// Passes over blanks and then over `c`, if it comes.
    bool take(char c)
    {
        skipBlanks();
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    bool takeWord(std::string_view word)
    {
        skipBlanks();
        if (!m_rest.starts_with(word))
            return false;
        m_rest.remove_prefix(word.size());
        return true;
    }

    std::optional<std::string_view> takeText()
    {
        skipBlanks();
        const char quote = m_rest.empty() ? '\0' : m_rest.front();
        if (quote != '\'' && quote != '"')
            return std::nullopt;
        const std::size_t end = m_rest.find(quote, 1);
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view text = m_rest.substr(1, end - 1);
        m_rest.remove_prefix(end + 1);
        return text;
    }

    std::optional<std::int64_t> takeNumber()
    {
        skipBlanks();
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (error != std::errc())
            return std::nullopt;
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        (void)takeWord("L"); // Python 2 wrote 3L
        return value;
    }

    bool isAtEnd()
    {
        skipBlanks();
        return m_rest.empty();
    }

private:
    void skipBlanks()
    {
        const std::size_t first = m_rest.find_first_not_of(" \t\n");
        m_rest.remove_prefix(std::min(first, m_rest.size()));
    }

    std::string_view m_rest;
};

Error notAHeader(const std::string& where)
{
    return badInput(
        "its header must be {'descr': ..., 'fortran_order': ..., 'shape': ...} as NumPy writes it: "
        "the file is damaged",
        where);
}

Status readType(std::string_view descr, NpyHeader& header, const std::string& where)
{
    if (descr.find('O') != std::string_view::npos)
        return badInput(
            "holds Python objects, which are pickled code and are never loaded; save numbers, as in "
            "numpy.save(file, array.astype(\"float32\"), allow_pickle=False)",
            where);
    const char order = descr.empty() ? '\0' : descr.front();
    const std::string_view code
        = order == '<' || order == '>' || order == '|' || order == '=' ? descr.substr(1) : descr;
    const auto row
        = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRow& type) { return type.code == code; });
    if (row == kTypes.end() || order == '=')
        return badInput("holds values of type \"" + std::string(descr.substr(0, 40))
                + "\"; bool, integers and floats of 16, 32 or 64 bits are read: convert it with astype()",
            where);
    header.type = row->type;
    header.kind = row->kind;
    header.width = row->width;
    header.isBigEndian = order == '>';
    return success();
}

Status readShape(Literal& literal, Shape& shape, const std::string& where)
{
    if (!literal.take('('))
        return notAHeader(where);
    while (!literal.take(')')) {
        const std::optional<std::int64_t> size = literal.takeNumber();
        if (!size || *size < 0 || shape.size() == kMaxDimensions)
            return notAHeader(where);
        if (*size == 0)
            return badInput("holds nothing: one of the sizes in its header is 0", where);
        shape.push_back(*size);
        if (!literal.take(',')) {
            if (!literal.take(')'))
                return notAHeader(where);
            break;
        }
    }
    return success();
}

Result<NpyHeader> parseHeader(std::string_view text, const std::string& where)
{
    Literal literal(text);
    NpyHeader header;
    bool hasType = false;
    bool hasOrder = false;
    bool hasShape = false;
    if (!literal.take('{'))
        return notAHeader(where);
    while (!literal.take('}')) {
        const std::optional<std::string_view> key = literal.takeText();
        if (!key || !literal.take(':'))
            return notAHeader(where);
        if (*key == "descr" && !hasType) {
            const std::optional<std::string_view> descr = literal.takeText();
            if (!descr && literal.take('['))
                return badInput(
                    "holds records of several fields; save each field as an array of its own", where);
            if (!descr)
                return notAHeader(where);
            PALIMPSEST_CHECK(readType(*descr, header, where));
            hasType = true;
        } else if (*key == "fortran_order" && !hasOrder) {
            header.isFortran = literal.takeWord("True");
            if (!header.isFortran && !literal.takeWord("False"))
                return notAHeader(where);
            hasOrder = true;
        } else if (*key == "shape" && !hasShape) {
            PALIMPSEST_CHECK(readShape(literal, header.shape, where));
            hasShape = true;
        } else {
            return notAHeader(where);
        }
        if (!literal.take(',')) {
            if (!literal.take('}'))
                return notAHeader(where);
            break;
        }
    }
    if (!literal.isAtEnd() || !hasType || !hasOrder || !hasShape)
        return notAHeader(where);
    return header;
}

} // namespace

Result<NpyHeader> readNpyHeader(const ByteSource& source, const std::string& where)
{
    const auto readExactly = [&](std::span<std::byte> into) -> Result<bool> {
        PALIMPSEST_TRY(const std::size_t got, source(into));
        return got == into.size();
    };
    const Error cut = badInput("ends within its header: the file is cut short, get it again", where);
    constexpr std::string_view kMagic = "\x93NUMPY";
    std::array<std::byte, 8> start {};
    PALIMPSEST_TRY(const bool hasStart, readExactly(start));
    const auto* magic = reinterpret_cast<const char*>(start.data());
    if (!hasStart || std::string_view(magic, kMagic.size()) != kMagic)
        return badInput("is no .npy file: it must begin with \\x93NUMPY", where);
    const auto version = std::to_integer<unsigned>(start[6]);
    if (version < 1 || version > 3)
        return badInput("is a .npy file of version " + std::to_string(version) + "; 1 to 3 are read", where);

    std::vector<std::byte> lengthBytes(version == 1 ? 2 : 4);
    PALIMPSEST_TRY(const bool hasLength, readExactly(lengthBytes));
    if (!hasLength)
        return cut;
    std::size_t length = 0;
    for (std::size_t i = 0; i < lengthBytes.size(); ++i) // little-endian
        length |= std::to_integer<std::size_t>(lengthBytes[i]) << (8 * i);
    if (length > kMaxHeaderBytes)
        return badInput("declares a header of " + std::to_string(length) + " bytes; at most "
                + std::to_string(kMaxHeaderBytes) + " are read: the file is damaged",
            where);
    std::string text(length, '\0');
    PALIMPSEST_TRY(const bool hasText, readExactly(std::as_writable_bytes(std::span(text))));
    if (!hasText)
        return cut;
    return parseHeader(text, where);
}

} // namespace palimpsest
