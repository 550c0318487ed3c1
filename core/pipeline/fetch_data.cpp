// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/fetch_data.h"

#include "core/base/hash.h"
#include "core/base/units.h"
#include "core/data/data_store.h"
#include "core/io/hdf5_data.h"
#include "core/io/hdf5_data_writer.h"

#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

Result<std::string> convertDataSet(
    const CatalogueEntry& entry, const fs::path& folder, bool keepFiles, const JobContext& context)
{
    PALIMPSEST_TRY(const fs::path raw, unpackDataSet(entry, folder, context.part(0.0, 0.3, "unpacking ")));
    const auto read = [&](Part part, const JobContext& share) {
        return readPart(allReaders(), entry.source, entry.split, raw, part, ReadControl(share));
    };
    PALIMPSEST_TRY(const RawSamples train, read(Part::Train, context.part(0.3, 0.7, "train: ")));
    PALIMPSEST_TRY(const RawSamples test, read(Part::Test, context.part(0.7, 0.9, "test: ")));
    if (context.isCanceled())
        return canceled();
    context.setProgress(0.9, "writing " + entry.data.path);
    const fs::path target = folder / entry.data.path;
    PALIMPSEST_CHECK(writeHdf5Data(target, train, test,
        { { "name", entry.title }, { "source", entry.page }, { "license", entry.licence },
            { "citation", entry.citation } }));
    PALIMPSEST_TRY(const std::string hash, sha256File(target));
    PALIMPSEST_CHECK(DataStore(folder).setMade(entry.name, hash));
    std::error_code error;
    if (!keepFiles)
        fs::remove_all(fetchFolder(entry.name, folder), error);
    return target.string() + ": " + formatCount(static_cast<std::int64_t>(train.count()))
        + " samples to train, " + formatCount(static_cast<std::int64_t>(test.count())) + " to test, of shape "
        + toString(train.sampleShape()) + " and " + std::to_string(classCount(entry.source, train))
        + " classes";
}

} // namespace palimpsest
