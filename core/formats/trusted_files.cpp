// SPDX-License-Identifier: Apache-2.0
#include "core/formats/trusted_files.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <cstdlib>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// Empty where neither variable says where settings belong.
fs::path listFile()
{
    if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder != nullptr && *folder == '/')
        return fs::path(folder) / "palimpsest/trusted";
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0')
        return fs::path(home) / ".config/palimpsest/trusted";
    return {};
}

} // namespace

Status checkTrust(const fs::path& file, bool trustNow)
{
    PALIMPSEST_TRY(const std::string hash, sha256File(file));
    const fs::path list = listFile();
    std::error_code ignored;
    std::string known;
    if (fs::exists(list, ignored)) {
        PALIMPSEST_TRY(known, readFile(list));
    }
    if (known.find(hash) != std::string::npos)
        return success();
    if (!trustNow)
        return badInput(
            "this is TorchScript, a program that is run when it is read; if you trust whoever made it, "
            "say so once with --trust (sha256 "
                + hash + ")",
            file.string());
    if (list.empty())
        return success(); // trusted for now; there is no place to remember it
    fs::create_directories(list.parent_path(), ignored);
    if (!known.empty() && known.back() != '\n')
        known += '\n';
    return writeFileAtomically(list, known + hash + "\n");
}

} // namespace palimpsest
