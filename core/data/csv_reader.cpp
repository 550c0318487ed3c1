// SPDX-License-Identifier: Apache-2.0
#include "core/data/csv_reader.h"

#include "core/base/units.h"
#include "core/data/byte_stream.h"
#include "core/data/file_pair.h"
#include "core/data/label_ids.h"
#include "core/data/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// One file, parsed; labels are still text.
struct CsvTable {
    std::vector<float> x; // [count, features]
    std::vector<std::string> labels;
    std::size_t features = 0;
    std::vector<std::string> classNames; // from the header
};

/// What the first line told.
struct CsvHeader {
    bool isPresent = false;
    std::size_t labelColumn = 0;
    std::optional<std::size_t> samples;
    std::vector<std::string> classNames;
};

std::string_view unquote(std::string_view field)
{
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
        return field.substr(1, field.size() - 2);
    return field;
}

bool isLabelName(std::string_view field)
{
    constexpr std::array<std::string_view, 4> kNames { "label", "class", "target", "y" };
    return std::find(kNames.begin(), kNames.end(), toLower(unquote(field))) != kNames.end();
}

/// "samples,features,names..." as scikit-learn's files begin, if that is what `first` is.
std::optional<CsvHeader> parseCountHeader(
    const std::vector<std::string_view>& first, const std::vector<std::string_view>& second)
{
    if (first.size() < 2)
        return std::nullopt;
    const std::optional<std::int64_t> samples = parseWhole(first[0]);
    const std::optional<std::int64_t> features = parseWhole(first[1]);
    const bool namesFollow = std::any_of(
        first.begin() + 2, first.end(), [](std::string_view field) { return !parseNumber(field); });
    const bool isCount = samples && *samples > 0 && features
        && *features + 1 == static_cast<std::int64_t>(second.size())
        && (first.size() != second.size() || (namesFollow && parseWhole(second.back())));
    if (!isCount)
        return std::nullopt;
    CsvHeader header { true, second.size() - 1, static_cast<std::size_t>(*samples), {} };
    for (std::size_t i = 2; i < first.size(); ++i)
        header.classNames.emplace_back(unquote(first[i]));
    return header;
}

/// Whether the first line holds names of columns: one of them is called label, or none of its features is a
/// number while the second line's are, or the features are numbered 0, 1, 2, ... as pandas does it and a text stands over
/// labels that are numbers. Any other line of numbers is a sample, whatever its label: none is left out in silence.
CsvHeader parseHeader(const std::vector<std::string_view>& first, const std::vector<std::string_view>& second)
{
    CsvHeader header { false, first.size() - 1, {}, {} };
    if (second.empty())
        return header;
    if (std::optional<CsvHeader> counts = parseCountHeader(first, second))
        return *std::move(counts);
    if (first.size() != second.size())
        return header;
    const auto label = std::find_if(first.begin(), first.end(), isLabelName);
    const auto isNumber = [](std::string_view field) { return parseNumber(field).has_value(); };
    const auto isName
        = [&](std::string_view field) { return !field.empty() && field != "?" && !isNumber(field); };
    const bool hasNames = std::all_of(first.begin(), first.end() - 1, isName)
        && std::any_of(second.begin(), second.end() - 1, isNumber);
    bool isNumbered = isName(first.back()) && isNumber(second.back());
    for (std::size_t i = 0; i + 1 < first.size(); ++i)
        isNumbered = isNumbered && parseWhole(first[i]) == static_cast<std::int64_t>(i);
    header.isPresent = (label != first.end() && !isNumber(*label)) || hasNames || isNumbered;
    if (header.isPresent && label != first.end())
        header.labelColumn = static_cast<std::size_t>(label - first.begin());
    return header;
}

std::string at(const fs::path& path, std::size_t line)
{
    return path.string() + ":" + std::to_string(line);
}

Status parseSample(std::string_view line, std::size_t labelColumn, CsvTable& table, const std::string& where)
{
    const std::size_t columns = table.features + 1;
    std::size_t column = 0;
    for (bool isLast = false; !isLast; ++column) {
        const std::size_t end = line.find(',');
        const std::string_view field = trim(line.substr(0, end));
        isLast = end == std::string_view::npos;
        if (!isLast)
            line.remove_prefix(end + 1);
        if (column == labelColumn) {
            const std::string_view label = unquote(field);
            if (label.empty() || label == "?")
                return badInput("field " + std::to_string(column + 1) + ", the label, is missing", where);
            table.labels.emplace_back(label);
            continue;
        }
        if (column >= columns)
            continue;
        const std::optional<double> number = parseNumber(field);
        if (!number)
            return badInput("field " + std::to_string(column + 1) + " must be a number, found \""
                    + std::string(field) + "\"; samples with missing values must be left out or completed",
                where);
        const auto value = static_cast<float>(*number);
        if (!std::isfinite(value))
            return badInput("field " + std::to_string(column + 1) + " must be a finite float32, found \""
                    + std::string(field) + "\"",
                where);
        table.x.push_back(value);
    }
    if (column != columns)
        return badInput(
            "expected " + std::to_string(columns) + " fields, found " + std::to_string(column), where);
    return success();
}

Result<CsvTable> readTable(const fs::path& path)
{
    PALIMPSEST_TRY(const std::string text, readText(path));
    std::string_view first;
    std::string_view second;
    Lines head(text);
    if (!head.next(first))
        return badInput("is empty; expected one sample a line", path.string());
    const std::vector<std::string_view> firstFields = splitFields(first, ',');
    const std::vector<std::string_view> secondFields
        = head.next(second) ? splitFields(second, ',') : std::vector<std::string_view>();
    const CsvHeader header = parseHeader(firstFields, secondFields);
    const std::size_t columns = header.isPresent ? secondFields.size() : firstFields.size();
    if (columns < 2)
        return badInput("expected numbers and a label between commas, found one field a line", path.string());

    CsvTable table;
    table.features = columns - 1;
    table.classNames = header.classNames;
    Lines lines(text);
    std::string_view line;
    if (header.isPresent)
        (void)lines.next(line);
    while (lines.next(line))
        PALIMPSEST_CHECK(parseSample(line, header.labelColumn, table, at(path, lines.number())));
    if (header.samples && *header.samples != table.labels.size())
        return badInput("its first line declares " + formatCount(static_cast<std::int64_t>(*header.samples))
                + " samples, " + formatCount(static_cast<std::int64_t>(table.labels.size()))
                + " follow: the file is cut short or was changed",
            path.string());
    return table;
}

class CsvReader : public FilePairReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& /*control*/) const override
    {
        const fs::path trainPath = base / settings.path;
        PALIMPSEST_TRY(CsvTable table, readTable(trainPath));
        const LabelIds ids(table.labels, table.classNames);
        fs::path path = trainPath;
        if (part == Part::Test) {
            if (settings.test.empty())
                return badInput("there is no test split: data.test names no file", trainPath.string());
            const std::size_t features = table.features;
            path = base / settings.test;
            PALIMPSEST_TRY(table, readTable(path));
            if (table.features != features)
                return badInput("has " + std::to_string(table.features) + " features a sample, train has "
                        + std::to_string(features),
                    path.string());
        }
        RawSamples samples;
        PALIMPSEST_TRY(samples.y, ids.idsOf(table.labels, path.string()));
        samples.x = Array::from(std::span<const float>(table.x),
            { static_cast<std::int64_t>(samples.y.size()), static_cast<std::int64_t>(table.features) });
        samples.classNames = ids.names();
        return samples;
    }
};

} // namespace

std::shared_ptr<const DataReader> makeCsvReader()
{
    return std::make_shared<CsvReader>();
}

} // namespace palimpsest
