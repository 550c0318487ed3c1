// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/record_access.h"

namespace palimpsest::record {

void putWeights(Record& record, const std::string& prefix, const Weights& weights)
{
    Json order = Json::array();
    for (const Tensor& tensor : weights.tensors) {
        order.push_back(tensor.name);
        record.arrays[prefix + "/tensors/" + tensor.name]
            = Array::from(std::span<const float>(tensor.values), tensor.shape);
    }
    putJson(record, prefix + "/order", order);
}

Weights weightsOf(const Record& record, const std::string& prefix)
{
    Weights weights;
    for (const Json& name : jsonOf(record, prefix + "/order")) {
        const std::string tensor = name.get<std::string>();
        const Array& values = array(record, prefix + "/tensors/" + tensor);
        const std::span<const float> span = values.as<float>();
        weights.tensors.push_back({ tensor, values.shape(), { span.begin(), span.end() } });
    }
    return weights;
}

void putCurve(Record& record, const std::string& name, const std::vector<CurvePoint>& curve)
{
    std::vector<double> values;
    for (const CurvePoint& point : curve)
        values.insert(values.end(),
            { static_cast<double>(point.step), point.trainLoss, point.validationLoss,
                point.validationAccuracy });
    record.arrays[name]
        = Array::from(std::span<const double>(values), { static_cast<std::int64_t>(curve.size()), 4 });
}

std::vector<CurvePoint> curveOf(const Record& record, const std::string& name)
{
    const std::span<const double> values = array(record, name).as<double>();
    std::vector<CurvePoint> curve;
    for (std::size_t i = 0; i + 4 <= values.size(); i += 4)
        curve.push_back(
            { static_cast<std::int64_t>(values[i]), values[i + 1], values[i + 2], values[i + 3] });
    return curve;
}

std::string taskKey(std::size_t task, const std::string& name)
{
    std::string number = std::to_string(task);
    return "tasks/" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number + "/" + name;
}

} // namespace palimpsest::record
