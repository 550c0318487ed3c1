// SPDX-License-Identifier: Apache-2.0
#include "core/data/ts_reader.h"

#include "core/base/units.h"
#include "core/data/byte_stream.h"
#include "core/data/file_pair.h"
#include "core/data/text.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// One file, parsed, before the series get one length.
struct TsTable {
    std::vector<float> values; // all series, one after another
    std::vector<std::size_t> lengths; // [count * dimensions]
    std::vector<std::string> labels; // [count]
    std::vector<std::string> classNames;
    std::size_t dimensions = 0; // 0: not known yet
    std::size_t seriesLength = 0; // 0: any
};

std::string at(const fs::path& path, std::size_t line)
{
    return path.string() + ":" + std::to_string(line);
}

Result<bool> parseFlag(
    std::string_view key, const std::vector<std::string_view>& words, const std::string& where)
{
    const std::string value = words.size() > 1 ? toLower(words[1]) : "";
    if (value != "true" && value != "false")
        return badInput("@" + std::string(key) + " must be followed by true or false", where);
    return value == "true";
}

Result<std::size_t> parseSize(
    std::string_view key, const std::vector<std::string_view>& words, const std::string& where)
{
    const std::optional<double> number = words.size() > 1 ? parseNumber(words[1]) : std::nullopt;
    if (!number || !(*number >= 1) || *number > 1e9 || *number != std::floor(*number))
        return badInput("@" + std::string(key) + " must be followed by a whole number of 1 or more", where);
    return static_cast<std::size_t>(*number);
}

/// Reads the lines up to @data.
class TsHeader {
public:
    [[nodiscard]] Status parse(Lines& lines, const fs::path& path)
    {
        std::string_view line;
        while (lines.next(line)) {
            if (line.front() == '#')
                continue;
            if (line.front() != '@')
                return badInput("expected a header line that begins with @, or @data before the samples",
                    at(path, lines.number()));
            const std::vector<std::string_view> words = splitWords(line.substr(1));
            const std::string key = words.empty() ? "" : toLower(words[0]);
            if (key == "data")
                return check(path);
            PALIMPSEST_CHECK(parseLine(key, words, at(path, lines.number())));
        }
        return badInput("has no @data line: it is no .ts file, or it is cut short", path.string());
    }

    [[nodiscard]] TsTable table() const
    {
        TsTable table;
        table.classNames = m_classNames;
        table.dimensions = m_dimensions;
        table.seriesLength = m_isEqualLength ? m_seriesLength : 0;
        return table;
    }

private:
    Status parseLine(
        const std::string& key, const std::vector<std::string_view>& words, const std::string& where)
    {
        if (key == "timestamps") {
            PALIMPSEST_TRY(const bool hasTimeStamps, parseFlag(key, words, where));
            if (hasTimeStamps)
                return badInput("time stamps are not read; only series of evenly spaced values are", where);
        } else if (key == "targetlabel") {
            PALIMPSEST_TRY(const bool hasTarget, parseFlag(key, words, where));
            if (hasTarget)
                return badInput("holds regression targets; classes (@classLabel true ...) are needed", where);
        } else if (key == "univariate") {
            PALIMPSEST_TRY(m_isUnivariate, parseFlag(key, words, where));
        } else if (key == "equallength") {
            PALIMPSEST_TRY(m_isEqualLength, parseFlag(key, words, where));
        } else if (key == "dimensions" || key == "dimension") {
            PALIMPSEST_TRY(m_dimensions, parseSize(key, words, where));
        } else if (key == "serieslength") {
            PALIMPSEST_TRY(m_seriesLength, parseSize(key, words, where));
        } else if (key == "classlabel") {
            PALIMPSEST_TRY(const bool hasClasses, parseFlag(key, words, where));
            m_classNames.assign(
                words.begin() + (hasClasses ? 2 : static_cast<std::ptrdiff_t>(words.size())), words.end());
            std::vector<std::string> sorted = m_classNames;
            std::sort(sorted.begin(), sorted.end());
            if (const auto twin = std::adjacent_find(sorted.begin(), sorted.end()); twin != sorted.end())
                return badInput("@classLabel names the class " + *twin + " twice", where);
        }
        return success();
    }

    Status check(const fs::path& path)
    {
        if (m_classNames.empty())
            return badInput(
                "names no classes: a line \"@classLabel true\" and their names is needed", path.string());
        if (m_isUnivariate && m_dimensions > 1)
            return badInput("declares @univariate true and " + std::to_string(m_dimensions) + " dimensions",
                path.string());
        if (m_isUnivariate)
            m_dimensions = 1;
        return success();
    }

    std::vector<std::string> m_classNames;
    std::size_t m_dimensions = 0;
    std::size_t m_seriesLength = 0;
    bool m_isUnivariate = false;
    bool m_isEqualLength = false;
};

/// The values of one dimension of one sample.
Status parseSeries(std::string_view text, std::size_t dimension, TsTable& table, const std::string& where)
{
    const auto place = [&](std::size_t count) {
        return "value " + std::to_string(count + 1) + " of dimension " + std::to_string(dimension + 1);
    };
    std::size_t count = 0;
    for (bool isLast = false; !isLast; ++count) {
        const std::size_t end = text.find(',');
        const std::string_view field = trim(text.substr(0, end));
        isLast = end == std::string_view::npos;
        if (!isLast)
            text.remove_prefix(end + 1);
        const std::optional<double> number = parseNumber(field);
        if (field == "?" || (number && std::isnan(*number)))
            return badInput(
                place(count) + " is missing; series with missing values must be completed or left out",
                where);
        if (!number)
            return badInput(place(count) + " must be a number, found \"" + std::string(field) + "\"", where);
        const auto value = static_cast<float>(*number);
        if (!std::isfinite(value))
            return badInput(
                place(count) + " must be a finite float32, found \"" + std::string(field) + "\"", where);
        table.values.push_back(value);
    }
    if (table.seriesLength != 0 && count != table.seriesLength)
        return badInput("dimension " + std::to_string(dimension + 1) + " has " + std::to_string(count)
                + " values, @seriesLength declares " + std::to_string(table.seriesLength),
            where);
    table.lengths.push_back(count);
    return success();
}

Status parseSample(std::string_view line, TsTable& table, const std::string& where)
{
    const auto dimensions = static_cast<std::size_t>(std::count(line.begin(), line.end(), ':'));
    if (dimensions == 0)
        return badInput("expected series and a class between ':', found no ':'", where);
    if (table.dimensions == 0)
        table.dimensions = dimensions;
    if (dimensions != table.dimensions)
        return badInput("expected " + std::to_string(table.dimensions)
                + " dimensions and a class between ':', found " + std::to_string(dimensions)
                + " before the class",
            where);
    for (std::size_t d = 0; d < dimensions; ++d) {
        const std::size_t end = line.find(':');
        PALIMPSEST_CHECK(parseSeries(line.substr(0, end), d, table, where));
        line.remove_prefix(end + 1);
    }
    table.labels.emplace_back(trim(line));
    return success();
}

Result<TsTable> readTable(const fs::path& path)
{
    PALIMPSEST_TRY(const std::string text, readText(path));
    Lines lines(text);
    TsHeader header;
    PALIMPSEST_CHECK(header.parse(lines, path));
    TsTable table = header.table();
    std::string_view line;
    while (lines.next(line))
        if (line.front() != '#')
            PALIMPSEST_CHECK(parseSample(line, table, at(path, lines.number())));
    if (table.labels.empty())
        return badInput("holds no series after @data", path.string());
    return table;
}

/// The series at one length: zeros at the end of shorter ones, longer ones cut.
Result<Array> toArray(const TsTable& table, std::size_t length, const fs::path& path)
{
    const std::size_t series = table.lengths.size();
    if (length > kMaxDecodedBytes / sizeof(float) / series)
        return badInput("its " + formatCount(static_cast<std::int64_t>(series))
                + " series, all filled up to the longest, of "
                + formatCount(static_cast<std::int64_t>(length))
                + " values, are more than is read into memory",
            path.string());
    Array array(DType::Float32,
        { static_cast<std::int64_t>(table.labels.size()), static_cast<std::int64_t>(table.dimensions),
            static_cast<std::int64_t>(length) });
    auto to = array.as<float>().begin();
    auto from = table.values.begin();
    for (const std::size_t own : table.lengths) {
        std::copy_n(from, std::min(own, length), to);
        from += static_cast<std::ptrdiff_t>(own);
        to += static_cast<std::ptrdiff_t>(length);
    }
    return array;
}

Result<std::vector<std::int32_t>> toIds(
    const std::vector<std::string>& labels, const std::vector<std::string>& classNames, const fs::path& path)
{
    std::vector<std::int32_t> ids;
    ids.reserve(labels.size());
    for (const std::string& label : labels) {
        const auto name = std::find(classNames.begin(), classNames.end(), label);
        if (name == classNames.end())
            return badInput("class \"" + label + "\" of sample " + std::to_string(ids.size() + 1)
                    + " is not named in @classLabel of train",
                path.string());
        ids.push_back(static_cast<std::int32_t>(name - classNames.begin()));
    }
    return ids;
}

class TsReader : public FilePairReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& /*control*/) const override
    {
        fs::path path = base / settings.path;
        PALIMPSEST_TRY(TsTable table, readTable(path));
        const std::size_t length = *std::max_element(table.lengths.begin(), table.lengths.end());
        RawSamples samples;
        samples.classNames = table.classNames;
        if (part == Part::Test) {
            if (settings.test.empty())
                return badInput("there is no test split: data.test names no file", path.string());
            const std::size_t dimensions = table.dimensions;
            path = base / settings.test;
            PALIMPSEST_TRY(table, readTable(path));
            if (table.dimensions != dimensions)
                return badInput("has " + std::to_string(table.dimensions) + " dimensions, train has "
                        + std::to_string(dimensions),
                    path.string());
        }
        PALIMPSEST_TRY(samples.y, toIds(table.labels, samples.classNames, path));
        PALIMPSEST_TRY(samples.x, toArray(table, length, path));
        return samples;
    }
};

} // namespace

std::shared_ptr<const DataReader> makeTsReader()
{
    return std::make_shared<TsReader>();
}

} // namespace palimpsest
