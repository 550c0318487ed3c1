// SPDX-License-Identifier: Apache-2.0
#include "core/data/text.h"

#include <charconv>
#include <limits>
#include <system_error>

namespace palimpsest {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

} // namespace

std::string_view trim(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string toLower(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::vector<std::string_view> splitFields(std::string_view text, char separator)
{
    std::vector<std::string_view> fields;
    while (true) {
        const std::size_t end = text.find(separator);
        fields.push_back(trim(text.substr(0, end)));
        if (end == std::string_view::npos)
            return fields;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> splitWords(std::string_view text)
{
    std::vector<std::string_view> words;
    for (text = trim(text); !text.empty(); text = trim(text)) {
        std::size_t length = 0;
        while (length < text.size() && !isBlank(text[length]))
            ++length;
        words.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return words;
}

std::optional<double> parseNumber(std::string_view text)
{
    text = trim(text);
    if (text.size() > 1 && text[0] == '+' && text[1] != '-')
        text.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument)
        return std::nullopt;
    if (error == std::errc::result_out_of_range) {
        const bool isTiny
            = text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
        return isTiny ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return value;
}

Lines::Lines(std::string_view text)
    : m_rest(text)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (m_rest.starts_with(kByteOrderMark))
        m_rest.remove_prefix(kByteOrderMark.size());
}

bool Lines::next(std::string_view& line)
{
    while (!m_rest.empty()) {
        const std::size_t end = m_rest.find('\n');
        line = trim(m_rest.substr(0, end));
        m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + 1);
        ++m_number;
        if (!line.empty())
            return true;
    }
    return false;
}

} // namespace palimpsest
