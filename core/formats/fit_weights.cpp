// SPDX-License-Identifier: Apache-2.0
#include "core/formats/fit_weights.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace palimpsest {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// As people count: a run of digits compares by its number.
bool comesBefore(std::string_view a, std::string_view b)
{
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const auto number = [](std::string_view& text) {
                text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
                const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
                const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
                text.remove_prefix(digits.size());
                return digits;
            };
            const std::string_view x = number(a);
            const std::string_view y = number(b);
            if (x.size() != y.size())
                return x.size() < y.size();
            if (x != y)
                return x < y;
            continue;
        }
        if (a.front() != b.front())
            return a.front() < b.front();
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    return a.size() < b.size();
}

bool hasName(const Network& network, std::string_view name)
{
    return std::any_of(network.tensors.begin(), network.tensors.end(),
        [&](const TensorSpec& spec) { return spec.name == name; });
}

/// Whether the order alone can say which tensor is which.
bool isPlain(const Network& network)
{
    return std::all_of(network.tensors.begin(), network.tensors.end(), [](const TensorSpec& spec) {
        return spec.role == TensorRole::Weight || spec.role == TensorRole::Bias;
    });
}

/// Renames the tensors of the file to the network's, in order. False, and nothing done, where the shapes do not agree.
bool renameInOrder(const Network& network, std::vector<Tensor>& tensors)
{
    if (!isPlain(network) || tensors.size() != network.tensors.size())
        return false;
    std::vector<Tensor*> wide; // of two and more axes
    std::vector<Tensor*> narrow;
    for (Tensor& tensor : tensors)
        (tensor.shape.size() > 1 ? wide : narrow).push_back(&tensor);
    const auto byName = [](const Tensor* a, const Tensor* b) { return comesBefore(a->name, b->name); };
    std::stable_sort(wide.begin(), wide.end(), byName);
    std::stable_sort(narrow.begin(), narrow.end(), byName);
    std::vector<std::pair<Tensor*, const TensorSpec*>> pairs;
    std::size_t wideCount = 0;
    std::size_t narrowCount = 0;
    for (const TensorSpec& spec : network.tensors) {
        const bool isWide = spec.shape.size() > 1;
        const std::vector<Tensor*>& side = isWide ? wide : narrow;
        std::size_t& count = isWide ? wideCount : narrowCount;
        if (count == side.size() || side[count]->shape != spec.shape)
            return false;
        pairs.emplace_back(side[count++], &spec);
    }
    for (const auto& [tensor, spec] : pairs)
        tensor->name = spec->name;
    return true;
}

void eraseState(Network& network)
{
    std::erase_if(network.tensors, [](const TensorSpec& spec) { return isState(spec.role); });
}

} // namespace

Result<NetworkImport> fitWeights(Network network, WeightsFile file, const std::string& where)
{
    std::vector<Tensor>& tensors = file.weights.tensors;
    NetworkImport result;
    result.format = std::move(file.format);
    for (const Tensor& tensor : tensors)
        result.tensors.push_back({ tensor.name, tensor.shape, tensor.name, tensor.shape, {} });
    std::set<std::string_view> names;
    for (const Tensor& tensor : tensors)
        if (!names.insert(tensor.name).second)
            return badInput("tensor \"" + tensor.name + "\" is there twice", where);
    const bool knowsNone = std::none_of(
        tensors.begin(), tensors.end(), [&](const Tensor& tensor) { return hasName(network, tensor.name); });
    if (knowsNone && renameInOrder(network, tensors)) {
        for (std::size_t i = 0; i < tensors.size(); ++i)
            result.tensors[i].target = tensors[i].name;
        result.notes.emplace_back(
            "No name in the file is one of the layer list's, so the tensors were taken in order; compare the "
            "accuracy with what the network had before");
    }
    PALIMPSEST_TRY(result.network.weights, checkWeights(network, std::move(file.weights), where));
    result.network.network = std::move(network);
    std::move(file.skipped.begin(), file.skipped.end(), std::back_inserter(result.tensors));
    return result;
}

Result<Weights> fitFisher(Network network, WeightsFile file, const std::string& where)
{
    eraseState(network);
    PALIMPSEST_TRY(NetworkImport fitted, fitWeights(network, std::move(file), where));
    return checkFisher(std::move(network), std::move(fitted.network.weights), where);
}

Result<Weights> checkFisher(Network network, Weights fisher, const std::string& where)
{
    eraseState(network);
    PALIMPSEST_TRY(Weights checked, checkWeights(network, std::move(fisher), where));
    for (const Tensor& tensor : checked.tensors)
        for (const float value : tensor.values)
            if (value < 0.0F)
                return badInput("tensor \"" + tensor.name
                        + "\": expected Fisher information of 0 and more, got " + std::to_string(value)
                        + "; name a file of Fisher information, not of weights",
                    where);
    return checked;
}

} // namespace palimpsest
