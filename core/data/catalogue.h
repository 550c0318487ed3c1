// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/project/settings.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// One file of a data set.
struct CatalogueFile {
    std::string path; ///< relative to dataFolder()
    std::uint64_t bytes = 0;
    std::string sha256; ///< computed from a real copy
    std::string source; ///< where it lies in the package
};

/// A data set that the program knows by name.
struct CatalogueEntry {
    std::string name; ///< "fashion"
    std::string title; ///< "Fashion-MNIST"
    std::string description; ///< what a sample is, how many there are
    std::string licence;
    std::string citation;
    std::string package; ///< that brings the files; packaging/setup installs it
    DataSettings data; ///< how to read it, paths relative to dataFolder()
    SplitSettings split; ///< the cut of the test split where the files hold none
    std::vector<CatalogueFile> files;
};

/// The data sets of the quickstart: fashion, digits, vowels, motions.
[[nodiscard]] const std::vector<CatalogueEntry>& dataCatalogue();
/// Unknown name: BadInput that lists the known ones.
[[nodiscard]] Result<CatalogueEntry> findDataSet(const std::string& name);

/// ${XDG_CACHE_HOME:-~/.cache}/palimpsest/data, where packaging/setup puts the files. It need not exist.
[[nodiscard]] std::filesystem::path dataFolder();

enum class FileState : std::uint8_t { Present, Missing, Damaged };

/// What was found of one data set.
struct DataSetCheck {
    struct File {
        std::filesystem::path path;
        FileState state = FileState::Missing;
    };
    std::vector<File> files; ///< in the order of CatalogueEntry::files
    [[nodiscard]] bool isComplete() const;
    /// One sentence: which files are missing or damaged and what to do; empty where all are there.
    std::string advice;
};

/// Whether the files lie in `folder` with their sizes. Fast: nothing is read.
[[nodiscard]] Result<DataSetCheck> findDataSetFiles(
    const std::string& name, const std::filesystem::path& folder = dataFolder());
/// As findDataSetFiles(), and their SHA-256 is what the catalogue says.
[[nodiscard]] Result<DataSetCheck> checkDataSet(
    const std::string& name, const std::filesystem::path& folder = dataFolder());

} // namespace palimpsest
