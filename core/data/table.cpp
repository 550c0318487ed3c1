// SPDX-License-Identifier: Apache-2.0
#include "core/data/table.h"

#include "core/data/byte_stream.h"

#include <algorithm>
#include <set>

namespace palimpsest {

namespace {

std::string listOf(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

} // namespace

Table::Table(std::filesystem::path path, std::unique_ptr<const std::string> text)
    : m_path(std::move(path))
    , m_text(std::move(text))
    , m_lines(*m_text)
{
}

Result<Table> Table::open(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(std::string text, readText(path));
    Table table(path, std::make_unique<const std::string>(std::move(text)));
    std::string_view first;
    if (!table.m_lines.next(first))
        return badInput("is empty; expected a line with the names of the columns", path.string());
    const auto countOf = [&](char separator) { return std::count(first.begin(), first.end(), separator); };
    if (countOf(';') > countOf(','))
        table.m_separator = ';';
    std::vector<std::string_view> fields;
    PALIMPSEST_CHECK(table.split(first, fields));
    table.m_columns.assign(fields.begin(), fields.end());
    std::set<std::string> seen;
    for (const std::string& name : table.m_columns)
        if (!name.empty() && !seen.insert(name).second)
            return badInput(
                "has two columns called \"" + name + "\"; rename one of them", path.string() + ":1");
    return table;
}

Result<std::size_t> Table::column(const std::string& name, const std::string& setting) const
{
    auto found = std::find(m_columns.begin(), m_columns.end(), name);
    if (found == m_columns.end())
        found = std::find_if(m_columns.begin(), m_columns.end(),
            [&](const std::string& column) { return toLower(column) == toLower(name); });
    if (found == m_columns.end())
        return badInput("has no column \"" + name + "\", which " + setting + " names; its columns are "
                + listOf(m_columns),
            m_path.string());
    return static_cast<std::size_t>(found - m_columns.begin());
}

std::optional<std::size_t> Table::find(std::initializer_list<std::string_view> names) const
{
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (toLower(m_columns[i]) == name)
                return i;
    return std::nullopt;
}

Result<bool> Table::next(std::vector<std::string_view>& fields)
{
    std::string_view line;
    if (!m_lines.next(line))
        return false;
    PALIMPSEST_CHECK(split(line, fields));
    if (fields.size() != m_columns.size())
        return badInput("expected " + std::to_string(m_columns.size())
                + " fields, as the first line has, found " + std::to_string(fields.size()),
            place());
    return true;
}

std::string Table::place() const
{
    return m_path.string() + ":" + std::to_string(m_lines.number());
}

Status Table::split(std::string_view line, std::vector<std::string_view>& fields)
{
    fields.clear();
    m_unquoted.clear();
    while (true) {
        line = trim(line);
        if (!line.starts_with('"')) {
            const std::size_t end = line.find(m_separator);
            fields.push_back(trim(line.substr(0, end)));
            if (end == std::string_view::npos)
                return success();
            line.remove_prefix(end + 1);
            continue;
        }
        std::string text;
        std::size_t end = 1;
        for (; end < line.size(); ++end) {
            if (line[end] == '"') {
                if (end + 1 == line.size() || line[end + 1] != '"')
                    break;
                ++end;
            }
            text += line[end];
        }
        const std::string_view rest = trim(line.substr(std::min(end + 1, line.size())));
        if (end >= line.size() || (!rest.empty() && rest.front() != m_separator))
            return badInput("field " + std::to_string(fields.size() + 1)
                    + " begins with a quote that is not closed at its end",
                place());
        m_unquoted.push_back(std::make_unique<std::string>(std::move(text)));
        fields.emplace_back(*m_unquoted.back());
        if (rest.empty())
            return success();
        line = rest.substr(1);
    }
}

Result<RowFilter> RowFilter::parse(const std::vector<std::string>& conditions, const Table& table)
{
    RowFilter filter;
    for (const std::string& text : conditions) {
        const std::size_t equals = text.find('=');
        const bool isEqual = equals == std::string::npos || equals == 0 || text[equals - 1] != '!';
        if (equals == std::string::npos || equals < (isEqual ? 1U : 2U))
            return badInput(
                "expected COLUMN=VALUE or COLUMN!=VALUE, got \"" + text + "\"", "data.columns.where");
        const std::string name(trim(std::string_view(text).substr(0, isEqual ? equals : equals - 1)));
        PALIMPSEST_TRY(const std::size_t column, table.column(name, "data.columns.where"));
        filter.m_conditions.push_back(
            { column, std::string(trim(std::string_view(text).substr(equals + 1))), isEqual });
    }
    return filter;
}

bool RowFilter::takes(const std::vector<std::string_view>& fields) const
{
    return std::all_of(m_conditions.begin(), m_conditions.end(), [&](const Condition& condition) {
        return (fields[condition.column] == condition.value) == condition.isEqual;
    });
}

} // namespace palimpsest
