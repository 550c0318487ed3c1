// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace palimpsest {

/// Run: results are written, by one program at a time. Edit: a window has the recipe open to change it. The two do not
/// exclude each other: a job may run, here or elsewhere, while the recipe is edited.
enum class LockKind { Run, Edit };

/// Holds a lock of the project until it goes out of scope (flock on DIR/.lock or DIR/.edit.lock: the system frees it even after
/// kill -9).
class ProjectLock {
public:
    /// Locked where another process, or another lock in this one, has it: the error names the process and says what to do.
    [[nodiscard]] static Result<ProjectLock> acquire(
        const std::filesystem::path& folder, LockKind kind = LockKind::Run);
    ProjectLock(ProjectLock&& other) noexcept;
    ProjectLock& operator=(ProjectLock&& other) noexcept;
    ~ProjectLock();

private:
    ProjectLock() = default;
    int m_descriptor = -1;
};

/// One entry of runs.json: which results make up a run.
struct RunEntry {
    std::string id; ///< "r1", "r2", ...
    std::vector<std::pair<std::string, std::string>>
        results; ///< part ("train/fashion") -> fingerprint, in pipeline order
    std::vector<std::string> overrides; ///< "pages.pageSize=256"
    std::string device; ///< "cpu"
    std::string version; ///< of the program
    bool operator==(const RunEntry&) const = default;
};

/// Names and files of a project folder (DESIGN.md 10).
class ProjectFolder {
public:
    explicit ProjectFolder(std::filesystem::path folder)
        : m_folder(std::move(folder))
    {
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_folder; }
    [[nodiscard]] std::filesystem::path recipeFile() const { return m_folder / "project.json"; }
    /// results/STAGE-FINGERPRINT.h5, or results/STAGE-TASK-FINGERPRINT.h5 for part "train/fashion"; 16 digits of the fingerprint.
    [[nodiscard]] std::filesystem::path resultFile(
        const std::string& part, const std::string& fingerprint) const;
    [[nodiscard]] std::filesystem::path checkpointFile() const { return m_folder / "checkpoint.h5"; }
    [[nodiscard]] std::filesystem::path reportFolder() const { return m_folder / "report"; }
    [[nodiscard]] std::filesystem::path logFile() const { return m_folder / "log.jsonl"; }

    [[nodiscard]] Result<std::vector<RunEntry>> readRuns() const; ///< empty where there is no runs.json
    [[nodiscard]] Status writeRuns(const std::vector<RunEntry>& runs) const;

    /// Appends one object with a "time" (ISO 8601, UTC) to log.jsonl.
    [[nodiscard]] Status appendLog(Json entry) const;
    /// The newest log entry with entry["event"] == event and entry["fingerprint"] == fingerprint; null where there is none.
    [[nodiscard]] Result<Json> findLog(const std::string& event, const std::string& fingerprint) const;

    /// SHA-256 of a file, remembered by path, size and time of change in DIR/.cache/hashes.json.
    [[nodiscard]] Result<std::string> fileHash(const std::filesystem::path& file) const;
    /// The same of many files, in their order; what is remembered is read and written once.
    [[nodiscard]] Result<std::vector<std::string>> fileHashes(
        const std::vector<std::filesystem::path>& files) const;

private:
    std::filesystem::path m_folder;
};

} // namespace palimpsest
