// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

/// The whole number that the text is, of at most nine digits before any fraction of zeros.
[[nodiscard]] std::optional<std::int64_t> parseWhole(std::string_view text);

/// Class numbers for labels that files give as texts. Where all labels of train are whole numbers they are
/// the class numbers; otherwise they are names, numbered by their place in alphabetical (byte) order.
class LabelIds {
public:
    LabelIds() = default;
    /// @param train  labels of the training samples
    /// @param names  of the classes, where the labels are numbers and the source names them elsewhere
    explicit LabelIds(const std::vector<std::string>& train, std::vector<std::string> names = {});

    /// Names of the classes by their numbers; empty where the source has none.
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }

    /// BadInput: a name that train does not have, a text where those of train are numbers.
    /// @param where  names the file of the labels
    [[nodiscard]] Result<std::vector<std::int32_t>> idsOf(
        const std::vector<std::string>& labels, const std::string& where) const;

private:
    std::vector<std::string> m_names; // sorted where the labels are names
    bool m_isNumbered = true;
};

} // namespace palimpsest
