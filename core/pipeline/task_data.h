// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"
#include "core/data/sample_cache.h"
#include "core/pipeline/project.h"

namespace palimpsest {

/// The training split of a task as readPart() gives it, out of the cache where it was decoded before. Keyed by the SHA-256 of the
/// files (Project's memory of them saves hashing) and by all settings that readPart() looks at. The test split is never kept: a
/// cache that holds none cannot show it to anybody but `evaluate`.
[[nodiscard]] Result<RawSamples> readTrainingSplit(const Project& project, const TaskSettings& task,
    const ReadControl& control = {}, const SampleCache& cache = SampleCache(sampleCacheFolder()));

} // namespace palimpsest
