// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/page_store.h"

namespace palimpsest {

/// Backend::switchTo() of the CPU.
void switchOnCpu(const SwitchPlan& plan);

/// Weights of one stored page. @param values  out, [pageSize]
void decodePage(const PageStore& store, std::int64_t page, std::int64_t pageSize, float* values);

} // namespace palimpsest
