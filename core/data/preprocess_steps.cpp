// SPDX-License-Identifier: Apache-2.0
#include "core/data/preprocess.h"
#include "core/data/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace palimpsest {

namespace {

struct StepKind {
    std::string_view name;
    bool takesDivisor;
    bool isFitted;
};

constexpr std::array<StepKind, 5> kKinds { { { "scale", true, false }, { "invert", true, false },
    { "l2", false, false }, { "column-mean", false, false }, { "standardise", false, true } } };

const StepKind* findKind(std::string_view name)
{
    const auto kind = std::find_if(
        kKinds.begin(), kKinds.end(), [&](const StepKind& known) { return known.name == name; });
    return kind == kKinds.end() ? nullptr : &*kind;
}

std::string knownSteps()
{
    std::string known;
    for (const StepKind& kind : kKinds)
        known += (known.empty() ? "" : ", ") + std::string(kind.name) + (kind.takesDivisor ? "=NUMBER" : "");
    return known;
}

bool isDivisor(double value)
{
    const auto narrow = static_cast<float>(value);
    return std::isfinite(narrow) && narrow > 0.0F;
}

Result<PreprocessStep> parseStep(std::string_view text, const std::string& where)
{
    const std::size_t equals = text.find('=');
    PreprocessStep step;
    step.name = std::string(trim(text.substr(0, equals)));
    const StepKind* kind = findKind(step.name);
    if (kind == nullptr)
        return badInput("unknown preprocessing step \"" + step.name + "\"; known are " + knownSteps(), where);
    const bool hasArgument = equals != std::string_view::npos;
    if (!kind->takesDivisor) {
        if (hasArgument)
            return badInput("preprocessing step \"" + step.name + "\" takes no argument", where);
        return step;
    }
    const std::optional<double> divisor = hasArgument ? parseNumber(text.substr(equals + 1)) : std::nullopt;
    if (!divisor || !isDivisor(*divisor))
        return badInput("preprocessing step \"" + step.name + "\" needs a number above 0, as in " + step.name
                + "=255, got \"" + std::string(trim(text)) + "\"",
            where);
    step.argument = *divisor;
    return step;
}

Result<std::vector<float>> floatsFromJson(const Json& step, const std::string& key, const std::string& where)
{
    const auto list = step.find(key);
    if (list == step.end() || !list->is_array())
        return badInput("a list of numbers is needed as \"" + key + "\"", where);
    std::vector<float> values;
    for (const Json& item : *list) {
        const float value = item.is_number() ? static_cast<float>(item.get<double>()) : NAN;
        if (!std::isfinite(value))
            return badInput("\"" + key + "\" must hold finite numbers only", where);
        values.push_back(value);
    }
    return values;
}

Result<PreprocessStep> stepFromJson(const Json& json, const std::string& where)
{
    const auto name = json.is_object() ? json.find("name") : json.end();
    if (!json.is_object() || name == json.end() || !name->is_string())
        return badInput("a preprocessing step must be an object with a \"name\"", where);
    PreprocessStep step;
    step.name = name->get<std::string>();
    const StepKind* kind = findKind(step.name);
    if (kind == nullptr)
        return badInput("unknown preprocessing step \"" + step.name + "\"; known are " + knownSteps(), where);
    for (const auto& [key, value] : json.items()) {
        const bool isKnown = key == "name" || (kind->takesDivisor && key == "argument")
            || (kind->isFitted && (key == "mean" || key == "deviation"));
        if (!isKnown)
            return badInput("preprocessing step \"" + step.name + "\" has no \"" + key + "\"", where);
    }
    if (kind->takesDivisor) {
        const auto argument = json.find("argument");
        if (argument == json.end() || !argument->is_number() || !isDivisor(argument->get<double>()))
            return badInput(
                "preprocessing step \"" + step.name + "\" needs a number above 0 as \"argument\"", where);
        step.argument = argument->get<double>();
    }
    if (kind->isFitted && json.contains("mean")) {
        PALIMPSEST_TRY(step.mean, floatsFromJson(json, "mean", where));
        PALIMPSEST_TRY(step.deviation, floatsFromJson(json, "deviation", where));
        const bool isValid = step.mean.size() == step.deviation.size()
            && std::all_of(
                step.deviation.begin(), step.deviation.end(), [](float value) { return value > 0.0F; });
        if (!isValid)
            return badInput("\"deviation\" must hold as many numbers as \"mean\", all above 0", where);
    }
    return step;
}

} // namespace

std::vector<std::string> splitSteps(const std::string& commaList)
{
    std::vector<std::string> steps;
    if (trim(commaList).empty())
        return steps;
    for (const std::string_view step : splitFields(commaList, ','))
        steps.emplace_back(step);
    return steps;
}

Result<Preprocessing> parsePreprocessing(const std::vector<std::string>& steps, const std::string& where)
{
    Preprocessing parsed;
    for (const std::string& text : steps) {
        PALIMPSEST_TRY(PreprocessStep step, parseStep(text, where));
        parsed.push_back(std::move(step));
    }
    return parsed;
}

Json toJson(const Preprocessing& steps)
{
    Json list = Json::array();
    for (const PreprocessStep& step : steps) {
        const StepKind* kind = findKind(step.name);
        Json json { { "name", step.name } };
        if (kind != nullptr && kind->takesDivisor)
            json["argument"] = step.argument;
        if (!step.mean.empty()) {
            json["mean"] = step.mean;
            json["deviation"] = step.deviation;
        }
        list.push_back(std::move(json));
    }
    return list;
}

Result<Preprocessing> preprocessingFromJson(const Json& json, const std::string& where)
{
    if (!json.is_array())
        return badInput("preprocessing must be a list of steps", where);
    Preprocessing steps;
    for (std::size_t i = 0; i < json.size(); ++i) {
        PALIMPSEST_TRY(PreprocessStep step, stepFromJson(json[i], where + "[" + std::to_string(i) + "]"));
        steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace palimpsest
