// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/json_schema.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace palimpsest {

namespace {

bool hasType(const Json& value, const std::string& type)
{
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "integer")
        return value.is_number_integer();
    if (type == "number")
        return value.is_number();
    return type == "null" && value.is_null();
}

class Validator {
public:
    explicit Validator(const Json& root)
        : m_root(root)
    {
    }
    std::vector<std::string> problems;

    void check(const Json& schema, const Json& value, const std::string& path)
    {
        static const std::set<std::string> kKnown { "$schema", "$defs", "$ref", "title", "description",
            "type", "enum", "minimum", "maximum", "required", "properties", "additionalProperties", "items",
            "minItems", "maxItems" };
        for (const auto& item : schema.items())
            if (kKnown.count(item.key()) == 0)
                add(path, "the schema uses the unknown keyword " + item.key());
        if (schema.contains("$ref"))
            check(m_root.at("$defs").at(
                      schema.at("$ref").get<std::string>().substr(std::string("#/$defs/").size())),
                value, path);
        if (schema.contains("type"))
            checkType(schema.at("type"), value, path);
        if (schema.contains("enum")
            && std::find(schema.at("enum").begin(), schema.at("enum").end(), value)
                == schema.at("enum").end())
            add(path, "is none of the allowed values");
        if (value.is_number() && schema.contains("minimum")
            && value.get<double>() < schema.at("minimum").get<double>())
            add(path, "is below the minimum");
        if (value.is_number() && schema.contains("maximum")
            && value.get<double>() > schema.at("maximum").get<double>())
            add(path, "is above the maximum");
        if (value.is_object())
            checkObject(schema, value, path);
        if (value.is_array())
            checkArray(schema, value, path);
    }

private:
    const Json& m_root;

    void add(const std::string& path, const std::string& problem)
    {
        problems.push_back(path + ": " + problem);
    }

    void checkType(const Json& types, const Json& value, const std::string& path)
    {
        const Json list = types.is_array() ? types : Json::array({ types });
        if (std::none_of(list.begin(), list.end(),
                [&](const Json& type) { return hasType(value, type.get<std::string>()); }))
            add(path, "is not of type " + list.dump());
    }

    void checkObject(const Json& schema, const Json& value, const std::string& path)
    {
        for (const Json& key : schema.value("required", Json::array()))
            if (!value.contains(key.get<std::string>()))
                add(path, "lacks " + key.get<std::string>());
        const Json properties = schema.value("properties", Json::object());
        for (const auto& item : value.items()) {
            const std::string place = path + "." + item.key();
            if (properties.contains(item.key()))
                check(properties.at(item.key()), item.value(), place);
            else if (const auto rest = schema.find("additionalProperties"); rest != schema.end()) {
                if (rest->is_object())
                    check(*rest, item.value(), place);
                else if (!rest->get<bool>())
                    add(place, "is not allowed here");
            }
        }
    }

    void checkArray(const Json& schema, const Json& value, const std::string& path)
    {
        if (value.size() < schema.value("minItems", std::size_t { 0 })
            || value.size() > schema.value("maxItems", value.size()))
            add(path, "has the wrong number of items");
        for (std::size_t i = 0; schema.contains("items") && i < value.size(); ++i)
            check(schema.at("items"), value[i], path + "[" + std::to_string(i) + "]");
    }
};

} // namespace

std::vector<std::string> schemaProblems(const Json& schema, const Json& value)
{
    Validator validator(schema);
    validator.check(schema, value, "report");
    return validator.problems;
}

} // namespace palimpsest
