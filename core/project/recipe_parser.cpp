// SPDX-License-Identifier: Apache-2.0
#include "core/base/units.h"
#include "core/project/choices.h"
#include "core/project/description.h"
#include "core/project/nearest.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <type_traits>

namespace palimpsest {

namespace {

/// A value's place: the file (or whatever `where` names) and the path inside of it.
struct Place {
    std::string where;
    std::string path;
    [[nodiscard]] Place key(const std::string& name) const
    {
        return { where, path.empty() ? name : path + "." + name };
    }
    [[nodiscard]] Place item(std::size_t index) const
    {
        return { where, path + "[" + std::to_string(index) + "]" };
    }
    [[nodiscard]] Error error(const std::string& message) const
    {
        return badInput(message, path.empty() ? where : where + ": " + path);
    }
};

std::string shorten(const std::string& text)
{
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

/// "the text \"abc\"", "3.5", "a list"
std::string came(const Json& value)
{
    if (value.is_string())
        return "the text " + shorten(value.dump(-1, ' ', true, Json::error_handler_t::replace));
    if (value.is_object())
        return "an object";
    if (value.is_array())
        return "a list";
    return value.dump();
}

/// 1000000 as "1,000,000", 0.5 as "0.5"
std::string plain(double number)
{
    return number == std::floor(number) && std::abs(number) < 1e18
        ? formatCount(static_cast<std::int64_t>(number))
        : Json(number).dump();
}

std::string rangeText(const Note& note)
{
    std::string text;
    if (note.minimum && note.maximum && !note.minimumExclusive)
        text = " from " + plain(*note.minimum) + " to " + plain(*note.maximum);
    else if (note.minimum)
        text = std::string(note.minimumExclusive ? " above " : " of at least ") + plain(*note.minimum)
            + (note.maximum ? ", at most " + plain(*note.maximum) : "");
    return text + (note.unit.empty() ? "" : " (" + note.unit + ")");
}

bool isInRange(double value, const Note& note)
{
    return (!note.minimum || (note.minimumExclusive ? value > *note.minimum : value >= *note.minimum))
        && (!note.maximum || value <= *note.maximum);
}

/// Control characters other than tab and line ends have no place in a name, a path or a description.
bool hasControlCharacter(const std::string& text)
{
    return std::any_of(text.begin(), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t' && c != '\r'; });
}

bool isName(const std::string& text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
            || c == '-';
    });
}

Status read(const Json& json, const Place& place, const Note& note, std::string& out)
{
    if (!note.choices.empty()) {
        if (!json.is_string()
            || std::find(note.choices.begin(), note.choices.end(), json.get<std::string>())
                == note.choices.end())
            return place.error("expected one of " + quotedList(note.choices) + ", got " + came(json));
    } else if (!json.is_string()) {
        return place.error("expected a text, got " + came(json));
    }
    out = json.get<std::string>();
    if (note.required && out.empty())
        return place.error("expected a text, got an empty one");
    if (hasControlCharacter(out))
        return place.error("expected a text without control characters, got " + came(json));
    if (note.isName && !isName(out))
        return place.error("expected 1 to 64 letters, digits, '_' or '-', got " + came(json));
    return success();
}

Status read(const Json& json, const Place& place, const Note&, bool& out)
{
    if (!json.is_boolean())
        return place.error("expected true or false, got " + came(json));
    out = json.get<bool>();
    return success();
}

Status read(const Json& json, const Place& place, const Note& note, double& out)
{
    if (!json.is_number() || !isInRange(json.get<double>(), note))
        return place.error(
            "expected a number" + rangeText(note) + ", got " + came(json) + "; the default is " + plain(out));
    out = json.get<double>();
    return success();
}

/// 3.0 is an integer too, as in JSON Schema.
bool isInteger(const Json& json)
{
    return json.is_number_integer()
        || (json.is_number_float() && std::abs(json.get<double>()) < 9007199254740992.0
            && json.get<double>() == std::floor(json.get<double>()));
}

Status read(const Json& json, const Place& place, const Note& note, std::int64_t& out)
{
    if (!isInteger(json) || !isInRange(json.get<double>(), note))
        return place.error("expected an integer" + rangeText(note) + ", got " + came(json)
            + "; the default is " + formatCount(out));
    out = json.get<std::int64_t>();
    return success();
}

Status read(const Json& json, const Place& place, const Note&, std::uint64_t& out)
{
    if (!isInteger(json) || (!json.is_number_unsigned() && json.get<double>() < 0))
        return place.error("expected an integer from 0 to 18446744073709551615, got " + came(json)
            + "; the default is " + std::to_string(out));
    out = json.get<std::uint64_t>();
    return success();
}

template <class E>
requires std::is_enum_v<E> Status read(const Json& json, const Place& place, const Note&, E& out)
{
    const std::optional<E> value = json.is_string() ? fromString<E>(json.get<std::string>()) : std::nullopt;
    if (!value)
        return place.error("expected one of " + quotedList(choiceNames<E>()) + ", got " + came(json)
            + "; the default is \"" + toString(out) + "\"");
    out = *value;
    return success();
}

template <Settings S> Status read(const Json& json, const Place& place, const Note& note, S& out);

template <class T> Status read(const Json& json, const Place& place, const Note& note, std::vector<T>& out)
{
    if (!json.is_array())
        return place.error("expected a list, got " + came(json));
    if (json.size() > note.maximumItems)
        return place.error("expected at most " + formatCount(static_cast<std::int64_t>(note.maximumItems))
            + " entries, got " + formatCount(static_cast<std::int64_t>(json.size())));
    out.clear();
    for (std::size_t i = 0; i < json.size(); ++i) {
        T item {};
        PALIMPSEST_CHECK(read(json[i], place.item(i), note, item));
        if constexpr (std::same_as<T, std::string>)
            if (!note.choices.empty() && std::find(out.begin(), out.end(), item) != out.end())
                return place.item(i).error("\"" + item + "\" stands twice in the list; keep one of them");
        out.push_back(std::move(item));
    }
    return success();
}

template <class S> Status checkTogether(const S&, const Place&)
{
    return success();
}

Status checkTogether(const DataSettings& data, const Place& place)
{
    double values = 1.0;
    for (const std::int64_t size : data.sampleShape)
        values *= static_cast<double>(size);
    if (values > 1e9)
        return place.key("sampleShape")
            .error("expected a sample of at most 1,000,000,000 values, got " + plain(values));
    return success();
}

Status checkTogether(const PagesSettings& pages, const Place& place)
{
    const bool isPowerOfTwo = std::has_single_bit(static_cast<std::uint64_t>(pages.pageSize));
    if (pages.formation == Formation::Aligned
        && (!isPowerOfTwo || pages.pageSize < 64 || pages.pageSize > 65536))
        return place.key("pageSize")
            .error("expected a power of two from 64 to 65,536 weights with formation \"aligned\", got "
                + formatCount(pages.pageSize) + "; formation \"reference\" takes any size");
    return success();
}

Status checkTogether(const Recipe& recipe, const Place& place)
{
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < recipe.tasks.size(); ++i) {
        const auto [first, isNew] = seen.emplace(recipe.tasks[i].name, i);
        const Place tasks = place.key("tasks");
        if (!isNew)
            return tasks.item(i).key("name").error("\"" + recipe.tasks[i].name + "\" is also the name of "
                + tasks.item(first->second).path + "; give each task its own name");
    }
    return success();
}

/// `header`: keys that are not settings.
template <Settings S>
Status readObject(const Json& json, const Place& place, S& out, const std::vector<std::string>& header)
{
    if (!json.is_object())
        return place.error("expected an object, got " + came(json));
    std::vector<std::string> known = header;
    describe<S>([&](const char* key, auto S::*, const Note&) { known.emplace_back(key); });
    for (const auto& item : json.items())
        if (std::find(known.begin(), known.end(), item.key()) == known.end())
            return place.error("unknown key " + shorten(Json(item.key()).dump()) + "; did you mean \""
                + nearest(item.key(), known) + "\"? Known here: " + quotedList(known));
    Status status = success();
    describe<S>([&](const char* key, auto S::*field, const Note& note) {
        if (!status.ok())
            return;
        const auto value = json.find(key);
        if (value != json.end())
            status = read(*value, place.key(key), note, out.*field);
        else if (note.required)
            status = place.error("the key \"" + std::string(key) + "\" is missing; add it. " + note.help);
    });
    PALIMPSEST_CHECK(status);
    return checkTogether(out, place);
}

template <Settings S> Status read(const Json& json, const Place& place, const Note&, S& out)
{
    return readObject(json, place, out, {});
}

Status checkHeader(const Json& json, const Place& place)
{
    const auto format = json.find("format");
    if (format == json.end())
        return place.error(
            "expected the key \"format\" with the value \"" + std::string(kRecipeFormat) + "\", found none");
    if (*format != kRecipeFormat)
        return place.key("format").error(
            "expected \"" + std::string(kRecipeFormat) + "\", got " + came(*format));
    const auto version = json.find("version");
    if (version == json.end())
        return place.error(
            "expected the key \"version\" with the value " + std::to_string(kRecipeVersion) + ", found none");
    if (!isInteger(*version) || version->get<double>() < 1)
        return place.key("version").error(
            "expected the version " + std::to_string(kRecipeVersion) + ", got " + came(*version));
    if (version->get<double>() > kRecipeVersion)
        return place.key("version").error("the recipe has version " + version->dump()
            + ", and this program (palimpsest " + PALIMPSEST_VERSION + ") reads up to version "
            + std::to_string(kRecipeVersion) + "; open it with the newer palimpsest that wrote it");
    return success();
}

} // namespace

Result<Recipe> parseRecipe(const Json& json, const std::string& where, NoTasks noTasks)
{
    const Place place { where, {} };
    if (!json.is_object())
        return place.error("expected an object, got " + came(json));
    PALIMPSEST_CHECK(checkHeader(json, place));
    Recipe recipe;
    PALIMPSEST_CHECK(readObject(json, place, recipe, { "format", "version" }));
    if (recipe.tasks.empty() && noTasks == NoTasks::Refuse)
        return place.key("tasks").error("expected at least one task, found none; add a task");
    return recipe;
}

} // namespace palimpsest
