// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/network_importer.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest {

/// Every form of network that is known, in the order in which they are asked whether a file is theirs.
[[nodiscard]] const NetworkImporters& networkImporters();

/// The importer for a file. A missing file, and one that nobody knows, is BadInput.
[[nodiscard]] Result<std::shared_ptr<const NetworkImporter>> findImporter(const std::filesystem::path& file);

/// Reads a network in any form that is known; nothing is written, so this is the preview of an import too.
[[nodiscard]] Result<NetworkImport> readAnyNetwork(
    const std::filesystem::path& file, const ImportOptions& options = {});

/// Weights for a network that is known: in any form of readWeightsFile(), or those of any network file whose layers need the same
/// tensors.
[[nodiscard]] Result<Weights> readWeightsFor(const Network& network, const std::filesystem::path& file);
/// Fisher information for a network that is known: in any form of readWeightsFile(), or that of a network file which brings it.
[[nodiscard]] Result<Weights> readFisherFor(const Network& network, const std::filesystem::path& file);
/// The files that readWeightsFor() or readFisherFor() would open, those that exist.
[[nodiscard]] Result<std::vector<std::filesystem::path>> filesOfAnyWeights(const std::filesystem::path& file);

/// The files behind one network and their SHA-256.
using FileHashes = std::vector<std::pair<std::filesystem::path, std::string>>;

/// What a user names to be imported.
struct ImportRequest {
    std::vector<std::filesystem::path> files; ///< one file, or a layer list and its weights in any order
    ImportOptions options;
};

/// A network as it was read, with the hashes of its files, which are computed at the same time.
struct ImportPreview {
    NetworkImport content;
    FileHashes files;
};
[[nodiscard]] Result<ImportPreview> previewImport(const ImportRequest& request);

/// The mapping report, for people: one line a tensor, then the notes.
[[nodiscard]] std::vector<std::string> mappingReport(const NetworkImport& content);

/// Puts a network into a project: networks/NAME.json, networks/NAME.safetensors and, where there is Fisher information,
/// networks/NAME.fisher.safetensors. With `task`, also the settings `network`, `weights` and `fisher` of that task in project.json (saved atomically).
/// @param name  of the files; empty: the task's name
/// @return what was done, one line each
[[nodiscard]] Result<std::vector<std::string>> storeNetwork(const ImportedNetwork& network,
    const std::filesystem::path& project, const std::string& name, const std::string& task);

/// previewImport() and storeNetwork().
/// @return hashes, mapping report, and what was done
[[nodiscard]] Result<std::vector<std::string>> importNetwork(
    const ImportRequest& request, const std::filesystem::path& project, const std::string& task);

} // namespace palimpsest
