// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"

#include <string>
#include <vector>

namespace palimpsest {

/// What `value` breaks of `schema`, one sentence each; empty: it is valid. Knows what report.schema.json uses of JSON Schema
/// draft 2020-12: type, enum, minimum, maximum, required, properties, additionalProperties, items, minItems, maxItems and
/// $ref to #/$defs. An unknown keyword is itself a problem, so that no rule is skipped unseen.
[[nodiscard]] std::vector<std::string> schemaProblems(const Json& schema, const Json& value);

} // namespace palimpsest
