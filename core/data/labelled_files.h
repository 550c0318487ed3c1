// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

/// A rectangle of a picture in pixels; the right and bottom edges belong to it.
struct Region {
    std::int64_t left = 0;
    std::int64_t top = 0;
    std::int64_t right = 0;
    std::int64_t bottom = 0;
};

/// One file that is one sample.
struct LabelledFile {
    std::filesystem::path path;
    std::string label; ///< as the source has it: a folder's name or a field of the table
    std::string group; ///< of files that belong together; empty: it stands alone
    bool isValidation = false; ///< the source says that it validates
    std::optional<Region> region; ///< columns Roi.X1, Roi.Y1, Roi.X2, Roi.Y2 of the table
};

/// The files of one split and their classes, for readers of one file a sample (images, audio). Either each
/// folder below data.path is a class (folders that begin with "." or "_" are left out), or the table data.labels
/// names the files. Splits come from data.test (a folder of the same form), data.folds or data.lists; groups
/// from data.groups. The order is that of the paths, or of the table's rows.
///
/// No file but tables and lists is opened. A file that a table or a list names and that is not there, a path that
/// leaves the folder, no file at all: BadInput.
class LabelledFiles {
public:
    /// @param suffixes  of the files that count, in lower case: ".png"
    [[nodiscard]] static Result<LabelledFiles> list(const DataSettings& settings,
        const std::filesystem::path& base, Part part, std::span<const std::string_view> suffixes);

    [[nodiscard]] const std::vector<LabelledFile>& files() const { return m_files; }
    /// Fills in labels (LabelIds of train's), class names, groups and marks of validation of all files.
    [[nodiscard]] Status describe(RawSamples& samples, const std::string& where) const;

    /// Tables, lists and files of both splits, each once.
    [[nodiscard]] static Result<std::vector<std::filesystem::path>> allPaths(const DataSettings& settings,
        const std::filesystem::path& base, std::span<const std::string_view> suffixes);
    /// Whether the settings tell a test split from train.
    [[nodiscard]] static bool hasTest(const DataSettings& settings);

private:
    std::vector<LabelledFile> m_files;
    std::vector<std::string> m_trainLabels;
    std::vector<std::filesystem::path> m_tables;
};

} // namespace palimpsest
