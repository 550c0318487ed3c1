// SPDX-License-Identifier: Apache-2.0
#include "core/network/layer_names.h"
#include "core/network/layer_rules.h"
#include "core/network/network.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace palimpsest {

namespace {

constexpr std::size_t kMaxLayers = 10'000;

/// Walks through the layers in order: checks each, works out its shape and lists its tensors.
class Completion {
public:
    Completion(Network& network, const std::string& where)
        : m_network(network)
        , m_where(where)
    {
    }

    Status run()
    {
        m_network.outputShapes.clear();
        m_network.tensors.clear();
        m_network.sources.clear();
        PALIMPSEST_CHECK(checkInput());
        PALIMPSEST_CHECK(nameLayers());
        for (m_index = 0; m_index < m_network.layers.size(); ++m_index) {
            PALIMPSEST_TRY(std::vector<std::size_t> sources, findSources(m_network.layers[m_index]));
            m_network.sources.push_back(std::move(sources));
            PALIMPSEST_CHECK(inferShapes(m_network.layers[m_index]));
        }
        return checkWhole();
    }

private:
    Network& m_network;
    const std::string& m_where;
    std::size_t m_index = 0; ///< of the layer under work
    std::map<std::string, std::size_t> m_layerIndex; ///< by name, all layers
    std::set<std::string> m_tensorNames;
    std::int64_t m_elements = 0; ///< of all tensors so far

    Error problem(const std::string& message) const
    {
        const Layer& layer = m_network.layers[m_index];
        return badInput("layer \"" + layer.name + "\" (" + std::string(toString(layer.kind)) + ", layers["
                + std::to_string(m_index) + "]): " + message,
            m_where);
    }

    Status checkInput() const
    {
        const Shape& shape = m_network.inputShape;
        const bool positive
            = std::all_of(shape.begin(), shape.end(), [](std::int64_t size) { return isSize(size, 1); });
        if (shape.empty() || shape.size() > 3 || !positive || !fitsLimits(shape))
            return badInput(
                "inputShape: expected [channels, height, width], [channels, length] or [features], each 1 or "
                "more and 2,147,483,647 numbers at most, got "
                    + toString(shape),
                m_where);
        return success();
    }

    /// Gives unnamed layers their default name, the type and the place in the list: "conv2d0", "relu1".
    Status nameLayers()
    {
        std::vector<Layer>& layers = m_network.layers;
        if (layers.empty() || layers.size() > kMaxLayers)
            return badInput("expected 1 to 10,000 layers, got " + std::to_string(layers.size()), m_where);
        for (m_index = 0; m_index < layers.size(); ++m_index) {
            const std::string& name = layers[m_index].name;
            if (name.empty())
                continue;
            if (!isLayerName(name))
                return problem("a name takes up to 200 letters, digits, \"_\", \"-\" and \".\"");
            if (const auto [other, isNew] = m_layerIndex.emplace(name, m_index); !isNew)
                return problem(
                    "layers[" + std::to_string(other->second) + "] has the same name; names must be unique");
        }
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (!layers[i].name.empty())
                continue;
            std::string name = std::string(toString(layers[i].kind)) + std::to_string(i);
            while (m_layerIndex.count(name) > 0)
                name += '_';
            m_layerIndex.emplace(name, i);
            layers[i].name = std::move(name);
        }
        return success();
    }

    /// What the layer reads: its `input` (the layer before it, where it names none) and Add's `from`; Concat: its parts.
    Result<std::vector<std::size_t>> findSources(const Layer& layer) const
    {
        std::vector<std::size_t> sources;
        const auto add = [&](const char* key, const std::string& name) -> Status {
            const auto found = m_layerIndex.find(name);
            if (name != kNetworkInput && (found == m_layerIndex.end() || found->second >= m_index))
                return problem(
                    std::string(key) + ": expected the name of an earlier layer, got \"" + name + "\"");
            sources.push_back(name == kNetworkInput ? kInputSource : found->second);
            return success();
        };
        if (layer.kind == LayerKind::Concat) {
            if (layer.parts.size() < 2 || layer.parts.size() > kMaxLayers)
                return problem("parts: expected the names of two or more layers, got "
                    + std::to_string(layer.parts.size()));
            for (const std::string& part : layer.parts)
                PALIMPSEST_CHECK(add("parts", part));
            return sources;
        }
        if (layer.input.empty())
            sources.push_back(m_index == 0 ? kInputSource : m_index - 1);
        else
            PALIMPSEST_CHECK(add("input", layer.input));
        if (layer.kind == LayerKind::Add)
            PALIMPSEST_CHECK(add("from", layer.from));
        return sources;
    }

    Status inferShapes(Layer& layer)
    {
        std::vector<Shape> inputs;
        for (const std::size_t source : m_network.sources[m_index])
            inputs.push_back(source == kInputSource ? m_network.inputShape : m_network.outputShapes[source]);
        Result<LayerShapes> shapes = inferLayer(layer, inputs, m_network.layout);
        if (!shapes)
            return problem(shapes.error().message);
        for (LayerTensor& tensor : shapes->tensors)
            PALIMPSEST_CHECK(addTensor(tensorName(layer, tensor.role), std::move(tensor.shape), tensor.role));
        m_network.outputShapes.push_back(std::move(shapes->output));
        return success();
    }

    static std::string tensorName(const Layer& layer, TensorRole role)
    {
        switch (role) {
        case TensorRole::Weight:
        case TensorRole::NormScale:
            return layer.weightName.empty() ? layer.name + ".weight" : layer.weightName;
        case TensorRole::Bias:
        case TensorRole::NormShift:
            return layer.biasName.empty() ? layer.name + ".bias" : layer.biasName;
        case TensorRole::RunningMean:
            return layer.name + ".running_mean";
        case TensorRole::RunningVariance:
            return layer.name + ".running_var";
        }
        throw std::invalid_argument("unknown TensorRole");
    }

    Status addTensor(std::string name, Shape shape, TensorRole role)
    {
        if (!isTensorName(name))
            return problem("\"" + name
                + "\" is no tensor name: up to 200 letters, digits, \"_\", \"-\", \".\", \":\" and single "
                  "\"/\" inside");
        if (!m_tensorNames.insert(name).second)
            return problem("another layer already has a tensor of the name \"" + name + "\"");
        if (!fitsLimits(shape) || elementCount(shape) > kMaxElements - m_elements)
            return problem("with its tensor \"" + name + "\" " + toString(shape)
                + " the network has more than 2,147,483,647 weights");
        m_elements += elementCount(shape);
        m_network.tensors.push_back({ std::move(name), std::move(shape), role, m_index });
        return success();
    }

    Status checkWhole()
    {
        m_index = m_network.layers.size() - 1;
        if (m_network.layers.back().kind == LayerKind::Softmax)
            return problem(
                "the last layer must give logits; leave this one out, soft-max is part of the loss");
        const Shape& last = m_network.outputShapes.back();
        if (last.size() != 1)
            return problem(
                "the last layer must give [classes], got " + toString(last) + "; end with a linear layer");
        if (m_network.tensors.empty())
            return badInput("the network has no weights: expected at least one layer that has some", m_where);
        return checkAllRead();
    }

    /// Every layer but the last must be read: the others would have weights without a gradient.
    Status checkAllRead()
    {
        std::vector<bool> isRead(m_network.layers.size(), false);
        for (const std::vector<std::size_t>& sources : m_network.sources)
            for (const std::size_t source : sources)
                if (source != kInputSource)
                    isRead[source] = true;
        for (m_index = 0; m_index + 1 < isRead.size(); ++m_index)
            if (!isRead[m_index])
                return problem("no later layer reads its output; remove it, or name it as the input of one");
        return success();
    }
};

} // namespace

Status completeNetwork(Network& network, const std::string& where)
{
    return Completion(network, where).run();
}

} // namespace palimpsest
