// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/io/record_file.h"
#include "core/pipeline/fingerprint.h"
#include "core/pipeline/pipeline.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// The newest result file of a part with other inputs, by its name without the fingerprint.
std::optional<fs::path> newestOther(const Project& project, const std::string& part)
{
    const fs::path wanted = project.resultFile(part);
    const std::string fingerprint = project.planned(part).fingerprint.substr(0, 16);
    const std::string stem = wanted.filename().string();
    const std::string prefix = stem.substr(0, stem.find(fingerprint));
    std::optional<fs::path> newest;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(wanted.parent_path(), ignored)) {
        const std::string name = entry.path().filename().string();
        // The rest of the name must be a fingerprint: "train-a-..." is no result of a task called "a-b".
        if (!name.starts_with(prefix) || name.size() != stem.size() || entry.path() == wanted
            || name.find('-', prefix.size()) != std::string::npos)
            continue;
        if (!newest || entry.last_write_time() > fs::last_write_time(*newest))
            newest = entry.path();
    }
    return newest;
}

std::string staleReason(const Project& project, const std::string& part, const fs::path& oldFile)
{
    const auto record = readRecord(oldFile);
    if (!record)
        return "an earlier result does not read any more";
    const auto inputs = record->texts.find("inputs");
    if (inputs == record->texts.end())
        return "inputs changed";
    const std::string change = describeChange(inputs->second, project.planned(part).inputs);
    return change.empty() ? "an earlier stage changed" : change;
}

/// The error of the last try with these inputs, if it was the last word on them.
Result<std::optional<std::string>> lastFailure(const Project& project, const PlannedPart& planned)
{
    PALIMPSEST_TRY(const Json failed, project.folder().findLog("failed", planned.fingerprint));
    if (!failed.is_object())
        return std::optional<std::string>();
    return std::optional(failed.value("error", std::string("failed")));
}

} // namespace

std::string_view toString(StageState state)
{
    switch (state) {
    case StageState::Waiting:
        return "waiting";
    case StageState::Ready:
        return "ready";
    case StageState::Stale:
        return "stale";
    case StageState::Failed:
        return "failed";
    case StageState::Done:
        return "done";
    }
    throw std::invalid_argument("unknown StageState");
}

Result<std::vector<StageStatus>> stageStatus(const Project& project)
{
    std::vector<StageStatus> all;
    std::string firstUnfinished;
    for (const Stage stage : kStages) {
        StageStatus status;
        status.stage = stage;
        std::string fingerprints;
        std::vector<std::string> missing;
        for (const PlannedPart& planned : project.plan()) {
            if (planned.part.stage != stage)
                continue;
            ++status.partCount;
            fingerprints += planned.fingerprint;
            if (project.isDone(planned.part.name))
                ++status.partsDone;
            else
                missing.push_back(planned.part.name);
        }
        status.fingerprint = sha256(fingerprints);
        status.state = missing.empty() ? StageState::Done
            : firstUnfinished.empty()  ? StageState::Ready
                                       : StageState::Waiting;
        if (status.state == StageState::Waiting)
            status.reason = "after " + firstUnfinished;
        for (const std::string& part : missing) {
            PALIMPSEST_TRY(const auto failed, lastFailure(project, project.planned(part)));
            if (failed) {
                status.state = StageState::Failed;
                status.reason = *failed;
                break;
            }
            if (const auto old = newestOther(project, part); old && status.state != StageState::Stale) {
                status.state = StageState::Stale;
                status.reason = staleReason(project, part, *old);
            }
        }
        if (!missing.empty() && status.partsDone > 0)
            status.reason += (status.reason.empty() ? "" : "; ") + std::to_string(status.partsDone) + " of "
                + std::to_string(status.partCount) + " parts done";
        if (!missing.empty() && firstUnfinished.empty())
            firstUnfinished = toString(stage);
        all.push_back(std::move(status));
    }
    return all;
}

} // namespace palimpsest
