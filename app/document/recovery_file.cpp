// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/recovery_file.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/project/recipe.h"

#include <QDateTime>

#include <nlohmann/json.hpp>

#include <system_error>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "palimpsest-recovery";
constexpr int kVersion = 1;

} // namespace

fs::path recoveryFile(const fs::path& folder)
{
    return folder / ".recovery.json";
}

fs::path olderRecoveryFile(const fs::path& folder)
{
    return folder / ".recovery-older.json";
}

Status writeRecovery(const fs::path& folder, const Recipe& recipe, const std::string& base)
{
    const Json json = { { "format", kFormat }, { "version", kVersion },
        { "time", QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString() }, { "base", base },
        { "recipe", toJson(recipe) } };
    return writeFileAtomically(recoveryFile(folder), json.dump(1) + "\n");
}

Result<std::optional<Recovery>> readRecovery(const fs::path& folder)
{
    std::error_code problem;
    const bool isNewest = fs::exists(recoveryFile(folder), problem);
    const fs::path file = isNewest ? recoveryFile(folder) : olderRecoveryFile(folder);
    if (!isNewest && !fs::exists(file, problem))
        return std::optional<Recovery>();
    PALIMPSEST_TRY(const Json json, readJsonFile(file));
    const auto text = [&json](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!json.is_object() || text("format") != kFormat || json.value("version", Json()) != kVersion
        || !json.contains("recipe"))
        return badInput(
            "expected edits that were kept by this version of the program, got another sort of file",
            file.string());
    Recovery recovery;
    PALIMPSEST_TRY(recovery.recipe, parseRecipe(json.at("recipe"), file.string(), NoTasks::Allow));
    recovery.base = text("base");
    recovery.time = text("time");
    recovery.file = file;
    return std::optional<Recovery>(std::move(recovery));
}

Status shelveRecovery(const fs::path& folder)
{
    std::error_code problem;
    fs::rename(recoveryFile(folder), olderRecoveryFile(folder), problem);
    if (problem)
        return failure("could not be renamed: " + problem.message(), recoveryFile(folder).string());
    return success();
}

Status removeFile(const fs::path& file)
{
    std::error_code problem;
    fs::remove(file, problem);
    if (problem)
        return failure("could not be removed: " + problem.message(), file.string());
    return success();
}

} // namespace palimpsest
