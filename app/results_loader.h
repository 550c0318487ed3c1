// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "widgets/results/run_results.h"

#include <memory>
#include <string>

namespace palimpsest {

class Project;

/// Reads what is done of a project into the form that views show: whatever stages are not done stays empty. Takes no lock
/// and runs nothing. Long where results are large: call it on a worker thread.
/// @param run  the id that the results get: of a kept run, or empty
/// @return BadInput where a result is damaged: the file is named
[[nodiscard]] Result<std::shared_ptr<const RunResults>> loadResults(
    const Project& project, const std::string& run = {});

} // namespace palimpsest
