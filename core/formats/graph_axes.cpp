// SPDX-License-Identifier: Apache-2.0
#include "core/formats/graph_axes.h"

#include <utility>

namespace palimpsest {

std::vector<int> axesOf(const Shape& shape)
{
    std::vector<int> axes;
    for (std::size_t i = 0; i < shape.size(); ++i)
        axes.push_back(shape[i] == 1 ? GraphValue::kOne : static_cast<int>(i));
    return axes;
}

std::vector<int> withoutOnes(std::vector<int> axes)
{
    std::erase(axes, GraphValue::kOne);
    return axes;
}

Shape withoutOnes(Shape shape)
{
    std::erase(shape, 1);
    return shape;
}

std::string sampleText(const Shape& shape)
{
    std::string sizes = "[samples";
    for (const std::int64_t size : shape)
        sizes += ", " + std::to_string(size);
    return sizes + "]";
}

Layer namedLayer(LayerKind kind, std::string name)
{
    Layer layer;
    layer.kind = kind;
    layer.name = std::move(name);
    return layer;
}

} // namespace palimpsest
