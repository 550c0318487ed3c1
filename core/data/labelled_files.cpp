// SPDX-License-Identifier: Apache-2.0
#include "core/data/labelled_files.h"

#include "core/data/byte_stream.h"
#include "core/data/label_ids.h"
#include "core/data/table.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <system_error>
#include <unordered_set>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// One file with what decides its split.
struct Candidate {
    LabelledFile file;
    std::string name; ///< relative to the folder, with '/'
    std::string fold;
};

/// All files below one folder, or named by its tables, before they are divided.
struct Listing {
    std::vector<Candidate> candidates;
    std::vector<fs::path> tables;
};

/// Regular files below `folder`, in the order of their paths.
Result<std::vector<fs::path>> filesBelow(const fs::path& folder)
{
    std::error_code error;
    std::vector<fs::path> files;
    fs::recursive_directory_iterator entries(folder, error);
    for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error))
        if (entries->is_regular_file(error))
            files.push_back(entries->path());
    if (error)
        return badInput("expected a folder, but it could not be read: " + error.message(), folder.string());
    std::sort(files.begin(), files.end());
    return files;
}

/// A relative path that stays inside of the folder it is relative to.
bool staysInside(const fs::path& path)
{
    return !path.empty() && path.is_relative()
        && std::none_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

/// The part of a file's name before a text; nothing where the text is empty.
std::string nameBefore(const fs::path& path, const std::string& before)
{
    const std::string name = path.filename().string();
    return before.empty() ? std::string() : name.substr(0, name.find(before));
}

void setGroup(LabelledFile& file, const GroupSettings& settings, std::string group)
{
    file.group = settings.withinClass && !group.empty() ? file.label + "/" + group : std::move(group);
}

class FolderLister {
public:
    FolderLister(
        const DataSettings& settings, const fs::path& folder, std::span<const std::string_view> suffixes)
        : m_settings(&settings)
        , m_folder(folder)
        , m_suffixes(suffixes.begin(), suffixes.end())
    {
    }

    /// Each folder is a class.
    Result<Listing> listClasses() const
    {
        PALIMPSEST_TRY(const std::vector<fs::path> files, filesBelow(m_folder));
        Listing listing;
        for (const fs::path& path : files) {
            const fs::path relative = path.lexically_relative(m_folder);
            const std::string label = relative.begin()->string();
            const bool isInClass = std::next(relative.begin()) != relative.end();
            if (!isInClass || label.starts_with('.') || label.starts_with('_') || !hasSuffix(path))
                continue;
            Candidate candidate;
            candidate.file.path = path;
            candidate.file.label = label;
            candidate.name = relative.generic_string();
            setGroup(candidate.file, m_settings->groups, nameBefore(path, m_settings->groups.before));
            candidate.fold = nameBefore(path, m_settings->folds.before);
            listing.candidates.push_back(std::move(candidate));
        }
        return listing;
    }

    /// Tables name the files.
    Result<Listing> listTables()
    {
        Listing listing;
        PALIMPSEST_TRY(listing.tables, findTables());
        for (const fs::path& path : listing.tables)
            PALIMPSEST_CHECK(addTable(path, listing.candidates));
        return listing;
    }

private:
    bool hasSuffix(const fs::path& path) const
    {
        const std::string suffix = toLower(path.extension().string());
        return std::find(m_suffixes.begin(), m_suffixes.end(), suffix) != m_suffixes.end();
    }

    Result<std::vector<fs::path>> findTables() const
    {
        const std::string& pattern = m_settings->labels;
        if (!staysInside(pattern))
            return badInput("expected a file below data.path, got \"" + pattern + "\"", "data.labels");
        if (pattern.find('*') == std::string::npos)
            return std::vector { m_folder / pattern };
        PALIMPSEST_TRY(const std::vector<fs::path> files, filesBelow(m_folder));
        std::vector<fs::path> tables;
        for (const fs::path& file : files)
            if (fnmatch(pattern.c_str(), file.filename().c_str(), 0) == 0)
                tables.push_back(file);
        if (tables.empty())
            return badInput(
                "holds no file called " + pattern + ", which data.labels names", m_folder.string());
        return tables;
    }

    Status addTable(const fs::path& path, std::vector<Candidate>& candidates)
    {
        const ColumnSettings& columns = m_settings->columns;
        PALIMPSEST_TRY(Table table, Table::open(path));
        PALIMPSEST_TRY(const std::size_t nameColumn,
            columnOf(table, path, columns.file, "data.columns.file",
                { "filename", "file", "path", "slice_file_name" }));
        PALIMPSEST_TRY(const std::size_t labelColumn,
            columnOf(table, path, columns.label, "data.columns.label",
                { "label", "class", "category", "classid", "target", "y" }));
        std::optional<std::size_t> groupColumn;
        if (!m_settings->groups.column.empty()) {
            PALIMPSEST_TRY(groupColumn, table.column(m_settings->groups.column, "data.groups.column"));
        }
        std::optional<std::size_t> foldColumn;
        if (!m_settings->folds.column.empty()) {
            PALIMPSEST_TRY(foldColumn, table.column(m_settings->folds.column, "data.folds.column"));
        }
        const std::array<std::optional<std::size_t>, 4> region { table.find({ "roi.x1" }),
            table.find({ "roi.y1" }), table.find({ "roi.x2" }), table.find({ "roi.y2" }) };
        PALIMPSEST_TRY(const RowFilter filter, RowFilter::parse(columns.where, table));

        std::vector<std::string_view> fields;
        while (true) {
            PALIMPSEST_TRY(const bool isRow, table.next(fields));
            if (!isRow)
                return success();
            if (!filter.takes(fields))
                continue;
            Candidate candidate;
            PALIMPSEST_TRY(candidate.file.path,
                resolve(std::string(fields[nameColumn]), path.parent_path(), table.place()));
            candidate.name = candidate.file.path.lexically_relative(m_folder).generic_string();
            candidate.file.label = fields[labelColumn];
            if (candidate.file.label.empty())
                return badInput(
                    "the label of " + std::string(fields[nameColumn]) + " is missing", table.place());
            setGroup(candidate.file, m_settings->groups,
                groupColumn ? std::string(fields[*groupColumn])
                            : nameBefore(candidate.file.path, m_settings->groups.before));
            candidate.fold = foldColumn ? std::string(fields[*foldColumn])
                                        : nameBefore(candidate.file.path, m_settings->folds.before);
            if (std::all_of(
                    region.begin(), region.end(), [](const auto& column) { return column.has_value(); })) {
                std::array<std::int64_t, 4> edges {};
                for (std::size_t i = 0; i < edges.size(); ++i) {
                    const std::optional<std::int64_t> edge = parseWhole(fields[*region[i]]);
                    if (!edge)
                        return badInput("expected a whole number of pixels in column "
                                + table.columns()[*region[i]] + ", found \"" + std::string(fields[*region[i]])
                                + "\"",
                            table.place());
                    edges[i] = *edge;
                }
                candidate.file.region = Region { edges[0], edges[1], edges[2], edges[3] };
            }
            candidates.push_back(std::move(candidate));
        }
    }

    Result<std::size_t> columnOf(const Table& table, const fs::path& path, const std::string& name,
        const std::string& setting, std::initializer_list<std::string_view> usual) const
    {
        if (!name.empty())
            return table.column(name, setting);
        if (const std::optional<std::size_t> found = table.find(usual))
            return *found;
        std::string known;
        for (const std::string_view candidate : usual)
            known += (known.empty() ? "" : ", ") + std::string(candidate);
        return badInput("has no column called " + known + "; name it in " + setting, path.string());
    }

    /// A file that a row names: beside the table, below the folder, or anywhere in the folder where just one
    /// file has this name.
    Result<fs::path> resolve(const std::string& name, const fs::path& tableFolder, const std::string& place)
    {
        if (!staysInside(name))
            return badInput("expected the name of a file below the folder, found \"" + name + "\"", place);
        std::error_code error;
        for (const fs::path& folder : { tableFolder, m_folder })
            if (fs::is_regular_file(folder / name, error))
                return folder / name;
        if (!m_isIndexed) {
            PALIMPSEST_TRY(const std::vector<fs::path> files, filesBelow(m_folder));
            for (const fs::path& file : files)
                m_byName[file.filename().string()].push_back(file);
            m_isIndexed = true;
        }
        const auto found = m_byName.find(fs::path(name).filename().string());
        if (found == m_byName.end())
            return badInput("names " + name + ", and there is no such file in " + m_folder.string(), place);
        if (found->second.size() > 1)
            return badInput("names " + name + ", and there are two files of this name: "
                    + found->second[0].string() + " and " + found->second[1].string(),
                place);
        return found->second.front();
    }

    const DataSettings* m_settings;
    fs::path m_folder;
    std::vector<std::string> m_suffixes;
    std::map<std::string, std::vector<fs::path>> m_byName;
    bool m_isIndexed = false;
};

/// The names in a list of files. All must be among the candidates.
Result<std::unordered_set<std::string>> readList(
    const fs::path& path, const std::string& setting, const std::vector<Candidate>& candidates)
{
    PALIMPSEST_TRY(const std::string text, readText(path));
    std::unordered_set<std::string> known;
    for (const Candidate& candidate : candidates)
        known.insert(candidate.name);
    std::unordered_set<std::string> names;
    Lines lines(text);
    std::string_view line;
    while (lines.next(line)) {
        std::string name = fs::path(line).lexically_normal().generic_string();
        if (!known.contains(name))
            return badInput("names " + name + ", which is none of the files of the data set; " + setting
                    + " must name files as they lie below data.path",
                path.string() + ":" + std::to_string(lines.number()));
        names.insert(std::move(name));
    }
    return names;
}

enum class Side : std::uint8_t { Train, Validation, Test };

/// Divides the files of one folder as folds and lists say.
Result<std::vector<Side>> divide(const DataSettings& settings, const fs::path& folder, Listing& listing)
{
    std::unordered_set<std::string> test;
    std::unordered_set<std::string> validation;
    if (!settings.lists.test.empty()) {
        listing.tables.push_back(folder / settings.lists.test);
        PALIMPSEST_TRY(test, readList(listing.tables.back(), "data.lists.test", listing.candidates));
    }
    if (!settings.lists.validation.empty()) {
        listing.tables.push_back(folder / settings.lists.validation);
        PALIMPSEST_TRY(
            validation, readList(listing.tables.back(), "data.lists.validation", listing.candidates));
    }
    const auto isIn = [](const std::vector<std::string>& list, const std::string& value) {
        return std::find(list.begin(), list.end(), value) != list.end();
    };
    std::vector<Side> sides;
    sides.reserve(listing.candidates.size());
    for (const Candidate& candidate : listing.candidates) {
        const bool isTest = test.contains(candidate.name) || isIn(settings.folds.test, candidate.fold);
        const bool isValidation
            = validation.contains(candidate.name) || isIn(settings.folds.validation, candidate.fold);
        if (isTest && isValidation)
            return badInput(
                "is in the test split and in the validation split; data.lists and data.folds must "
                "put each file in one of them",
                candidate.file.path.string());
        sides.push_back(isTest ? Side::Test : isValidation ? Side::Validation : Side::Train);
    }
    return sides;
}

} // namespace

Status LabelledFiles::describe(RawSamples& samples, const std::string& where) const
{
    const LabelIds ids(m_trainLabels);
    std::vector<std::string> labels;
    std::map<std::string, std::int32_t> groups;
    bool isGrouped = false;
    for (const LabelledFile& file : m_files) {
        labels.push_back(file.label);
        isGrouped = isGrouped || !file.group.empty();
        if (file.isValidation)
            samples.isValidation.resize(m_files.size());
    }
    PALIMPSEST_TRY(samples.y, ids.idsOf(labels, where));
    samples.classNames = ids.names();
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        if (m_files[i].isValidation)
            samples.isValidation[i] = 1;
        if (!isGrouped)
            continue;
        // A file without a group is a group of its own: no group has the name of a whole path.
        const std::string name = m_files[i].group.empty() ? m_files[i].path.string() : m_files[i].group;
        const auto next = static_cast<std::int32_t>(groups.size());
        samples.group.push_back(groups.try_emplace(name, next).first->second);
    }
    return success();
}

Result<std::vector<fs::path>> LabelledFiles::allPaths(
    const DataSettings& settings, const fs::path& base, std::span<const std::string_view> suffixes)
{
    std::set<fs::path> paths;
    for (const Part part : { Part::Train, Part::Test }) {
        if (part == Part::Test && !hasTest(settings))
            continue;
        PALIMPSEST_TRY(const LabelledFiles list, LabelledFiles::list(settings, base, part, suffixes));
        paths.insert(list.m_tables.begin(), list.m_tables.end());
        for (const LabelledFile& file : list.m_files)
            paths.insert(file.path);
    }
    return std::vector<fs::path>(paths.begin(), paths.end());
}

bool LabelledFiles::hasTest(const DataSettings& settings)
{
    return !settings.test.empty() || !settings.folds.test.empty() || !settings.lists.test.empty();
}

Result<LabelledFiles> LabelledFiles::list(
    const DataSettings& settings, const fs::path& base, Part part, std::span<const std::string_view> suffixes)
{
    if (!settings.test.empty() && (!settings.folds.test.empty() || !settings.lists.test.empty()))
        return badInput("data.test and data.folds.test or data.lists.test are set: the test split must come "
                        "from one of them",
            settings.test);
    const auto listIn = [&](const fs::path& folder) {
        FolderLister lister(settings, folder, suffixes);
        return settings.labels.empty() ? lister.listClasses() : lister.listTables();
    };
    const fs::path folder = base / settings.path;
    PALIMPSEST_TRY(Listing listing, listIn(folder));
    PALIMPSEST_TRY(const std::vector<Side> sides, divide(settings, folder, listing));

    LabelledFiles files;
    files.m_tables = std::move(listing.tables);
    for (std::size_t i = 0; i < sides.size(); ++i) {
        LabelledFile& file = listing.candidates[i].file;
        if (sides[i] != Side::Test)
            files.m_trainLabels.push_back(file.label);
        file.isValidation = sides[i] == Side::Validation;
        if ((sides[i] == Side::Test) == (part == Part::Test)
            && (part == Part::Train || settings.test.empty()))
            files.m_files.push_back(std::move(file));
    }
    fs::path searched = folder;
    if (part == Part::Test && !settings.test.empty()) {
        searched = base / settings.test;
        PALIMPSEST_TRY(Listing test, listIn(searched));
        files.m_tables.insert(files.m_tables.end(), test.tables.begin(), test.tables.end());
        for (Candidate& candidate : test.candidates)
            files.m_files.push_back(std::move(candidate.file));
    }
    if (files.m_files.empty()) {
        std::string known;
        for (const std::string_view suffix : suffixes)
            known += (known.empty() ? "" : ", ") + std::string(suffix);
        return badInput(settings.labels.empty()
                ? "expected a folder for each class with files (" + known + ") in it, found none"
                : "no row of the table is taken for this split",
            searched.string());
    }
    return files;
}

} // namespace palimpsest
