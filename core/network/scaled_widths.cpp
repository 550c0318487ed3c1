// SPDX-License-Identifier: Apache-2.0
#include "core/network/scaled_widths.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace palimpsest {

namespace {

/// Part of a first axis: `times` copies of the channels of one width.
struct Segment {
    std::size_t variable = 0;
    std::int64_t times = 1;
};
using Axis = std::vector<Segment>;

/// Follows the widths through a network: which may change, and which must change together.
class Widths {
public:
    explicit Widths(const Network& network)
        : m_network(network)
        , m_axes(network.layers.size())
    {
        m_input = { { addVariable(network.inputShape.at(0)), 1 } };
        freeze(m_input);
        for (std::size_t i = 0; i < network.layers.size(); ++i)
            m_axes[i] = follow(i);
        freeze(m_axes.back());
    }

    [[nodiscard]] Network scaled(double factor)
    {
        Network copy = m_network;
        for (std::size_t i = 0; i < copy.layers.size(); ++i) {
            Layer& layer = copy.layers[i];
            if (layer.kind == LayerKind::Reshape && layer.shape.size() == 1)
                layer.shape[0] = sizeOf(m_axes[i], factor);
            if (!makesWidth(layer.kind))
                continue;
            layer.outputs = sizeOf(m_axes[i], factor);
            if (isDepthwise(i))
                layer.groups = sizeOf(axisOf(m_network.sources[i][0]), factor);
        }
        if (const Status complete = completeNetwork(copy, copy.name); !complete)
            throw std::logic_error("scaleWidths: " + complete.error().message);
        return copy;
    }

private:
    struct Variable {
        std::size_t parent = 0; ///< union-find: of the same width
        std::int64_t width = 0;
        std::int64_t multiple = 1;
        bool isFrozen = false;
    };

    const Network& m_network;
    std::vector<Variable> m_variables;
    Axis m_input;
    std::vector<Axis> m_axes; ///< first axis of each layer's output

    static bool makesWidth(LayerKind kind)
    {
        return kind == LayerKind::Conv1d || kind == LayerKind::Conv2d || kind == LayerKind::Linear;
    }

    const Axis& axisOf(std::size_t source) const { return source == kInputSource ? m_input : m_axes[source]; }
    const Shape& shapeOf(std::size_t source) const
    {
        return source == kInputSource ? m_network.inputShape : m_network.outputShapes[source];
    }

    bool isDepthwise(std::size_t index) const
    {
        const Layer& layer = m_network.layers[index];
        return layer.kind != LayerKind::Linear && layer.groups > 1
            && layer.groups == shapeOf(m_network.sources[index][0])[0];
    }

    std::size_t addVariable(std::int64_t width)
    {
        m_variables.push_back({ m_variables.size(), width, 1, false });
        return m_variables.size() - 1;
    }

    std::size_t root(std::size_t variable) const
    {
        while (m_variables[variable].parent != variable)
            variable = m_variables[variable].parent;
        return variable;
    }

    void freeze(const Axis& axis)
    {
        for (const Segment& segment : axis)
            m_variables[root(segment.variable)].isFrozen = true;
    }

    void needMultiple(const Axis& axis, std::int64_t groups)
    {
        if (axis.size() > 1)
            return freeze(axis);
        Variable& variable = m_variables[root(axis[0].variable)];
        variable.multiple = std::lcm(variable.multiple, groups);
        if (variable.width % variable.multiple != 0) // only its copies together are a multiple
            variable.isFrozen = true;
    }

    void tie(const Axis& a, const Axis& b)
    {
        const bool areAlike
            = std::equal(a.begin(), a.end(), b.begin(), b.end(), [this](Segment x, Segment y) {
                  return x.times == y.times
                      && m_variables[root(x.variable)].width == m_variables[root(y.variable)].width;
              });
        if (!areAlike) {
            freeze(a);
            return freeze(b);
        }
        for (std::size_t i = 0; i < a.size(); ++i) {
            const std::size_t from = root(a[i].variable);
            const std::size_t into = root(b[i].variable);
            if (from == into)
                continue;
            Variable& whole = m_variables[into];
            whole.multiple = std::lcm(whole.multiple, m_variables[from].multiple);
            whole.isFrozen
                = whole.isFrozen || m_variables[from].isFrozen || whole.width % whole.multiple != 0;
            m_variables[from].parent = into;
        }
    }

    static Axis repeated(Axis axis, std::int64_t times)
    {
        for (Segment& segment : axis)
            segment.times *= times;
        return axis;
    }

    Axis follow(std::size_t index)
    {
        const Layer& layer = m_network.layers[index];
        const std::vector<std::size_t>& sources = m_network.sources[index];
        const Axis& in = axisOf(sources[0]);
        const Shape& shape = shapeOf(sources[0]);
        switch (layer.kind) {
        case LayerKind::Conv1d:
        case LayerKind::Conv2d:
        case LayerKind::Linear: {
            if (isDepthwise(index))
                return repeated(in, layer.outputs / layer.groups);
            Axis out { { addVariable(layer.outputs), 1 } };
            if (layer.kind != LayerKind::Linear && layer.groups > 1) {
                needMultiple(in, layer.groups);
                needMultiple(out, layer.groups);
            }
            return out;
        }
        case LayerKind::Flatten:
            return repeated(in, elementCount(shape) / shape[0]);
        case LayerKind::Reshape:
            if (layer.shape.size() == 1)
                return repeated(in, elementCount(shape) / shape[0]);
            freeze(in);
            return fixed(layer.shape[0]);
        case LayerKind::Permute:
            if (layer.order[0] == 0)
                return in;
            freeze(in);
            return fixed(m_network.outputShapes[index][0]);
        case LayerKind::Add:
            tie(in, axisOf(sources[1]));
            return in;
        case LayerKind::Concat: {
            Axis out;
            for (const std::size_t source : sources) {
                const Axis& part = axisOf(source);
                out.insert(out.end(), part.begin(), part.end());
            }
            return out;
        }
        default: // what changes no width
            return in;
        }
    }

    Axis fixed(std::int64_t width)
    {
        Axis axis { { addVariable(width), 1 } };
        freeze(axis);
        return axis;
    }

    std::int64_t sizeOf(const Axis& axis, double factor) const
    {
        std::int64_t size = 0;
        for (const Segment& segment : axis) {
            const Variable& variable = m_variables[root(segment.variable)];
            const std::int64_t units = variable.width / variable.multiple;
            const std::int64_t kept
                = std::clamp<std::int64_t>(std::llround(factor * static_cast<double>(units)), 1, units);
            size += segment.times * (variable.isFrozen ? variable.width : kept * variable.multiple);
        }
        return size;
    }
};

} // namespace

Network scaleWidths(const Network& network, double factor)
{
    if (!(factor > 0.0 && factor <= 1.0))
        throw std::invalid_argument("scaleWidths: factor must be above 0 and at most 1");
    return Widths(network).scaled(factor);
}

Result<std::vector<Network>> scaleToFit(const std::vector<const Network*>& networks, std::int64_t bytes,
    const std::function<std::int64_t(const Network&)>& bytesOf)
{
    std::vector<Network> scaled;
    const auto tryFactor = [&](double factor) {
        scaled.clear();
        std::int64_t total = 0;
        for (const Network* network : networks)
            total += bytesOf(scaled.emplace_back(scaleWidths(*network, factor)));
        return total;
    };
    constexpr double kSmallest = 1e-9; // every width 1: none has 2^31 or more
    constexpr int kHalvings = 40;
    if (tryFactor(1.0) <= bytes)
        return scaled;
    if (const std::int64_t smallest = tryFactor(kSmallest); smallest > bytes)
        return badInput("expected room of at least " + std::to_string(smallest)
            + " bytes for networks of the smallest widths, got " + std::to_string(bytes));
    double low = kSmallest; // fits
    double high = 1.0; // does not
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2.0;
        (tryFactor(middle) <= bytes ? low : high) = middle;
    }
    tryFactor(low);
    return scaled;
}

} // namespace palimpsest
