// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_function.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace palimpsest::tensorflow {

namespace {

constexpr std::size_t kMaxNodes = 200; ///< of one function
constexpr double kTolerance = 1e-6; ///< constants in the graph are float32
constexpr double kFar = 1e4; ///< where a clipped function has reached its bound
constexpr double kKept = 1.0 - 0x1p-24; ///< a random number that drops nothing
constexpr std::array kPoints { -9.5, -6.0, -3.3, -1.7, -1.0, -0.6, -0.25, -0.01, 0.0, 0.02, 0.1, 0.5, 0.9,
    1.0, 1.4, 2.5, 3.7, 5.0, 5.9, 7.0, 9.5 };

using Binary = double (*)(double, double);
using Unary = double (*)(double);

const std::map<std::string_view, Binary>& binaries()
{
    static const std::map<std::string_view, Binary> table {
        { "Add", [](double a, double b) { return a + b; } },
        { "AddV2", [](double a, double b) { return a + b; } },
        { "Sub", [](double a, double b) { return a - b; } },
        { "Mul", [](double a, double b) { return a * b; } },
        { "Div", [](double a, double b) { return a / b; } },
        { "RealDiv", [](double a, double b) { return a / b; } },
        { "Maximum", [](double a, double b) { return std::max(a, b); } },
        { "Minimum", [](double a, double b) { return std::min(a, b); } },
        { "Pow", [](double a, double b) { return std::pow(a, b); } },
        { "Greater", [](double a, double b) { return a > b ? 1.0 : 0.0; } },
        { "GreaterEqual", [](double a, double b) { return a >= b ? 1.0 : 0.0; } },
        { "Less", [](double a, double b) { return a < b ? 1.0 : 0.0; } },
        { "LessEqual", [](double a, double b) { return a <= b ? 1.0 : 0.0; } },
    };
    return table;
}

const std::map<std::string_view, Unary>& unaries()
{
    static const std::map<std::string_view, Unary> table {
        { "Identity", [](double x) { return x; } },
        { "StopGradient", [](double x) { return x; } },
        { "CheckNumerics", [](double x) { return x; } },
        { "Cast", [](double x) { return x; } },
        { "Switch", [](double x) { return x; } },
        { "PlaceholderWithDefault", [](double x) { return x; } },
        { "Neg", [](double x) { return -x; } },
        { "Abs", [](double x) { return std::abs(x); } },
        { "Exp", [](double x) { return std::exp(x); } },
        { "Log", [](double x) { return std::log(x); } },
        { "Square", [](double x) { return x * x; } },
        { "Sqrt", [](double x) { return std::sqrt(x); } },
        { "Rsqrt", [](double x) { return 1.0 / std::sqrt(x); } },
        { "Reciprocal", [](double x) { return 1.0 / x; } },
        { "Inv", [](double x) { return 1.0 / x; } },
        { "Floor", [](double x) { return std::floor(x); } },
        { "LogicalNot", [](double x) { return x == 0.0 ? 1.0 : 0.0; } },
        { "Relu", [](double x) { return std::max(x, 0.0); } },
        { "Relu6", [](double x) { return std::clamp(x, 0.0, 6.0); } },
        { "Sigmoid", [](double x) { return 1.0 / (1.0 + std::exp(-x)); } },
        { "Tanh", [](double x) { return std::tanh(x); } },
        { "OnesLike", [](double) { return 1.0; } },
        { "ZerosLike", [](double) { return 0.0; } },
    };
    return table;
}

double negativeSlope(const Node& node)
{
    const Attribute* alpha = node.attribute("alpha");
    return alpha != nullptr && alpha->number ? *alpha->number : 0.2; // the operator's default
}

/// One constant number: a scalar, or a tensor whose values are all equal.
std::optional<double> constantOf(const Node& node)
{
    const Attribute* value = node.attribute("value");
    if (value == nullptr || !value->values || value->values->empty())
        return std::nullopt;
    const std::vector<double>& values = *value->values;
    const bool areEqual
        = std::all_of(values.begin(), values.end(), [&](double v) { return v == values.front(); });
    return areEqual ? std::optional(values.front()) : std::nullopt;
}

bool isRandom(const Node& node)
{
    return node.op == "RandomUniform";
}

/// Inputs whose values a node's value depends on.
std::vector<std::size_t> valueInputs(const Graph& graph, std::size_t index)
{
    const Node& node = graph.nodes[index];
    std::vector<std::size_t> inputs;
    if (isRandom(node) || node.op == "OnesLike" || node.op == "ZerosLike" || node.op == "Const"
        || node.op == "Placeholder")
        return inputs;
    if (node.op == "Fill")
        return node.inputs.size() > 1 ? std::vector { node.inputs[1].node } : inputs;
    if (node.op == "Switch")
        return node.inputs.empty() ? inputs : std::vector { node.inputs[0].node };
    if (node.op == "Merge")
        return node.inputs.empty() ? inputs : std::vector { node.inputs[falseBranch(graph, index)].node };
    for (const Input& input : node.inputs)
        inputs.push_back(input.node);
    return inputs;
}

/// The nodes between two nodes, and their values for one number put in.
class Formula {
public:
    Formula(const Graph& graph, std::size_t from, std::size_t to)
        : m_graph(graph)
        , m_from(from)
        , m_to(to)
    {
        std::vector<std::size_t> open { to };
        while (!open.empty() && m_nodes.size() <= kMaxNodes) {
            const std::size_t node = open.back();
            open.pop_back();
            if (node == from || !m_nodes.insert(node).second)
                continue;
            m_isRandom = m_isRandom || isRandom(graph.nodes[node]);
            for (const std::size_t input : valueInputs(graph, node))
                open.push_back(input);
        }
    }

    [[nodiscard]] bool isSmall() const { return m_nodes.size() <= kMaxNodes; }
    [[nodiscard]] bool isRandomised() const { return m_isRandom; }

    /// @param parameter  value of scalar placeholders
    [[nodiscard]] std::optional<double> at(double x, double parameter) const
    {
        std::map<std::size_t, double> values { { m_from, x } };
        for (const std::size_t node : m_nodes) { // ascending: what a node reads comes before it
            const std::optional<double> value = evaluate(node, values, parameter);
            if (!value)
                return std::nullopt;
            values[node] = *value;
        }
        return values.at(m_to);
    }

private:
    const Graph& m_graph;
    std::size_t m_from, m_to;
    std::set<std::size_t> m_nodes;
    bool m_isRandom = false;

    [[nodiscard]] std::optional<double> evaluate(
        std::size_t index, const std::map<std::size_t, double>& values, double parameter) const
    {
        const Node& node = m_graph.nodes[index];
        if (node.op == "Const")
            return constantOf(node);
        if (node.op == "Placeholder")
            return parameter;
        if (isRandom(node))
            return kKept;
        if (node.op == "OnesLike" || node.op == "ZerosLike")
            return unaries().at(node.op)(0.0);
        std::vector<double> inputs;
        for (const std::size_t input : valueInputs(m_graph, index))
            inputs.push_back(values.at(input));
        if ((node.op == "Fill" || node.op == "Merge") && inputs.size() == 1)
            return inputs[0];
        if (node.op == "LeakyRelu" && inputs.size() == 1)
            return inputs[0] >= 0.0 ? inputs[0] : negativeSlope(node) * inputs[0];
        if ((node.op == "Select" || node.op == "SelectV2") && inputs.size() == 3)
            return inputs[0] != 0.0 ? inputs[1] : inputs[2];
        if (const auto found = unaries().find(node.op); found != unaries().end() && inputs.size() == 1)
            return found->second(inputs[0]);
        if (const auto found = binaries().find(node.op); found != binaries().end() && inputs.size() == 2)
            return found->second(inputs[0], inputs[1]);
        return std::nullopt;
    }
};

/// A function by its values, for one value of the scalar placeholders.
class Recogniser {
public:
    Recogniser(const Formula& formula, double parameter)
        : m_formula(formula)
        , m_parameter(parameter)
    {
        m_isDefined = true;
        for (const double point : kPoints) {
            const std::optional<double> value = formula.at(point, parameter);
            m_isDefined = m_isDefined && value && std::isfinite(*value);
            m_values.push_back(value.value_or(0.0));
        }
    }

    [[nodiscard]] std::optional<UnaryFunction> run() const
    {
        if (!m_isDefined)
            return std::nullopt;
        using Kind = UnaryFunction::Kind;
        UnaryFunction function;
        const double zero = valueAt(0.0);
        const double scale = valueAt(1.0) - zero;
        const bool isAffine = is([&](double x) { return scale * x + zero; });
        if (m_formula.isRandomised()) {
            if (!isAffine || std::abs(zero) > kTolerance || scale < 1.0 - kTolerance)
                return std::nullopt;
            function.kind = Kind::Dropout;
            if (scale > 1.0 + kTolerance)
                function.probability = 1.0 - 1.0 / scale;
            return function;
        }
        if (is([](double x) { return x; }))
            return function;
        function.slope = -valueAt(-1.0);
        function.kind = Kind::LeakyRelu;
        if (std::abs(function.slope) < kTolerance)
            function.slope = 0.0;
        if (is([&](double x) { return x >= 0.0 ? x : function.slope * x; }))
            return function;
        function.kind = Kind::Sigmoid;
        if (is([](double x) { return 1.0 / (1.0 + std::exp(-x)); }))
            return function;
        function.kind = Kind::Tanh;
        if (is([](double x) { return std::tanh(x); }))
            return function;
        if (isAffine) {
            function.kind = Kind::Affine;
            function.scale = scale;
            function.offset = zero;
            return function;
        }
        return clip();
    }

private:
    const Formula& m_formula;
    double m_parameter;
    std::vector<double> m_values; ///< at kPoints
    bool m_isDefined = false;

    [[nodiscard]] double valueAt(double point) const
    {
        return m_values[static_cast<std::size_t>(
            std::find(kPoints.begin(), kPoints.end(), point) - kPoints.begin())];
    }
    template <class F> [[nodiscard]] bool is(const F& wanted) const
    {
        for (std::size_t i = 0; i < kPoints.size(); ++i) {
            const double value = wanted(kPoints.at(i));
            if (!(std::abs(m_values[i] - value) <= kTolerance * (1.0 + std::abs(value))))
                return false;
        }
        return true;
    }
    [[nodiscard]] std::optional<UnaryFunction> clip() const
    {
        const std::optional<double> low = m_formula.at(-kFar, m_parameter);
        const std::optional<double> high = m_formula.at(kFar, m_parameter);
        if (!low || !high || !(*low < *high) || !is([&](double x) { return std::clamp(x, *low, *high); }))
            return std::nullopt;
        UnaryFunction function;
        function.kind = UnaryFunction::Kind::Clip;
        if (*low > -kFar)
            function.minimum = *low;
        if (*high < kFar)
            function.maximum = *high;
        return function;
    }
};

} // namespace

std::optional<UnaryFunction> recogniseFunction(const Graph& graph, std::size_t from, std::size_t to)
{
    const Formula formula(graph, from, to);
    if (!formula.isSmall())
        return std::nullopt;
    for (const double parameter : { 1.0, 0.0 })
        if (const auto function = Recogniser(formula, parameter).run())
            return function;
    return std::nullopt;
}

bool isElementwise(std::string_view op, std::size_t inputCount)
{
    return (inputCount == 1 && unaries().contains(op)) || (inputCount == 2 && binaries().contains(op));
}

double elementwise(std::string_view op, std::span<const double> inputs)
{
    return inputs.size() == 1 ? unaries().at(op)(inputs[0]) : binaries().at(op)(inputs[0], inputs[1]);
}

std::size_t falseBranch(const Graph& graph, std::size_t merge)
{
    constexpr std::size_t kMaxSteps = 200;
    const std::vector<Input>& branches = graph.nodes[merge].inputs;
    for (std::size_t branch = 0; branch < branches.size(); ++branch) {
        std::vector<Input> open { branches[branch] };
        std::set<std::size_t> seen;
        while (!open.empty() && seen.size() < kMaxSteps) {
            const Input input = open.back();
            open.pop_back();
            const Node& node = graph.nodes[input.node];
            if (node.op == "Switch") {
                if (input.port == 0)
                    return branch;
                break; // the whole branch belongs to the other side
            }
            if (seen.insert(input.node).second)
                open.insert(open.end(), node.inputs.begin(), node.inputs.end());
        }
    }
    return 0;
}

} // namespace palimpsest::tensorflow
