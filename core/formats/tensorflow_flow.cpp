// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_flow.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string_view>

namespace palimpsest::tensorflow {

namespace {

constexpr std::size_t kMaxSources = 64;
constexpr std::uint64_t kMaxSteps = 50'000'000; ///< up the tree of dominators: seconds, for any graph

template <std::size_t N> bool isOneOf(std::string_view text, const std::array<std::string_view, N>& names)
{
    return std::find(names.begin(), names.end(), text) != names.end();
}

constexpr std::array<std::string_view, 3> kShapeOps { "Shape", "Size", "Rank" };
constexpr std::array<std::string_view, 3> kPlaceholders { "Placeholder", "PlaceholderV2",
    "PlaceholderWithDefault" };
constexpr std::array<std::string_view, 4> kVariables { "VariableV2", "Variable", "VarHandleOp",
    "AutoReloadVariable" };
constexpr std::array<std::string_view, 11> kTransparent { "Identity", "ReadVariableOp", "Switch", "Enter",
    "StopGradient", "Snapshot", "CheckNumerics", "Reshape", "ExpandDims", "RefIdentity", "Transpose" };
constexpr std::array<std::string_view, 7> kLayersWithKernel { "Conv2D", "MatMul", "DepthwiseConv2dNative",
    "Conv3D", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3" };
constexpr std::array<std::string_view, 3> kAdditions { "BiasAdd", "Add", "AddV2" };
constexpr std::array<std::string_view, 8> kEnds { "Softmax", "LogSoftmax", "SoftmaxCrossEntropyWithLogits",
    "SparseSoftmaxCrossEntropyWithLogits", "ArgMax", "Max", "Exp", "InTopKV2" };
constexpr std::array<std::string_view, 6> kSoftmaxes { "Softmax", "LogSoftmax",
    "SoftmaxCrossEntropyWithLogits", "SparseSoftmaxCrossEntropyWithLogits", "Max", "Exp" };
constexpr std::array<std::string_view, 4> kTrueSoftmaxes { "Softmax", "LogSoftmax",
    "SoftmaxCrossEntropyWithLogits", "SparseSoftmaxCrossEntropyWithLogits" };
constexpr std::array<std::string_view, 4> kActivations { "Relu", "LeakyRelu", "Tanh", "Sigmoid" };
constexpr std::array<std::string_view, 4> kReductions { "AvgPool", "MaxPool", "Mean", "Max" };
constexpr std::array<std::string_view, 7> kScalings { "Mul", "RealDiv", "Div", "Add", "AddV2", "BiasAdd",
    "Sub" };
constexpr std::array<std::string_view, 4> kShapeChanges { "Squeeze", "Reshape", "Identity", "Flatten" };

/// Whether the name has a part "gradients" or "gradients_1", where TensorFlow puts what it derives.
bool isGradient(std::string_view name)
{
    while (!name.empty()) {
        const std::string_view part = name.substr(0, name.find('/'));
        if (part == "gradients" || part.starts_with("gradients_"))
            return true;
        name.remove_prefix(std::min(part.size() + 1, name.size()));
    }
    return false;
}

bool isFloat(const Node& node)
{
    const Attribute* type = node.attribute("dtype");
    return type == nullptr || !type->integer || *type->integer == 1 || *type->integer == 2
        || *type->integer == 19;
}

bool isBool(const Node& node)
{
    const Attribute* type = node.attribute("dtype");
    return type != nullptr && type->integer == 10;
}

/// Known and at least one axis, or nothing known of an input that is no single number.
enum class Feed { None, Parameter, Unknown, Tensor };

Feed feedOf(const Node& node)
{
    if (node.op == "IteratorGetNext")
        return Feed::Tensor;
    if (!isOneOf(node.op, kPlaceholders))
        return Feed::None;
    const Attribute* shape = node.attribute("shape");
    if (shape != nullptr && shape->shape)
        return shape->shape->empty() ? Feed::Parameter : Feed::Tensor;
    if (node.op == "PlaceholderWithDefault")
        return Feed::Parameter;
    if (isBool(node)) // a training flag
        return Feed::Parameter;
    return isFloat(node) ? Feed::Unknown : Feed::Tensor;
}

class Finder {
public:
    Finder(const Graph& graph, const std::string& where)
        : m_graph(graph)
        , m_where(where)
    {
    }

    Result<Flow> find()
    {
        findReaders();
        findVariables();
        PALIMPSEST_TRY(bool found, findSource(false));
        if (!found) // a placeholder without a shape may give the samples
        {
            PALIMPSEST_TRY(found, findSource(true));
        }
        if (!found)
            return badInput("the graph has no layer with a variable between a placeholder and an output; "
                            "name the layer list with "
                            "--layers FILE.json",
                m_where);
        PALIMPSEST_TRY(const std::size_t last, lastLayer());
        m_flow.logits = withBias(last);
        takeRest();
        takeActivation();
        PALIMPSEST_CHECK(findDominators());
        return std::move(m_flow);
    }

private:
    const Graph& m_graph;
    const std::string& m_where;
    Flow m_flow;
    std::vector<std::vector<std::size_t>> m_readers; ///< of each node
    std::vector<bool> m_isLayer; ///< inside, with a variable as its kernel

    [[nodiscard]] const Node& node(std::size_t index) const { return m_graph.nodes[index]; }

    void findReaders()
    {
        m_readers.resize(m_graph.nodes.size());
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
            for (const Input& input : node(i).inputs)
                m_readers[input.node].push_back(i);
    }

    void findVariables()
    {
        m_flow.variable.assign(m_graph.nodes.size(), kNoNode);
        m_flow.isTurned.assign(m_graph.nodes.size(), false);
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
            if (isOneOf(node(i).op, kVariables))
                m_flow.variable[i] = i;
            else if (isOneOf(node(i).op, kTransparent) && !node(i).inputs.empty()) {
                const std::size_t from = node(i).inputs[0].node;
                m_flow.variable[i] = m_flow.variable[from];
                m_flow.isTurned[i] = m_flow.isTurned[from] != (node(i).op == "Transpose");
            } else if (node(i).op == "ConcatV2")
                m_flow.variable[i] = firstPart(i);
    }

    /// The first part of a divided variable where the node joins all its parts in order.
    [[nodiscard]] std::size_t firstPart(std::size_t index) const
    {
        const std::vector<Input>& inputs = node(index).inputs;
        std::string whole;
        for (std::size_t i = 0; i + 1 < inputs.size(); ++i) {
            const std::size_t part = m_flow.variable[inputs[i].node];
            const std::string name = part == kNoNode ? std::string() : variableName(node(part));
            if (i == 0)
                whole = partitionedName(name);
            if (whole.empty() || name != whole + "/part_" + std::to_string(i))
                return kNoNode;
        }
        return inputs.size() < 3 ? kNoNode : m_flow.variable[inputs[0].node];
    }

    [[nodiscard]] bool hasKernel(std::size_t index) const
    {
        const Node& layer = node(index);
        return isOneOf(layer.op, kLayersWithKernel) && layer.inputs.size() >= 2 && !isGradient(layer.name)
            && m_flow.variable[layer.inputs[1].node] != kNoNode;
    }

    /// The one feed that alone leads to layers. Bit i of a mask: the node depends on feed i.
    Result<bool> findSource(bool withUnknown)
    {
        std::vector<std::size_t> feeds;
        std::vector<std::uint64_t> masks(m_graph.nodes.size(), 0);
        std::uint64_t withLayers = 0;
        std::vector<std::size_t> layers;
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const Feed feed = feedOf(node(i));
            if (feed == Feed::Tensor || (withUnknown && feed == Feed::Unknown)) {
                if (feeds.size() + 2 > kMaxSources)
                    return badInput("the graph has more than 60 placeholders; name the layer list with "
                                    "--layers FILE.json",
                        m_where);
                masks[i] = std::uint64_t { 1 } << feeds.size();
                feeds.push_back(i);
                if (node(i).op == "IteratorGetNext")
                    feeds.push_back(i); // all outputs but the first are labels
            }
            if (isOneOf(node(i).op, kShapeOps))
                continue; // a shape holds no data
            for (const Input& input : node(i).inputs) {
                const bool isLabel = node(input.node).op == "IteratorGetNext" && input.port > 0;
                masks[i] |= isLabel ? masks[input.node] << 1U : masks[input.node];
            }
            if (std::has_single_bit(masks[i]) && hasKernel(i)) {
                withLayers |= masks[i];
                layers.push_back(i);
            }
        }
        if (withLayers == 0)
            return false;
        const std::size_t first = feeds[static_cast<std::size_t>(std::countr_zero(withLayers))];
        if (!std::has_single_bit(withLayers)) {
            const std::size_t second
                = feeds[static_cast<std::size_t>(std::countr_zero(withLayers & (withLayers - 1)))];
            return badInput("the graph has two inputs, \"" + node(first).name + "\" and \""
                    + node(second).name + "\"; a network has one",
                m_where);
        }
        m_flow.source = first;
        m_flow.isInside.assign(m_graph.nodes.size(), false);
        m_isLayer.assign(m_graph.nodes.size(), false);
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
            m_flow.isInside[i] = masks[i] == withLayers && !isGradient(node(i).name);
        for (const std::size_t layer : layers)
            m_isLayer[layer] = true;
        return true;
    }

    /// The layer after which no other one comes.
    Result<std::size_t> lastLayer() const
    {
        const std::size_t count = m_graph.nodes.size();
        std::vector<bool> leadsToLayer(count, false);
        std::vector<bool> leadsToEnd(count, false);
        for (std::size_t i = count; i-- > 0;)
            for (const Input& input : node(i).inputs) {
                if (m_isLayer[i] || leadsToLayer[i])
                    leadsToLayer[input.node] = true;
                if (isOneOf(node(i).op, kEnds) || leadsToEnd[i])
                    leadsToEnd[input.node] = true;
            }
        std::vector<std::size_t> last;
        for (const bool onlyToEnd : { true, false })
            if (last.empty())
                for (std::size_t i = 0; i < count; ++i)
                    if (m_isLayer[i] && !leadsToLayer[i] && (leadsToEnd[i] || !onlyToEnd))
                        last.push_back(i);
        // Two towers over the same variables (training and evaluation) are one network.
        const auto kernel = [&](std::size_t layer) { return m_flow.variable[node(layer).inputs[1].node]; };
        for (const std::size_t other : last)
            if (kernel(other) != kernel(last.front()))
                return badInput("the graph has two outputs, \"" + node(last.front()).name + "\" and \""
                        + node(other).name + "\"; a network has one",
                    m_where);
        return last.front();
    }

    /// The addition of a variable that reads a layer, or the layer itself.
    [[nodiscard]] std::size_t withBias(std::size_t layer) const
    {
        for (const std::size_t reader : m_readers[layer])
            if (m_flow.isInside[reader] && isOneOf(node(reader).op, kAdditions)
                && node(reader).inputs.size() == 2)
                for (const Input& input : node(reader).inputs)
                    if (m_flow.variable[input.node] != kNoNode)
                        return reader;
        return layer;
    }

    template <std::size_t N>
    [[nodiscard]] bool isReadByOneOf(std::size_t index, const std::array<std::string_view, N>& ops) const
    {
        return std::any_of(m_readers[index].begin(), m_readers[index].end(),
            [&](std::size_t reader) { return isOneOf(node(reader).op, ops); });
    }

    /// Whether the node works on what `from` gives and on constants alone.
    [[nodiscard]] bool readsOnly(std::size_t index, std::size_t from) const
    {
        const std::vector<Input>& inputs = node(index).inputs;
        return std::all_of(inputs.begin(), inputs.end(),
            [&](const Input& input) { return input.node == from || !m_flow.isInside[input.node]; });
    }

    /// Without a soft-max that reads the last layer itself: what lies between them is part of the prediction (a mean over the
    /// positions, a temperature). A change of shape at the end is not needed.
    void takeRest()
    {
        constexpr int kMaxRest = 8;
        std::size_t end = m_flow.logits;
        std::size_t at = end;
        for (int step = 0; step < kMaxRest && !isReadByOneOf(at, kTrueSoftmaxes); ++step) {
            const auto next
                = std::find_if(m_readers[at].begin(), m_readers[at].end(), [&](std::size_t reader) {
                      const std::string& op = node(reader).op;
                      const bool isWork = isOneOf(op, kReductions) || isOneOf(op, kScalings);
                      return m_flow.isInside[reader] && readsOnly(reader, at)
                          && (isWork || isOneOf(op, kShapeChanges) || isOneOf(op, kActivations))
                          && leadsOn(reader);
                  });
            if (next == m_readers[at].end())
                return;
            at = *next;
            if (!isOneOf(node(at).op, kShapeChanges))
                end = at;
        }
        if (isReadByOneOf(at, kTrueSoftmaxes))
            m_flow.logits = end;
    }

    /// Whether a soft-max comes at most a few nodes later.
    [[nodiscard]] bool leadsOn(std::size_t index, int depth = 0) const
    {
        constexpr int kMaxDepth = 6;
        if (isReadByOneOf(index, kTrueSoftmaxes))
            return true;
        return depth < kMaxDepth
            && std::any_of(m_readers[index].begin(), m_readers[index].end(), [&](std::size_t reader) {
                   const std::string& op = node(reader).op;
                   return m_flow.isInside[reader] && readsOnly(reader, index)
                       && (isOneOf(op, kReductions) || isOneOf(op, kScalings) || isOneOf(op, kShapeChanges)
                           || isOneOf(op, kActivations))
                       && leadsOn(reader, depth + 1);
               });
    }

    /// An activation after the last layer counts where soft-max reads it.
    void takeActivation()
    {
        for (const std::size_t reader : m_readers[m_flow.logits]) {
            if (!m_flow.isInside[reader] || !isOneOf(node(reader).op, kActivations))
                continue;
            if (isReadByOneOf(reader, kSoftmaxes)) {
                m_flow.logits = reader;
            } else if (!isReadByOneOf(m_flow.logits, kSoftmaxes)) {
                m_flow.notes.push_back("\"" + node(reader).name + "\" (" + node(reader).op
                    + ") after the last layer was left out: a network gives one logit a class");
            }
            return;
        }
    }

    /// Nodes ascend in the order of the data, so one pass is enough: the nearest common ancestor, in the tree of dominators, of all
    /// that a node reads.
    Status findDominators()
    {
        std::uint64_t steps = 0;
        std::vector<std::size_t>& dominator = m_flow.dominator;
        dominator.assign(m_graph.nodes.size(), kNoNode);
        dominator[m_flow.source] = m_flow.source;
        for (std::size_t i = m_flow.source + 1; i < m_graph.nodes.size(); ++i) {
            if (!m_flow.isInside[i])
                continue;
            std::size_t common = kNoNode;
            for (const Input& input : node(i).inputs) {
                std::size_t other = input.node;
                if (!m_flow.isInside[other] || dominator[other] == kNoNode)
                    continue;
                for (; common != kNoNode && common != other; ++steps)
                    (common > other ? common : other) = dominator[common > other ? common : other];
                common = other;
            }
            dominator[i] = common;
            if (steps > kMaxSteps)
                return badInput(
                    "the graph is too large to be understood; name the layer list with --layers FILE.json",
                    m_where);
        }
        return success();
    }
};

} // namespace

Result<Flow> findFlow(const Graph& graph, const std::string& where)
{
    return Finder(graph, where).find();
}

std::string variableName(const Node& variable)
{
    const Attribute* shared = variable.attribute("shared_name");
    return variable.op == "VarHandleOp" && shared != nullptr && !shared->text.empty() ? shared->text
                                                                                      : variable.name;
}

std::string partitionedName(const std::string& part)
{
    constexpr std::string_view kPart = "/part_";
    const std::size_t end = part.rfind(kPart);
    const std::size_t digits = end == std::string::npos ? 0 : end + kPart.size();
    const bool isPart = digits > 0 && digits < part.size()
        && std::all_of(part.begin() + static_cast<std::ptrdiff_t>(digits), part.end(),
            [](char c) { return c >= '0' && c <= '9'; });
    return isPart ? part.substr(0, end) : std::string();
}

} // namespace palimpsest::tensorflow
