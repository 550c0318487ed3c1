// SPDX-License-Identifier: Apache-2.0
#include "core/data/label_ids.h"
#include "core/data/preprocess.h"
#include "core/data/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <stdexcept>

namespace palimpsest {

namespace {

/// One of the numbers of a step that takes several.
struct Size {
    std::string_view key; // in JSON
    std::int64_t least;
    std::int64_t most;
};

constexpr std::array<Size, 2> kResizeSizes { { { "height", 1, 16'384 }, { "width", 1, 16'384 } } };
constexpr std::array<Size, 4> kLogMelSizes { { { "sampleRate", 1, 768'000 }, { "window", 16, 65'536 },
    { "hop", 1, 65'536 }, { "mels", 1, 1'024 } } };

struct StepKind {
    std::string_view name;
    bool takesDivisor;
    bool isFitted;
    std::span<const Size> sizes;
    std::string_view form; // of the sizes, in a recipe
    char separator;
};

constexpr std::array<StepKind, 9> kKinds { {
    { "scale", true, false, {}, "", 0 },
    { "invert", true, false, {}, "", 0 },
    { "l2", false, false, {}, "", 0 },
    { "column-mean", false, false, {}, "", 0 },
    { "standardise", false, true, {}, "", 0 },
    { "resize", false, false, kResizeSizes, "32x32", 'x' },
    { "grey", false, false, {}, "", 0 },
    { "logmel", false, false, kLogMelSizes, "8000:256:128:40", ':' },
    { "transpose", false, false, {}, "", 0 },
} };

const StepKind* findKind(std::string_view name)
{
    const auto kind = std::find_if(
        kKinds.begin(), kKinds.end(), [&](const StepKind& known) { return known.name == name; });
    return kind == kKinds.end() ? nullptr : &*kind;
}

std::string knownSteps()
{
    std::string known;
    for (const StepKind& kind : kKinds) {
        known += (known.empty() ? "" : ", ") + std::string(kind.name) + (kind.takesDivisor ? "=NUMBER" : "");
        if (!kind.sizes.empty())
            known += "=" + std::string(kind.form);
    }
    return known;
}

/// The sizes' names in the form of a recipe: "HEIGHTxWIDTH".
std::string sizesForm(const StepKind& kind)
{
    std::string form;
    for (const Size& size : kind.sizes)
        form += (form.empty() ? "" : std::string(1, kind.separator)) + std::string(size.key);
    return form;
}

/// Whether the sizes are in their ranges and fit one another.
Status checkSizes(const StepKind& kind, const std::vector<std::int64_t>& sizes, const std::string& where)
{
    for (std::size_t i = 0; i < sizes.size(); ++i)
        if (sizes[i] < kind.sizes[i].least || sizes[i] > kind.sizes[i].most)
            return badInput("preprocessing step \"" + std::string(kind.name) + "\": "
                    + std::string(kind.sizes[i].key) + " must be from " + std::to_string(kind.sizes[i].least)
                    + " to " + std::to_string(kind.sizes[i].most) + ", got " + std::to_string(sizes[i]),
                where);
    if (kind.name == "logmel" && (sizes[2] > sizes[1] || sizes[3] > sizes[1] / 2))
        return badInput(
            "preprocessing step \"logmel\": hop must be at most window, and mels at most half of it, got "
            "a window of "
                + std::to_string(sizes[1]) + ", a hop of " + std::to_string(sizes[2]) + " and "
                + std::to_string(sizes[3]) + " mels",
            where);
    return success();
}

Result<std::vector<std::int64_t>> parseSizes(
    const StepKind& kind, std::string_view text, const std::string& whole, const std::string& where)
{
    std::vector<std::int64_t> sizes;
    bool isWhole = true;
    for (const std::string_view field : splitFields(text, kind.separator)) {
        const std::optional<std::int64_t> size = parseWhole(field);
        isWhole = isWhole && size.has_value();
        sizes.push_back(size.value_or(0));
    }
    if (!isWhole || sizes.size() != kind.sizes.size())
        return badInput("preprocessing step \"" + std::string(kind.name) + "\" needs " + sizesForm(kind)
                + ", as in " + std::string(kind.name) + "=" + std::string(kind.form) + ", got \"" + whole
                + "\"",
            where);
    PALIMPSEST_CHECK(checkSizes(kind, sizes, where));
    return sizes;
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
    if (!kind->sizes.empty()) {
        PALIMPSEST_TRY(step.sizes,
            parseSizes(*kind, hasArgument ? text.substr(equals + 1) : std::string_view(),
                std::string(trim(text)), where));
        return step;
    }
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
    for (const auto& item : json.items()) {
        const std::string& key = item.key();
        const bool isKnown = key == "name" || (kind->takesDivisor && key == "argument")
            || (kind->isFitted && (key == "mean" || key == "deviation"))
            || std::any_of(
                kind->sizes.begin(), kind->sizes.end(), [&](const Size& size) { return size.key == key; });
        if (!isKnown)
            return badInput("preprocessing step \"" + step.name + "\" has no \"" + key + "\"", where);
    }
    for (const Size& size : kind->sizes) {
        const auto value = json.find(size.key);
        if (value == json.end() || !value->is_number_integer())
            return badInput("preprocessing step \"" + step.name + "\" needs a whole number as \""
                    + std::string(size.key) + "\"",
                where);
        step.sizes.push_back(value->get<std::int64_t>());
    }
    PALIMPSEST_CHECK(checkSizes(*kind, step.sizes, where));
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

LogMelSizes logMelSizes(const PreprocessStep& step)
{
    return { step.sizes.at(0), step.sizes.at(1), step.sizes.at(2), step.sizes.at(3) };
}

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
        if (kind != nullptr && !kind->sizes.empty() && step.sizes.size() != kind->sizes.size())
            throw std::logic_error("toJson: a " + step.name + " step without its sizes");
        for (std::size_t i = 0; kind != nullptr && i < kind->sizes.size(); ++i)
            json[std::string(kind->sizes[i].key)] = step.sizes[i];
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
