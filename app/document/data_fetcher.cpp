// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/data_fetcher.h"

#include "core/data/data_store.h"
#include "core/pipeline/fetch_data.h"

namespace palimpsest {

DataFetcher dataFetcher()
{
    return {
        .entries = dataCatalogue(),
        .isPresent =
            [](const CatalogueEntry& entry) {
                const Result<DataSetCheck> check = findDataSetFiles(entry.name);
                return check && check->isComplete();
            },
        .isAccepted
        = [](const CatalogueEntry& entry) { return DataStore(dataFolder()).isAccepted(entry.name); },
        .accept = [](const CatalogueEntry& entry) { return DataStore(dataFolder()).accept(entry.name); },
        .download = [](const CatalogueEntry& entry,
                        const JobContext& context) { return downloadDataSet(entry, dataFolder(), context); },
        .pin = [](const UnconfirmedFile& file) { return DataStore(dataFolder()).pin(file.url, file.sha256); },
        .convert
        = [](const CatalogueEntry& entry,
              const JobContext& context) { return convertDataSet(entry, dataFolder(), false, context); },
    };
}

} // namespace palimpsest
