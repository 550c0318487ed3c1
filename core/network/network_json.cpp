// SPDX-License-Identifier: Apache-2.0
#include "core/network/layer_keys.h"
#include "core/network/nearest_name.h"
#include "core/network/network.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace palimpsest {

namespace {

using namespace std::string_view_literals;

constexpr auto kFormat = "palimpsest-network"sv;
constexpr int kVersion = 1;
constexpr std::array kNetworkKeys { "format"sv, "version"sv, "name"sv, "inputShape"sv, "layout"sv,
    "layers"sv };
constexpr std::array kLayouts { "native"sv, "tensorflow"sv };

std::string listOf(std::span<const std::string_view> names)
{
    std::string text;
    for (const std::string_view name : names)
        text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

/// A value as it stands in the file, short enough for a message.
std::string shortText(const Json& value)
{
    const std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

/// Typed access to one JSON object. Errors name the file and the path inside it ("layers[2].kernel").
class ObjectReader {
public:
    ObjectReader(const Json& object, std::string path, const std::string& where)
        : m_object(object)
        , m_path(std::move(path))
        , m_where(where)
    {
    }

    [[nodiscard]] Status checkKeys(std::span<const std::string_view> known) const
    {
        if (!m_object.is_object())
            return badInput(
                m_path + (m_path.empty() ? "" : ": ") + "expected an object, got " + shortText(m_object),
                m_where);
        for (const auto& item : m_object.items())
            if (std::find(known.begin(), known.end(), item.key()) == known.end())
                return problem(item.key(),
                    "unknown key" + didYouMean(item.key(), known) + "; known here: " + listOf(known));
        return success();
    }

    [[nodiscard]] bool has(const char* key) const { return m_object.contains(key); }
    [[nodiscard]] const Json& at(const char* key) const { return m_object.at(key); }

    [[nodiscard]] Status need(const char* key) const
    {
        return has(key) ? success() : Status(problem(key, "is missing"));
    }

    [[nodiscard]] Status read(const char* key, std::string& value) const
    {
        if (!has(key))
            return success();
        if (!at(key).is_string())
            return expected(key, "a string");
        value = at(key).get<std::string>();
        return success();
    }
    [[nodiscard]] Status read(const char* key, bool& value) const
    {
        if (!has(key))
            return success();
        if (!at(key).is_boolean())
            return expected(key, "true or false");
        value = at(key).get<bool>();
        return success();
    }
    [[nodiscard]] Status read(const char* key, double& value) const
    {
        if (!has(key))
            return success();
        if (!at(key).is_number())
            return expected(key, "a number");
        value = at(key).get<double>();
        return success();
    }
    [[nodiscard]] Status read(const char* key, std::int64_t& value) const
    {
        if (!has(key))
            return success();
        if (!isInteger(at(key)))
            return expected(key, "a whole number");
        value = at(key).get<std::int64_t>();
        return success();
    }
    /// A list of whole numbers; where `orNumber`, one number alone is a list of one.
    [[nodiscard]] Status read(const char* key, Shape& value, bool orNumber) const
    {
        if (!has(key))
            return success();
        if (orNumber && isInteger(at(key))) {
            value = { at(key).get<std::int64_t>() };
            return success();
        }
        const Json& list = at(key);
        if (!list.is_array() || list.empty() || list.size() > 8
            || !std::all_of(list.begin(), list.end(), isInteger))
            return expected(key, orNumber ? "a whole number or a list of them" : "a list of whole numbers");
        value = list.get<Shape>();
        return success();
    }

    [[nodiscard]] Status read(const char* key, std::vector<std::string>& value) const
    {
        if (!has(key))
            return success();
        const Json& list = at(key);
        if (!list.is_array()
            || !std::all_of(list.begin(), list.end(), [](const Json& item) { return item.is_string(); }))
            return expected(key, "a list of texts");
        value = list.get<std::vector<std::string>>();
        return success();
    }

    [[nodiscard]] Error problem(const std::string& key, const std::string& message) const
    {
        return badInput(m_path + (m_path.empty() ? "" : ".") + key + ": " + message, m_where);
    }
    [[nodiscard]] Error expected(const char* key, const std::string& what) const
    {
        return problem(key, "expected " + what + ", got " + shortText(at(key)));
    }

private:
    const Json& m_object;
    std::string m_path;
    const std::string& m_where;

    /// Within int64: nlohmann keeps larger ones as unsigned.
    static bool isInteger(const Json& value)
    {
        return value.is_number_integer()
            && !(value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t { INT64_MAX });
    }
};

Result<Layer> parseLayer(const Json& json, const std::string& path, const std::string& where)
{
    const ObjectReader reader(json, path, where);
    if (!json.is_object())
        return badInput(path + ": expected an object {\"type\": ...}, got " + shortText(json), where);
    PALIMPSEST_CHECK(reader.need("type"));
    std::string type;
    PALIMPSEST_CHECK(reader.read("type", type));
    const std::optional<LayerKind> kind = layerKindFromName(type);
    if (!kind)
        return reader.problem("type",
            "unknown layer type \"" + type + "\"" + didYouMean(type, layerTypeNames())
                + "; known: " + listOf(layerTypeNames()));

    Layer layer;
    layer.kind = *kind;
    const std::span<const std::string_view> keys = layerKeys(*kind);
    PALIMPSEST_CHECK(reader.checkKeys(keys));
    for (const char* needed : { "outputs", "kernel", "from", "parts", "shape", "order" })
        if (std::find(keys.begin(), keys.end(), needed) != keys.end())
            PALIMPSEST_CHECK(reader.need(needed));
    if (*kind == LayerKind::Pad)
        PALIMPSEST_CHECK(reader.need("padding"));
    PALIMPSEST_CHECK(reader.read("name", layer.name));
    PALIMPSEST_CHECK(reader.read("input", layer.input));
    PALIMPSEST_CHECK(reader.read("outputs", layer.outputs));
    PALIMPSEST_CHECK(reader.read("kernel", layer.kernel, true));
    PALIMPSEST_CHECK(reader.read("stride", layer.stride, true));
    PALIMPSEST_CHECK(reader.read("padding", layer.padding, true));
    PALIMPSEST_CHECK(reader.read("dilation", layer.dilation, true));
    PALIMPSEST_CHECK(reader.read("groups", layer.groups));
    PALIMPSEST_CHECK(reader.read("countPadding", layer.countPadding));
    PALIMPSEST_CHECK(reader.read("bias", layer.bias));
    PALIMPSEST_CHECK(reader.read("slope", layer.slope));
    PALIMPSEST_CHECK(reader.read("probability", layer.probability));
    PALIMPSEST_CHECK(reader.read("epsilon", layer.epsilon));
    PALIMPSEST_CHECK(reader.read("momentum", layer.momentum));
    PALIMPSEST_CHECK(reader.read("minimum", layer.minimum));
    PALIMPSEST_CHECK(reader.read("maximum", layer.maximum));
    PALIMPSEST_CHECK(reader.read("value", layer.value));
    PALIMPSEST_CHECK(reader.read("shape", layer.shape, false));
    PALIMPSEST_CHECK(reader.read("order", layer.order, false));
    PALIMPSEST_CHECK(reader.read("from", layer.from));
    PALIMPSEST_CHECK(reader.read("parts", layer.parts));
    PALIMPSEST_CHECK(reader.read("weightName", layer.weightName));
    PALIMPSEST_CHECK(reader.read("biasName", layer.biasName));
    return layer;
}

Json layerToJson(const Layer& layer)
{
    const std::span<const std::string_view> keys = layerKeys(layer.kind);
    Json json = Json::object();
    const auto put = [&](std::string_view key, const auto& value, bool isDefault) {
        if (!isDefault && std::find(keys.begin(), keys.end(), key) != keys.end())
            json[std::string(key)] = value;
    };
    const Layer defaults;
    put("type", toString(layer.kind), false);
    put("name", layer.name, layer.name.empty());
    put("input", layer.input, layer.input.empty());
    put("outputs", layer.outputs, false);
    put("kernel", layer.kernel, false);
    put("stride", layer.stride, layer.stride.empty());
    put("padding", layer.padding, layer.padding.empty());
    put("dilation", layer.dilation, layer.dilation.empty());
    put("groups", layer.groups, layer.groups == defaults.groups);
    put("countPadding", layer.countPadding, layer.countPadding == defaults.countPadding);
    put("bias", layer.bias, layer.bias == defaults.bias);
    put("slope", layer.slope, false);
    put("probability", layer.probability, false);
    put("epsilon", layer.epsilon, false);
    put("momentum", layer.momentum, false);
    put("minimum", layer.minimum, layer.minimum == defaults.minimum);
    put("maximum", layer.maximum, layer.maximum == defaults.maximum);
    put("value", layer.value, layer.value == defaults.value);
    put("shape", layer.shape, false);
    put("order", layer.order, false);
    put("from", layer.from, false);
    put("parts", layer.parts, false);
    put("weightName", layer.weightName, layer.weightName.empty());
    put("biasName", layer.biasName, layer.biasName.empty());
    return json;
}

} // namespace

Result<Network> parseNetwork(const Json& json, const std::string& where)
{
    const ObjectReader reader(json, "", where);
    if (!json.is_object())
        return badInput(
            "expected an object with \"format\": \"palimpsest-network\", got " + shortText(json), where);
    PALIMPSEST_CHECK(reader.need("format"));
    if (reader.at("format") != kFormat)
        return reader.expected("format", "\"palimpsest-network\"");
    PALIMPSEST_CHECK(reader.need("version")); // before the other keys: a newer version may have new ones
    if (reader.at("version") != kVersion)
        return reader.expected("version", std::to_string(kVersion) + ", the version this program reads");
    PALIMPSEST_CHECK(reader.checkKeys(kNetworkKeys));
    PALIMPSEST_CHECK(reader.need("inputShape"));
    PALIMPSEST_CHECK(reader.need("layers"));

    Network network;
    PALIMPSEST_CHECK(reader.read("name", network.name));
    PALIMPSEST_CHECK(reader.read("inputShape", network.inputShape, false));
    std::string layout(kLayouts[0]);
    PALIMPSEST_CHECK(reader.read("layout", layout));
    const auto known = std::find(kLayouts.begin(), kLayouts.end(), layout);
    if (known == kLayouts.end())
        return reader.expected("layout", "\"native\" or \"tensorflow\"");
    network.layout = static_cast<TensorLayout>(known - kLayouts.begin());

    const Json& layers = reader.at("layers");
    if (!layers.is_array())
        return reader.expected("layers", "a list of layers");
    for (std::size_t i = 0; i < layers.size(); ++i) {
        PALIMPSEST_TRY(Layer layer, parseLayer(layers[i], "layers[" + std::to_string(i) + "]", where));
        network.layers.push_back(std::move(layer));
    }
    PALIMPSEST_CHECK(completeNetwork(network, where));
    return network;
}

Result<Network> readNetwork(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(const Json json, readJsonFile(path));
    return parseNetwork(json, path.string());
}

Json toJson(const Network& network)
{
    Json json = Json::object();
    json["format"] = kFormat;
    json["version"] = kVersion;
    json["name"] = network.name;
    json["inputShape"] = network.inputShape;
    json["layout"] = kLayouts.at(static_cast<std::size_t>(network.layout));
    Json layers = Json::array();
    for (const Layer& layer : network.layers)
        layers.push_back(layerToJson(layer));
    json["layers"] = std::move(layers);
    return json;
}

} // namespace palimpsest
