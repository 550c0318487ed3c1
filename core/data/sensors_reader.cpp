// SPDX-License-Identifier: Apache-2.0
#include "core/data/sensors_reader.h"

#include "core/base/units.h"
#include "core/data/byte_stream.h"
#include "core/data/label_ids.h"
#include "core/data/table.h"

#include <algorithm>
#include <cmath>
#include <system_error>
#include <unordered_map>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// What a run has in common, besides following one another.
struct RunKey {
    std::string label;
    std::string group;
    std::string fold;
    bool operator==(const RunKey&) const = default;
};

/// The windows of one split, their labels still texts.
struct Windows {
    std::vector<float> values; // [count, channels, rows]
    std::vector<std::string> labels;
    std::vector<std::string> groups;
    std::vector<bool> isValidation;
};

/// Which columns of a table are what.
struct Columns {
    std::size_t label = 0;
    std::optional<std::size_t> group;
    std::optional<std::size_t> fold;
    std::vector<std::size_t> values;
    std::vector<std::string> names; // of the values
};

Result<Columns> columnsOf(const Table& table, const DataSettings& settings, const fs::path& path)
{
    Columns columns;
    if (!settings.columns.label.empty()) {
        PALIMPSEST_TRY(columns.label, table.column(settings.columns.label, "data.columns.label"));
    } else if (const auto found = table.find({ "label", "class", "activity", "target", "gt", "y" })) {
        columns.label = *found;
    } else {
        return badInput(
            "has no column called label, class, activity, target, gt or y; name it in data.columns.label",
            path.string());
    }
    if (!settings.groups.column.empty()) {
        PALIMPSEST_TRY(columns.group, table.column(settings.groups.column, "data.groups.column"));
    }
    if (!settings.folds.column.empty()) {
        PALIMPSEST_TRY(columns.fold, table.column(settings.folds.column, "data.folds.column"));
    }
    for (const std::string& name : settings.columns.values) {
        PALIMPSEST_TRY(const std::size_t column, table.column(name, "data.columns.values"));
        columns.values.push_back(column);
    }
    if (settings.columns.values.empty())
        for (std::size_t i = 0; i < table.columns().size(); ++i)
            if (i != columns.label && columns.group != i && columns.fold != i)
                columns.values.push_back(i);
    for (const std::size_t column : columns.values)
        columns.names.push_back(table.columns()[column]);
    if (columns.values.empty())
        return badInput("has no columns of measurements", path.string());
    return columns;
}

/// Cuts streams into windows.
class Cutter {
public:
    Cutter(const DataSettings& settings, Part part, bool isDivided)
        : m_settings(&settings)
        , m_part(part)
        , m_isDivided(isDivided)
        , m_rows(static_cast<std::size_t>(settings.windows.rows))
        , m_step(static_cast<std::size_t>(
              settings.windows.step == 0 ? settings.windows.rows : settings.windows.step))
    {
    }

    Status addFile(const fs::path& path, const ReadControl& control)
    {
        PALIMPSEST_TRY(Table table, Table::open(path));
        PALIMPSEST_TRY(const Columns columns, columnsOf(table, *m_settings, path));
        PALIMPSEST_TRY(const RowFilter filter, RowFilter::parse(m_settings->columns.where, table));
        if (m_names.empty())
            m_names = columns.names;
        if (columns.names.size() != m_names.size())
            return badInput("has " + std::to_string(columns.names.size())
                    + " columns of measurements, the first file " + std::to_string(m_names.size())
                    + "; name those to be read in data.columns.values",
                path.string());
        constexpr std::size_t kRowsBetweenLooks = 4096;
        std::vector<std::string_view> fields;
        endRun();
        for (std::size_t row = 0;; ++row) {
            if (row % kRowsBetweenLooks == 0 && control.isCanceled())
                return canceled();
            PALIMPSEST_TRY(const bool isRow, table.next(fields));
            if (!isRow)
                break;
            if (!filter.takes(fields)) {
                endRun();
                continue;
            }
            RunKey key { std::string(fields[columns.label]),
                columns.group ? std::string(fields[*columns.group]) : "",
                columns.fold ? std::string(fields[*columns.fold]) : "" };
            if (key.label.empty())
                return badInput(
                    "the label is missing; leave such rows out with data.columns.where", table.place());
            if (m_isInRun && !(key == m_key))
                endRun();
            if (!m_isInRun)
                beginRun(std::move(key));
            if (m_isTaken)
                PALIMPSEST_CHECK(addRow(fields, columns, table));
        }
        endRun();
        return success();
    }

    [[nodiscard]] const Windows& windows() const { return m_windows; }
    [[nodiscard]] std::size_t channels() const { return m_names.size(); }
    [[nodiscard]] std::size_t longestRun() const { return m_longestRun; }

private:
    static bool isIn(const std::vector<std::string>& list, const std::string& value)
    {
        return std::find(list.begin(), list.end(), value) != list.end();
    }

    void beginRun(RunKey key)
    {
        m_key = std::move(key);
        m_isInRun = true;
        const bool isTest = m_isDivided && isIn(m_settings->folds.test, m_key.fold);
        m_isTaken = !m_isDivided || isTest == (m_part == Part::Test);
        ++m_run;
    }

    void endRun()
    {
        m_longestRun = std::max(m_longestRun, m_runRows);
        m_isInRun = false;
        m_runRows = 0;
        m_runValues.clear();
    }

    Status addRow(const std::vector<std::string_view>& fields, const Columns& columns, const Table& table)
    {
        for (const std::size_t column : columns.values) {
            const std::optional<double> number = parseNumber(fields[column]);
            const auto value = static_cast<float>(number.value_or(NAN));
            if (!std::isfinite(value))
                return badInput("column " + table.columns()[column] + " must hold a finite number, found \""
                        + std::string(fields[column])
                        + "\"; complete such rows, leave them out with data.columns.where, or name the "
                          "columns to be "
                          "read in data.columns.values",
                    table.place());
            m_runValues.push_back(value);
        }
        ++m_runRows;
        if (m_runRows < m_rows || (m_runRows - m_rows) % m_step != 0)
            return success();
        if (m_windows.values.size() > kMaxDecodedBytes / sizeof(float))
            return badInput("its windows are more than is read into memory ("
                    + formatBytes(static_cast<double>(kMaxDecodedBytes))
                    + "); set a greater data.windows.step",
                table.place());
        addWindow();
        return success();
    }

    /// The last m_rows rows, turned to [channels, rows]; older rows are dropped.
    void addWindow()
    {
        const std::size_t channels = m_names.size();
        const std::size_t first = m_runValues.size() - m_rows * channels;
        for (std::size_t channel = 0; channel < channels; ++channel)
            for (std::size_t row = 0; row < m_rows; ++row)
                m_windows.values.push_back(m_runValues[first + row * channels + channel]);
        m_windows.labels.push_back(m_key.label);
        m_windows.groups.push_back(m_settings->groups.column.empty() ? std::to_string(m_run)
                : m_settings->groups.withinClass                     ? m_key.label + "/" + m_key.group
                                                                     : m_key.group);
        m_windows.isValidation.push_back(isIn(m_settings->folds.validation, m_key.fold));
        m_runValues.erase(m_runValues.begin(), m_runValues.begin() + static_cast<std::ptrdiff_t>(first));
    }

    const DataSettings* m_settings;
    Part m_part;
    bool m_isDivided; // by data.folds.test
    std::size_t m_rows;
    std::size_t m_step;
    std::vector<std::string> m_names;
    Windows m_windows;

    RunKey m_key;
    bool m_isInRun = false;
    bool m_isTaken = false;
    std::size_t m_run = 0;
    std::size_t m_runRows = 0;
    std::size_t m_longestRun = 0;
    std::vector<float> m_runValues; // of the run's rows that may still be in a window, row after row
};

/// The streams of a path: the file itself, or all tables below the folder, in the order of their paths.
Result<std::vector<fs::path>> streamsIn(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_directory(path, error))
        return std::vector { path };
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator entry(path, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const std::string name = toLower(entry->path().filename().string());
        if (name.ends_with(".csv") || name.ends_with(".csv.gz"))
            files.push_back(entry->path());
    }
    if (error)
        return badInput("could not be read: " + error.message(), path.string());
    if (files.empty())
        return badInput("holds no .csv file", path.string());
    std::sort(files.begin(), files.end());
    return files;
}

class SensorsReader : public DataReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& control) const override
    {
        if (settings.windows.rows == 0)
            return badInput("must be set: the number of rows that make one sample", "data.windows.rows");
        PALIMPSEST_TRY(const Windows windows, cut(settings, base, part, control));
        std::vector<std::string> trainLabels = windows.labels;
        if (part == Part::Test) {
            PALIMPSEST_TRY(const Windows train, cut(settings, base, Part::Train, control));
            if (train.values.size() / train.labels.size() != windows.values.size() / windows.labels.size())
                return badInput("has another number of columns of measurements than train; name them in "
                                "data.columns.values",
                    (base / settings.test).string());
            trainLabels = train.labels;
        }
        const LabelIds ids(trainLabels);
        RawSamples samples;
        PALIMPSEST_TRY(samples.y, ids.idsOf(windows.labels, (base / settings.path).string()));
        samples.classNames = ids.names();
        const auto count = static_cast<std::int64_t>(windows.labels.size());
        const auto channels
            = static_cast<std::int64_t>(windows.values.size()) / count / settings.windows.rows;
        samples.x
            = Array::from(std::span<const float>(windows.values), { count, channels, settings.windows.rows });
        std::unordered_map<std::string, std::int32_t> groups;
        for (const std::string& group : windows.groups) {
            const auto next = static_cast<std::int32_t>(groups.size());
            samples.group.push_back(groups.try_emplace(group, next).first->second);
        }
        if (std::find(windows.isValidation.begin(), windows.isValidation.end(), true)
            != windows.isValidation.end())
            samples.isValidation.assign(windows.isValidation.begin(), windows.isValidation.end());
        return samples;
    }

    Result<std::vector<fs::path>> files(const DataSettings& settings, const fs::path& base) const override
    {
        PALIMPSEST_TRY(std::vector<fs::path> paths, streamsIn(base / settings.path));
        if (!settings.test.empty()) {
            PALIMPSEST_TRY(const std::vector<fs::path> test, streamsIn(base / settings.test));
            paths.insert(paths.end(), test.begin(), test.end());
        }
        return paths;
    }

    Result<bool> hasTest(const DataSettings& settings, const fs::path& /*base*/) const override
    {
        return !settings.test.empty() || !settings.folds.test.empty();
    }

private:
    static Result<Windows> cut(
        const DataSettings& settings, const fs::path& base, Part part, const ReadControl& control)
    {
        const bool isApart = !settings.test.empty();
        if (isApart && !settings.folds.test.empty())
            return badInput(
                "data.test and data.folds.test are set: the test split must come from one of them",
                settings.test);
        const fs::path path = base / (part == Part::Test && isApart ? settings.test : settings.path);
        PALIMPSEST_TRY(const std::vector<fs::path> files, streamsIn(path));
        Cutter cutter(settings, part, !settings.folds.test.empty());
        for (std::size_t i = 0; i < files.size(); ++i) {
            control.setProgress(static_cast<double>(i) / static_cast<double>(files.size()));
            PALIMPSEST_CHECK(cutter.addFile(files[i], control));
        }
        if (cutter.windows().labels.empty())
            return badInput("holds no run of " + std::to_string(settings.windows.rows)
                    + " rows of one label (data.windows.rows); the longest that is taken has "
                    + std::to_string(cutter.longestRun()),
                path.string());
        return cutter.windows();
    }
};

} // namespace

std::shared_ptr<const DataReader> makeSensorsReader()
{
    return std::make_shared<SensorsReader>();
}

} // namespace palimpsest
