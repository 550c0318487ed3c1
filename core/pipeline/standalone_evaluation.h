// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/preprocess.h"
#include "core/formats/network_importer.h"
#include "core/job/job_channel.h"
#include "core/nn/evaluate.h"

#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// Scoring without a project. Either `network` or `bundle` is set.
struct EvaluationRequest {
    std::filesystem::path network; ///< in any form that readAnyNetwork() knows
    ImportOptions options; ///< of the network
    std::filesystem::path bundle; ///< folder written by exportProject()
    std::string task; ///< of the bundle; may be empty where it has one task
    std::filesystem::path data; ///< HDF5, csv or ts file, or a folder of idx files
    std::vector<std::string> preprocess; ///< applied in order; a bundle brings its own
    std::string split = "test"; ///< "train" or "test"
    std::string device = "cpu"; ///< as resolveDevice() takes it
};

/// A bundle is run from its packed pages by a PagedExecutor: the weights are those that a device decodes.
[[nodiscard]] Result<Score> evaluateStandalone(const EvaluationRequest& request, const JobContext& context);

} // namespace palimpsest
