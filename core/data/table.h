// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/text.h"

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

/// A text file (plain or gzip) whose first line names the columns, one row a line, walked from front to back.
/// Fields stand between commas or semicolons, whichever the first line has more of; a field in double
/// quotes may hold the separator, and "" in it is a quote (RFC 4180, but for line ends in quotes). Blank
/// lines are skipped.
class Table {
public:
    /// Missing file, no column, two columns of one name: BadInput.
    [[nodiscard]] static Result<Table> open(const std::filesystem::path& path);

    [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }
    /// Place of the column of this name; upper and lower case count as the same where no name fits exactly.
    /// Unknown: BadInput that lists the columns.
    /// @param setting  that named the column, for the message
    [[nodiscard]] Result<std::size_t> column(const std::string& name, const std::string& setting) const;
    /// Place of the first of these names (lower case) that a column has; nothing where none has.
    [[nodiscard]] std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const;

    /// Reads the next row; its fields are valid until the next call. False at the end. A row with another
    /// number of fields than columns, or a quote that is not closed, is BadInput that names the line.
    [[nodiscard]] Result<bool> next(std::vector<std::string_view>& fields);
    /// "file:line" of the row that next() gave.
    [[nodiscard]] std::string place() const;

private:
    Table(std::filesystem::path path, std::unique_ptr<const std::string> text);
    [[nodiscard]] Status split(std::string_view line, std::vector<std::string_view>& fields);

    std::filesystem::path m_path;
    std::unique_ptr<const std::string> m_text; // on the heap: m_lines looks into it
    Lines m_lines;
    char m_separator = ',';
    std::vector<std::string> m_columns;
    std::vector<std::unique_ptr<std::string>> m_unquoted; // fields of this row that held doubled quotes
};

/// Rows that are taken: conditions "column=value" and "column!=value" that must all hold.
class RowFilter {
public:
    /// BadInput: a text that is no condition, a column that the table has not.
    [[nodiscard]] static Result<RowFilter> parse(
        const std::vector<std::string>& conditions, const Table& table);
    [[nodiscard]] bool takes(const std::vector<std::string_view>& fields) const;

private:
    struct Condition {
        std::size_t column = 0;
        std::string value;
        bool isEqual = true;
    };
    std::vector<Condition> m_conditions;
};

} // namespace palimpsest
