// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <vector>

namespace palimpsest {

namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxBytes = std::size_t { 64 } << 20U;

std::size_t lineAt(std::string_view text, std::size_t byte)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

/// Characters of the text, counting the lines that the parser has read: it tells a handler where it stands
/// only for errors of its own.
class LineCounter {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    LineCounter(const char* position, std::size_t& line)
        : m_position(position)
        , m_line(&line)
    {
    }
    const char& operator*() const { return *m_position; }
    LineCounter& operator++()
    {
        if (*m_position == '\n')
            ++*m_line;
        ++m_position;
        return *this;
    }
    LineCounter operator++(int)
    {
        LineCounter before = *this;
        ++*this;
        return before;
    }
    bool operator==(const LineCounter& other) const { return m_position == other.m_position; }
    bool operator!=(const LineCounter& other) const { return m_position != other.m_position; }

private:
    const char* m_position;
    std::size_t* m_line;
};

/// A piece of the input for a message: short, and valid UTF-8 whatever the input was.
std::string excerpt(const std::string& token)
{
    std::string text = token.substr(0, 40);
    for (char& c : text)
        c = c >= ' ' && c <= '~' ? c : '?';
    return text;
}

/// Builds the value and stops at the first duplicate key or at too many levels.
class StrictHandler : public nlohmann::json_sax<Json> {
public:
    std::optional<std::string> problem;
    std::size_t problemEnd
        = 0; ///< bytes up to the end of what is not JSON; 0: the problem is where the parser stands
    Json root;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t& /*text*/) override { return put(value); }
    bool string(string_t& value) override { return put(value); }
    bool binary(binary_t& /*value*/) override { return false; }
    bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
    bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        if (!m_keys.back().insert(name).second) {
            problem = "the key \"" + excerpt(name) + "\" stands twice in one object; keep one of them";
            return false;
        }
        m_key = name;
        return true;
    }

    bool parse_error(std::size_t byte, const std::string& lastToken, const Json::exception& /*e*/) override
    {
        problem = "not valid JSON near \"" + excerpt(lastToken) + "\"";
        problemEnd = byte;
        return false;
    }

private:
    bool put(Json value)
    {
        place(std::move(value));
        return true;
    }

    Json* place(Json value)
    {
        if (m_stack.empty()) {
            root = std::move(value);
            return &root;
        }
        Json& parent = *m_stack.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        // Not parent[m_key], which looks through all keys: that it is a new one is known already.
        auto& members = static_cast<Json::object_t::Container&>(parent.get_ref<Json::object_t&>());
        return &members.emplace_back(m_key, std::move(value)).second;
    }

    bool open(Json value)
    {
        if (static_cast<int>(m_stack.size()) >= kMaxDepth) {
            problem = "more than " + std::to_string(kMaxDepth) + " levels of nesting";
            return false;
        }
        m_stack.push_back(place(std::move(value)));
        m_keys.emplace_back();
        return true;
    }

    bool close()
    {
        m_stack.pop_back();
        m_keys.pop_back();
        return true;
    }

    std::vector<Json*> m_stack; // a parent is not touched while its child is open, so the pointers stay valid
    std::vector<std::set<std::string>> m_keys;
    std::string m_key;
};

void appendCanonical(const Json& value, std::string& out)
{
    if (value.is_object()) {
        std::vector<std::string> keys;
        for (const auto& item : value.items())
            keys.push_back(item.key());
        std::sort(keys.begin(), keys.end());
        out += '{';
        for (std::size_t i = 0; i < keys.size(); ++i) {
            out += (i == 0 ? "" : ",") + Json(keys[i]).dump() + ":";
            appendCanonical(value.at(keys[i]), out);
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            out += i == 0 ? "" : ",";
            appendCanonical(value[i], out);
        }
        out += ']';
    } else {
        out += value.dump();
    }
}

} // namespace

Result<Json> parseJson(std::string_view text, const std::string& where)
{
    if (text.size() > kMaxBytes)
        return badInput(
            "expected at most 64 MiB of JSON, got " + std::to_string(text.size()) + " bytes", where);
    StrictHandler handler;
    std::size_t line = 1;
    if (!Json::sax_parse(
            LineCounter(text.data(), line), LineCounter(text.data() + text.size(), line), &handler)) {
        if (handler.problemEnd > 0)
            line = lineAt(
                text, handler.problemEnd - 1); // the end may itself be the newline that should not be there
        return badInput(handler.problem.value_or("not valid JSON"),
            where.empty() ? where : where + ":" + std::to_string(line));
    }
    return std::move(handler.root);
}

Result<Json> readJsonFile(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(const std::string text, readFile(path));
    return parseJson(text, path.string());
}

std::string canonicalJson(const Json& value)
{
    std::string out;
    appendCanonical(value, out);
    return out;
}

} // namespace palimpsest
