// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/pipeline/results.h"

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <vector>

// For the sources of core/pipeline that turn results into records and back.
namespace palimpsest::record {

template <class T> void putVector(Record& record, const std::string& name, const std::vector<T>& values)
{
    record.arrays[name] = Array::from(values);
}

[[nodiscard]] inline const Array& array(const Record& record, const std::string& name)
{
    const auto found = record.arrays.find(name);
    if (found == record.arrays.end())
        throw DecodeError("no array \"" + name + "\"");
    return found->second;
}

template <class T> [[nodiscard]] std::vector<T> vectorOf(const Record& record, const std::string& name)
{
    const std::span<const T> values = array(record, name).as<T>();
    return { values.begin(), values.end() };
}

inline void putJson(Record& record, const std::string& name, const Json& value)
{
    record.texts[name] = value.dump();
}

[[nodiscard]] inline Json jsonOf(const Record& record, const std::string& name)
{
    const auto found = record.texts.find(name);
    if (found == record.texts.end())
        throw DecodeError("no text \"" + name + "\"");
    const auto json = parseJson(found->second, name);
    if (!json)
        throw DecodeError(json.error().text());
    return *json;
}

/// Tensors under `prefix`/tensors/NAME, their order in the text `prefix`/order.
void putWeights(Record& record, const std::string& prefix, const Weights& weights);
[[nodiscard]] Weights weightsOf(const Record& record, const std::string& prefix);

/// [points, 4]: step, train loss, validation loss, validation accuracy.
void putCurve(Record& record, const std::string& name, const std::vector<CurvePoint>& curve);
[[nodiscard]] std::vector<CurvePoint> curveOf(const Record& record, const std::string& name);

/// "tasks/0003/NAME": sorts in the order of the tasks.
[[nodiscard]] std::string taskKey(std::size_t task, const std::string& name);

} // namespace palimpsest::record
