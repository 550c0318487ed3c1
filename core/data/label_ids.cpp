// SPDX-License-Identifier: Apache-2.0
#include "core/data/label_ids.h"

#include "core/data/text.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {

std::optional<std::int64_t> parseWhole(std::string_view text)
{
    const std::optional<double> number = parseNumber(text);
    if (!number || std::abs(*number) > 1e9 || *number != std::floor(*number))
        return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

LabelIds::LabelIds(const std::vector<std::string>& train, std::vector<std::string> names)
    : m_names(std::move(names))
    , m_isNumbered(std::all_of(
          train.begin(), train.end(), [](const std::string& label) { return parseWhole(label).has_value(); }))
{
    if (m_isNumbered)
        return;
    m_names = train;
    std::sort(m_names.begin(), m_names.end());
    m_names.erase(std::unique(m_names.begin(), m_names.end()), m_names.end());
}

Result<std::vector<std::int32_t>> LabelIds::idsOf(
    const std::vector<std::string>& labels, const std::string& where) const
{
    std::vector<std::int32_t> ids;
    ids.reserve(labels.size());
    for (const std::string& label : labels) {
        const auto name = std::lower_bound(m_names.begin(), m_names.end(), label);
        const std::optional<std::int64_t> number = m_isNumbered ? parseWhole(label) : std::nullopt;
        if (m_isNumbered ? !number.has_value() : (name == m_names.end() || *name != label))
            return badInput("label \"" + label + "\" of sample " + std::to_string(ids.size() + 1)
                    + (m_isNumbered ? " is no whole number, but those of train are"
                                    : " does not occur in train"),
                where);
        ids.push_back(static_cast<std::int32_t>(m_isNumbered ? *number : name - m_names.begin()));
    }
    return ids;
}

} // namespace palimpsest
