// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/network/network.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

/// A network with weights and, where the file has it, its Fisher information.
struct ImportedNetwork {
    Network network;
    Weights weights;
    std::optional<Weights> fisher;
};

/// What became of one tensor of a file.
struct TensorMapping {
    std::string source; ///< name in the file
    Shape sourceShape; ///< as the file has it
    std::string target; ///< name in the network; empty: skipped
    Shape targetShape; ///< in the network's layout; empty where it was skipped
    std::string note; ///< "transposed", or why it was skipped; may be empty
};

/// A network as a file of another program describes it, with the report of how it was understood.
struct NetworkImport {
    std::string format; ///< "TensorFlow 1 checkpoint", as a user would say it
    ImportedNetwork network;
    std::vector<TensorMapping> tensors; ///< in the file's order
    std::vector<std::string> notes; ///< whole sentences: what was left out or assumed
};

/// What the user adds to a file.
struct ImportOptions {
    std::filesystem::path layers; ///< layer list (.json), for files that hold weights alone
    std::filesystem::path
        weights; ///< for a layer list: its weights; empty: the file of the same name beside it
    Shape inputShape; ///< of one sample, for files that do not say it (TorchScript); empty: not given
    bool trust = false; ///< the user trusts files that are programs (TorchScript)
};

/// Reads one form of network file. Implementations hold no state and may be called from any thread.
class NetworkImporter {
public:
    virtual ~NetworkImporter() = default;
    /// "TensorFlow 1 checkpoint"
    [[nodiscard]] virtual std::string_view format() const = 0;
    /// Whether the file is of this form, by its name and its first bytes (at most 4,096). Never fails.
    [[nodiscard]] virtual bool recognises(
        const std::filesystem::path& file, std::span<const std::byte> head) const = 0;
    /// All files that the result depends on, `file` first, those that exist: their hashes decide whether an earlier result still
    /// counts.
    [[nodiscard]] virtual std::vector<std::filesystem::path> files(
        const std::filesystem::path& file, const ImportOptions& options) const;
    /// Reads and checks everything; memory stays within a small multiple of the file's size.
    [[nodiscard]] virtual Result<NetworkImport> read(
        const std::filesystem::path& file, const ImportOptions& options) const = 0;
};

using NetworkImporters = std::vector<std::shared_ptr<const NetworkImporter>>;

} // namespace palimpsest
