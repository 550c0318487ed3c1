// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pages/page_layout.h"
#include "core/project/settings.h"

namespace palimpsest {

/// The storage forms of the parts of a packed project.
struct StateForms {
    Storage pool = Storage::Float32;
    Storage exclusive = Storage::Float32;
    Storage privates = Storage::Float32; ///< Float32, Float16 or Int8, before privateForm()
    bool operator==(const StateForms&) const = default;
};
/// The forms that a recipe asks for.
[[nodiscard]] StateForms stateForms(const PagesSettings& settings);

/// The form of one task's private run: a run that holds state (statistics of a batch norm, whose numbers span decades) keeps
/// Float16 where Int8 is asked for.
[[nodiscard]] Storage privateForm(const PageLayout& layout, Storage privates);
/// Bytes of a task's private run as stored, with its scales.
[[nodiscard]] std::int64_t privateBytes(const PageLayout& layout, const StateForms& forms);

} // namespace palimpsest
