// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/settings.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palimpsest {

/// One value of an enum and its name in project.json.
template <class E> using Choice = std::pair<E, std::string_view>;

// All values of each enum, in the order in which forms list them.
[[nodiscard]] std::span<const Choice<Storage>> choicesOf(Storage);
[[nodiscard]] std::span<const Choice<FisherSource>> choicesOf(FisherSource);
[[nodiscard]] std::span<const Choice<FisherLabels>> choicesOf(FisherLabels);
[[nodiscard]] std::span<const Choice<Formation>> choicesOf(Formation);
[[nodiscard]] std::span<const Choice<SmallTensors>> choicesOf(SmallTensors);
[[nodiscard]] std::span<const Choice<PrivateStorage>> choicesOf(PrivateStorage);
[[nodiscard]] std::span<const Choice<SeparationStrategy>> choicesOf(SeparationStrategy);
[[nodiscard]] std::span<const Choice<MatchingStrategy>> choicesOf(MatchingStrategy);
[[nodiscard]] std::span<const Choice<CostKind>> choicesOf(CostKind);
[[nodiscard]] std::span<const Choice<PageValue>> choicesOf(PageValue);
[[nodiscard]] std::span<const Choice<Schedule>> choicesOf(Schedule);
[[nodiscard]] std::span<const Choice<Optimiser>> choicesOf(Optimiser);

/// The names alone.
template <class E> [[nodiscard]] std::vector<std::string> choiceNames()
{
    std::vector<std::string> names;
    for (const Choice<E>& choice : choicesOf(E {}))
        names.emplace_back(choice.second);
    return names;
}

} // namespace palimpsest
