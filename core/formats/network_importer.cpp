// SPDX-License-Identifier: Apache-2.0
#include "core/formats/network_importer.h"

namespace palimpsest {

std::vector<std::filesystem::path> NetworkImporter::files(
    const std::filesystem::path& file, const ImportOptions& /*options*/) const
{
    return { file };
}

} // namespace palimpsest
