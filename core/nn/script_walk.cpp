// SPDX-License-Identifier: Apache-2.0
#include "core/nn/script_walk.h"

#include <algorithm>
#include <limits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <torch/csrc/jit/ir/constants.h>
#pragma GCC diagnostic pop

namespace palimpsest::nn {
namespace {

constexpr std::int64_t kSampleCount
    = std::numeric_limits<std::int64_t>::min(); ///< stands for the number of samples

} // namespace

Result<GraphValue> ScriptWalk::run(const torch::jit::Graph& graph)
{
    if (graph.inputs().size() != 2 || graph.outputs().size() != 1)
        return badInput("its forward() takes " + std::to_string(graph.inputs().size() - 1)
            + " values and gives " + std::to_string(graph.outputs().size())
            + "; expected the samples and the logits");
    Item self;
    self.constant = m_module._ivalue();
    m_items[graph.inputs()[0]] = std::move(self);
    Item samples;
    samples.activation = m_builder.input();
    m_items[graph.inputs()[1]] = std::move(samples);
    PALIMPSEST_CHECK(runBlock(*graph.block()));
    const auto output = m_items.find(graph.outputs()[0]);
    if (output == m_items.end() || !output->second.activation)
        return badInput("its forward() gives no tensor that its layers compute");
    return *output->second.activation;
}

Status ScriptWalk::runBlock(const torch::jit::Block& block)
{
    for (const Node* node : block.nodes())
        PALIMPSEST_CHECK(runNode(*node));
    return success();
}

Status ScriptWalk::runNode(const Node& node)
{
    if (node.kind() == c10::prim::If)
        return runIf(node);
    Output made = evaluate(node);
    if (!made)
        return badInput("\"" + std::string(node.kind().toDisplayString()) + "\": " + made.error().message);
    if (node.kind() == c10::prim::ListUnpack || node.kind() == c10::prim::TupleUnpack) {
        if (made->list.size() != node.outputs().size())
            return badInput("it takes a list apart that has not as many parts");
        for (std::size_t i = 0; i < node.outputs().size(); ++i)
            m_items[node.outputs()[i]] = std::move(made->list[i]);
    } else if (!node.outputs().empty()) {
        // Of two outputs, as of a maximum with its place, the second is no layer's.
        m_items[node.outputs()[0]] = std::move(*made);
    }
    return success();
}

Status ScriptWalk::runIf(const Node& node)
{
    const Item& condition = input(node, 0);
    if (!condition.constant.isBool())
        return badInput(
            "it decides by values of the samples which way to go, which cannot be described as layers");
    const torch::jit::Block* taken = node.blocks()[condition.constant.toBool() ? 0 : 1];
    PALIMPSEST_CHECK(runBlock(*taken));
    for (std::size_t i = 0; i < node.outputs().size(); ++i)
        m_items[node.outputs()[i]] = m_items[taken->outputs()[i]];
    return success();
}

const ScriptWalk::Item& ScriptWalk::input(const Node& node, std::size_t index) const
{
    static const Item nothing;
    const auto found = index < node.inputs().size() ? m_items.find(node.inputs()[index]) : m_items.end();
    return found == m_items.end() ? nothing : found->second;
}

Result<GraphValue> ScriptWalk::activation(const Node& node, std::size_t index) const
{
    const Item& item = input(node, index);
    if (!item.activation)
        return badInput("its argument " + std::to_string(index) + " is not computed from the samples");
    return *item.activation;
}

Result<GraphTensor> ScriptWalk::tensor(const Node& node, std::size_t index) const
{
    const Item& item = input(node, index);
    if (!item.constant.isTensor())
        return badInput("its argument " + std::to_string(index) + " is no tensor of the file");
    const at::Tensor values = item.constant.toTensor().detach().to(at::kCPU, at::kFloat).contiguous();
    const auto* first = values.const_data_ptr<float>();
    const Shape shape = values.sizes().vec();
    return GraphTensor { item.path, shape, shape, { first, first + values.numel() }, {} };
}

Result<std::optional<GraphTensor>> ScriptWalk::optionalTensor(const Node& node, std::size_t index) const
{
    if (input(node, index).constant.isNone())
        return std::optional<GraphTensor>();
    PALIMPSEST_TRY(GraphTensor found, tensor(node, index));
    return std::optional(std::move(found));
}

std::optional<std::int64_t> ScriptWalk::integer(const Node& node, std::size_t index) const
{
    const c10::IValue& value = input(node, index).constant;
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    return value.isInt() ? std::optional(value.toInt()) : std::nullopt;
}

double ScriptWalk::number(const Node& node, std::size_t index, double fallback) const
{
    const c10::IValue& value = input(node, index).constant;
    return value.isDouble() ? value.toDouble()
        : value.isInt()     ? static_cast<double>(value.toInt())
                            : fallback;
}

/// A list of whole numbers, or one; empty for anything else.
Shape ScriptWalk::integers(const Node& node, std::size_t index) const
{
    const Item& item = input(node, index);
    if (item.constant.isInt())
        return { item.constant.toInt() };
    if (item.constant.isIntList())
        return item.constant.toIntVector();
    Shape numbers;
    for (const Item& one : item.list) {
        if (!one.constant.isInt())
            return {};
        numbers.push_back(one.constant.toInt());
    }
    return numbers;
}

/// An operator that writes into its argument changes everything that looks at the same numbers.
void ScriptWalk::replaceAliases(std::size_t source, std::size_t by)
{
    for (auto& [value, item] : m_items)
        if (item.activation && item.activation->source == source)
            item.activation->source = by;
}

ScriptWalk::Output ScriptWalk::evaluate(const Node& node)
{
    Item made;
    switch (node.kind()) {
    case c10::prim::Constant: {
        const std::optional<c10::IValue> value = torch::jit::toIValue(node.output());
        if (value)
            made.constant = *value;
        return made;
    }
    case c10::prim::GetAttr: {
        const Item& owner = input(node, 0);
        if (!owner.constant.isObject())
            return badInput("it takes a part of something that is no module");
        const std::string& name = node.s(c10::attr::name);
        made.constant = owner.constant.toObjectRef().getAttr(name);
        made.path = owner.path.empty() ? name : owner.path + "." + name;
        return made;
    }
    case c10::prim::ListConstruct:
    case c10::prim::TupleConstruct:
        made.isList = true;
        for (std::size_t i = 0; i < node.inputs().size(); ++i)
            made.list.push_back(input(node, i));
        return made;
    case c10::prim::NumToTensor:
    case c10::prim::ListUnpack:
    case c10::prim::TupleUnpack:
        return input(node, 0);
    case c10::prim::TupleIndex: {
        const std::vector<Item>& parts = input(node, 0).list;
        const std::int64_t place = integer(node, 1).value_or(-1);
        if (place < 0 || place >= static_cast<std::int64_t>(parts.size()))
            return badInput("it takes a part of a tuple that is not there");
        return parts[static_cast<std::size_t>(place)];
    }
    case c10::prim::RaiseException:
        return badInput("its forward() would end in an error for samples of this size");
    default:
        break;
    }
    if (std::optional<Output> computed = compute(node))
        return std::move(*computed);
    return callLayer(node);
}

/// Numbers, shapes and truth values; none where the operator is another one.
std::optional<ScriptWalk::Output> ScriptWalk::compute(const Node& node)
{
    const std::string op = node.kind().toUnqualString();
    const auto whole = [](std::int64_t value) {
        Item made;
        made.constant = value;
        return Output(std::move(made));
    };
    const auto truth = [](bool value) {
        Item made;
        made.constant = value;
        return Output(std::move(made));
    };
    if (op == "Int" || op == "IntImplicit" || op == "ScalarImplicit")
        return Output(input(node, 0));
    if (op == "format" || op == "warn")
        return Output(Item());
    if (input(node, 0).constant.isTensor()) { // a tensor of the file, seen in another way
        Item made = input(node, 0);
        const bool isMatrix = made.constant.toTensor().dim() == 2;
        if ((op == "t" || op == "numpy_T" || op == "transpose") && isMatrix) {
            made.constant = made.constant.toTensor().t();
            made.isTransposed = !made.isTransposed;
            return Output(std::move(made));
        }
        if (op == "detach" || op == "contiguous" || op == "clone" || op == "alias")
            return Output(std::move(made));
    }
    if (input(node, 0).activation && (op == "size" || op == "dim")) {
        const Shape shape = m_builder.shapeOf(*input(node, 0).activation);
        const auto rank = static_cast<std::int64_t>(shape.size()) + 1;
        if (op == "dim")
            return whole(rank);
        const auto sizeOf = [&](std::int64_t axis) {
            return axis == 0 ? kSampleCount : shape[static_cast<std::size_t>(axis - 1)];
        };
        if (const std::optional<std::int64_t> axis = integer(node, 1)) {
            const std::int64_t counted = *axis < 0 ? *axis + rank : *axis;
            if (counted < 0 || counted >= rank)
                return Output(badInput("it asks for an axis that is not there"));
            return whole(sizeOf(counted));
        }
        Item list;
        list.isList = true;
        for (std::int64_t axis = 0; axis < rank; ++axis) {
            Item size;
            size.constant = sizeOf(axis);
            list.list.push_back(std::move(size));
        }
        return Output(std::move(list));
    }
    if (op == "len" && input(node, 0).isList)
        return whole(static_cast<std::int64_t>(input(node, 0).list.size()));
    if (op == "__getitem__" && input(node, 0).isList) {
        const auto size = static_cast<std::int64_t>(input(node, 0).list.size());
        const std::int64_t place = integer(node, 1).value_or(size);
        const std::int64_t counted = place < 0 ? place + size : place;
        if (counted < 0 || counted >= size)
            return Output(badInput("it takes a part of a list that is not there"));
        return Output(input(node, 0).list[static_cast<std::size_t>(counted)]);
    }
    if (op == "__is__" || op == "__isnot__") {
        const bool areBothNone = input(node, 0).constant.isNone() && !input(node, 0).activation
            && !input(node, 0).isList && input(node, 1).constant.isNone();
        return truth(areBothNone == (op == "__is__"));
    }
    if (op == "__contains__") {
        const Shape list = integers(node, 0);
        if (const std::optional<std::int64_t> wanted = integer(node, 1); wanted && !list.empty())
            return truth(std::find(list.begin(), list.end(), *wanted) != list.end());
    }
    if (op == "__not__" && input(node, 0).constant.isBool())
        return truth(!input(node, 0).constant.toBool());
    const auto isNumber = [](const Item& item) { return item.constant.isDouble() || item.constant.isInt(); };
    const bool areNumbers = isNumber(input(node, 0)) && isNumber(input(node, 1));
    if (areNumbers && (input(node, 0).constant.isDouble() || input(node, 1).constant.isDouble())) {
        const double left = number(node, 0, 0.0);
        const double right = number(node, 1, 0.0);
        if (op == "lt" || op == "gt")
            return truth(op == "lt" ? left < right : left > right);
        if (op == "le" || op == "ge")
            return truth(op == "le" ? left <= right : left >= right);
        if (op == "eq" || op == "ne")
            return truth((left == right) == (op == "eq"));
    }
    const std::optional<std::int64_t> a = integer(node, 0);
    const std::optional<std::int64_t> b = integer(node, 1);
    if (!a || !b || input(node, 0).activation || input(node, 1).activation)
        return std::nullopt;
    constexpr std::int64_t kLargest = std::int64_t { 1 } << 31;
    const bool isSmall = std::max(*a, *b) <= kLargest && std::min(*a, *b) >= -kLargest;
    if (op == "eq" || op == "ne")
        return truth((*a == *b) == (op == "eq"));
    if (op == "lt" || op == "gt" || op == "le" || op == "ge")
        return truth(op == "lt" ? *a < *b : op == "gt" ? *a > *b : op == "le" ? *a <= *b : *a >= *b);
    if (op == "mul" && (*a == 1 || *b == 1))
        return whole(*a == 1 ? *b : *a);
    if (!isSmall)
        return Output(
            badInput("it computes with the number of samples, which must stay apart from each other"));
    if (op == "mul")
        return whole(*a * *b);
    if (op == "add" || op == "sub")
        return whole(op == "add" ? *a + *b : *a - *b);
    if (op == "floordiv" && *a >= 0 && *b > 0)
        return whole(*a / *b);
    return std::nullopt;
}

} // namespace palimpsest::nn
