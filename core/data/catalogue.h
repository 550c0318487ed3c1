// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/project/settings.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// One file of a data set that comes with a package.
struct CatalogueFile {
    std::string path; ///< relative to dataFolder()
    std::uint64_t bytes = 0;
    std::string sha256; ///< computed from a real copy
    std::string source; ///< where it lies in the package
};

/// One file that `data fetch` gets.
struct CatalogueDownload {
    std::string url;
    std::string file; ///< its name here
    std::uint64_t aboutBytes = 0; ///< what its server said of its size once; 0: not known
    std::string
        sha256; ///< computed from a real copy; empty: the first download is shown, confirmed and pinned
    bool isArchive = false; ///< is unpacked
    std::string folder; ///< that it is put or unpacked into, relative to the raw data
    std::vector<std::string> wanted; ///< patterns of the members to be unpacked; empty: all
};

/// A data set that the program knows by name. It comes with a package (`files`), or is fetched (`downloads`) and
/// converted into NAME.h5 (`source` says how the raw data are read), or can only be got by hand from `page`.
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
    std::string page = {}; ///< of its authors
    bool isNonCommercial = false; ///< its licence allows no commercial use: consent is asked once
    std::vector<CatalogueDownload> downloads = {};
    DataSettings source = {}; ///< of the raw data, paths relative to where they are unpacked
    [[nodiscard]] std::uint64_t aboutBytes() const; ///< of all downloads; 0 where one is not known
};

/// The data sets of the quickstart (fashion, digits, vowels, motions) and the ten of the references (cifar10, mnist,
/// fmnist, gtsrb, svhn, gsc, esc10, us8k, hhar, obstacle).
[[nodiscard]] const std::vector<CatalogueEntry>& dataCatalogue();
/// Unknown name: BadInput that lists the known ones.
[[nodiscard]] Result<CatalogueEntry> findDataSet(const std::string& name);

/// ${XDG_CACHE_HOME:-~/.cache}/palimpsest/data, where packaging/setup and `data fetch` put the files. It need not exist.
[[nodiscard]] std::filesystem::path dataFolder();

/// The folder that the paths of `data` are relative to: `root`, or dataFolder() where data.path is there and not in
/// `root`, so that what was installed or fetched is found whatever folder a recipe names.
[[nodiscard]] std::filesystem::path dataBase(const DataSettings& data, const std::filesystem::path& root);

enum class FileState : std::uint8_t { Present, Missing, Damaged };

/// What was found of one data set.
struct DataSetCheck {
    struct File {
        std::filesystem::path path;
        FileState state = FileState::Missing;
    };
    std::vector<File>
        files; ///< in the order of CatalogueEntry::files, or the one that a fetched set was converted into
    [[nodiscard]] bool isComplete() const;
    /// One sentence: which files are missing or damaged and what to do; empty where all are there.
    std::string advice;
};

/// Whether the files lie in `folder` with their sizes. Fast: nothing is read.
[[nodiscard]] Result<DataSetCheck> findDataSetFiles(
    const std::string& name, const std::filesystem::path& folder = dataFolder());
/// As findDataSetFiles(), and their SHA-256 is what the catalogue says, or what it was after the conversion.
[[nodiscard]] Result<DataSetCheck> checkDataSet(
    const std::string& name, const std::filesystem::path& folder = dataFolder());

} // namespace palimpsest
