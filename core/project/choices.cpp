// SPDX-License-Identifier: Apache-2.0
#include "core/project/choices.h"

#include "core/project/recipe.h"

#include <array>
#include <stdexcept>

namespace palimpsest {

namespace {

constexpr std::array kStorage {
    Choice<Storage> { Storage::Float32, "float32" },
    Choice<Storage> { Storage::Float16, "float16" },
    Choice<Storage> { Storage::Int8, "int8" },
    Choice<Storage> { Storage::Int6, "int6" },
    Choice<Storage> { Storage::Int4, "int4" },
    Choice<Storage> { Storage::Int3, "int3" },
    Choice<Storage> { Storage::Ternary, "ternary" },
    Choice<Storage> { Storage::Binary, "binary" },
};
constexpr std::array kFisherSource {
    Choice<FisherSource> { FisherSource::Computed, "computed" },
    Choice<FisherSource> { FisherSource::File, "file" },
};
constexpr std::array kFisherLabels {
    Choice<FisherLabels> { FisherLabels::Sampled, "sampled" },
    Choice<FisherLabels> { FisherLabels::All, "all" },
    Choice<FisherLabels> { FisherLabels::Reference, "reference" },
};
constexpr std::array kFormation {
    Choice<Formation> { Formation::Aligned, "aligned" },
    Choice<Formation> { Formation::Reference, "reference" },
};
constexpr std::array kSmallTensors {
    Choice<SmallTensors> { SmallTensors::Private, "private" },
    Choice<SmallTensors> { SmallTensors::Paged, "paged" },
};
constexpr std::array kPrivateStorage {
    Choice<PrivateStorage> { PrivateStorage::Auto, "auto" },
    Choice<PrivateStorage> { PrivateStorage::Float32, "float32" },
    Choice<PrivateStorage> { PrivateStorage::Float16, "float16" },
    Choice<PrivateStorage> { PrivateStorage::Int8, "int8" },
};
constexpr std::array kSeparation {
    Choice<SeparationStrategy> { SeparationStrategy::Price, "price" },
    Choice<SeparationStrategy> { SeparationStrategy::Density, "density" },
};
constexpr std::array kMatching {
    Choice<MatchingStrategy> { MatchingStrategy::Identity, "identity" },
    Choice<MatchingStrategy> { MatchingStrategy::Random, "random" },
    Choice<MatchingStrategy> { MatchingStrategy::Reference, "reference" },
    Choice<MatchingStrategy> { MatchingStrategy::Sequential, "sequential" },
    Choice<MatchingStrategy> { MatchingStrategy::Descent, "descent" },
};
constexpr std::array kCost {
    Choice<CostKind> { CostKind::Barycentre, "barycentre" },
    Choice<CostKind> { CostKind::Pairwise, "pairwise" },
};
constexpr std::array kPageValue {
    Choice<PageValue> { PageValue::Barycentre, "barycentre" },
    Choice<PageValue> { PageValue::Mean, "mean" },
    Choice<PageValue> { PageValue::Last, "last" },
};
constexpr std::array kSchedule {
    Choice<Schedule> { Schedule::Simultaneous, "simultaneous" },
    Choice<Schedule> { Schedule::Turns, "turns" },
};
constexpr std::array kOptimiser {
    Choice<Optimiser> { Optimiser::AdamW, "adamw" },
    Choice<Optimiser> { Optimiser::Sgd, "sgd" },
};

template <class E> std::string nameOf(E value)
{
    for (const Choice<E>& choice : choicesOf(value))
        if (choice.first == value)
            return std::string(choice.second);
    throw std::invalid_argument("toString: not a value of this enum");
}

} // namespace

std::span<const Choice<Storage>> choicesOf(Storage)
{
    return kStorage;
}
std::span<const Choice<FisherSource>> choicesOf(FisherSource)
{
    return kFisherSource;
}
std::span<const Choice<FisherLabels>> choicesOf(FisherLabels)
{
    return kFisherLabels;
}
std::span<const Choice<Formation>> choicesOf(Formation)
{
    return kFormation;
}
std::span<const Choice<SmallTensors>> choicesOf(SmallTensors)
{
    return kSmallTensors;
}
std::span<const Choice<PrivateStorage>> choicesOf(PrivateStorage)
{
    return kPrivateStorage;
}
std::span<const Choice<SeparationStrategy>> choicesOf(SeparationStrategy)
{
    return kSeparation;
}
std::span<const Choice<MatchingStrategy>> choicesOf(MatchingStrategy)
{
    return kMatching;
}
std::span<const Choice<CostKind>> choicesOf(CostKind)
{
    return kCost;
}
std::span<const Choice<PageValue>> choicesOf(PageValue)
{
    return kPageValue;
}
std::span<const Choice<Schedule>> choicesOf(Schedule)
{
    return kSchedule;
}

std::span<const Choice<Optimiser>> choicesOf(Optimiser)
{
    return kOptimiser;
}

std::string toString(Storage value)
{
    return nameOf(value);
}
std::string toString(FisherSource value)
{
    return nameOf(value);
}
std::string toString(FisherLabels value)
{
    return nameOf(value);
}
std::string toString(Formation value)
{
    return nameOf(value);
}
std::string toString(SmallTensors value)
{
    return nameOf(value);
}
std::string toString(PrivateStorage value)
{
    return nameOf(value);
}
std::string toString(SeparationStrategy value)
{
    return nameOf(value);
}
std::string toString(MatchingStrategy value)
{
    return nameOf(value);
}
std::string toString(CostKind value)
{
    return nameOf(value);
}
std::string toString(PageValue value)
{
    return nameOf(value);
}
std::string toString(Schedule value)
{
    return nameOf(value);
}

std::string toString(Optimiser value)
{
    return nameOf(value);
}

template <class E> std::optional<E> fromString(const std::string& name)
{
    for (const Choice<E>& choice : choicesOf(E {}))
        if (choice.second == name)
            return choice.first;
    return std::nullopt;
}

template std::optional<Storage> fromString<Storage>(const std::string&);
template std::optional<FisherSource> fromString<FisherSource>(const std::string&);
template std::optional<FisherLabels> fromString<FisherLabels>(const std::string&);
template std::optional<Formation> fromString<Formation>(const std::string&);
template std::optional<SmallTensors> fromString<SmallTensors>(const std::string&);
template std::optional<PrivateStorage> fromString<PrivateStorage>(const std::string&);
template std::optional<SeparationStrategy> fromString<SeparationStrategy>(const std::string&);
template std::optional<MatchingStrategy> fromString<MatchingStrategy>(const std::string&);
template std::optional<CostKind> fromString<CostKind>(const std::string&);
template std::optional<PageValue> fromString<PageValue>(const std::string&);
template std::optional<Schedule> fromString<Schedule>(const std::string&);
template std::optional<Optimiser> fromString<Optimiser>(const std::string&);

} // namespace palimpsest
