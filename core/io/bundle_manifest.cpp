// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle_manifest.h"

#include "core/base/hash.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace palimpsest {

namespace {

constexpr const char* kFormat = "palimpsest-bundle";
constexpr int kVersion = 2;
constexpr std::int64_t kMaximumCount = std::int64_t { 1 } << 40U;

/// Typed access to the keys of one object. The first error is kept, and values after it are empty.
class Fields {
public:
    Fields(const Json& object, std::string where)
        : m_object(object)
        , m_where(std::move(where))
    {
        if (!object.is_object())
            m_error = badInput("expected an object", m_where);
    }

    std::string text(const char* key)
    {
        const Json* value = find(key, &Json::is_string, "a text");
        return value == nullptr ? std::string() : value->get<std::string>();
    }
    bool boolean(const char* key)
    {
        const Json* value = find(key, &Json::is_boolean, "true or false");
        return value != nullptr && value->get<bool>();
    }
    /// From 0 to 2^40.
    std::int64_t count(const char* key)
    {
        const Json* value = find(key, &Json::is_number_unsigned, "a whole number");
        const std::uint64_t number = value == nullptr ? 0 : value->get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(kMaximumCount))
            fail(key, "a number below 2^40");
        return number > static_cast<std::uint64_t>(kMaximumCount) ? 0 : static_cast<std::int64_t>(number);
    }
    std::vector<std::string> texts(const char* key)
    {
        std::vector<std::string> items;
        for (const Json& item : list(key)) {
            if (!item.is_string())
                fail(key, "a list of texts");
            items.push_back(item.is_string() ? item.get<std::string>() : std::string());
        }
        return items;
    }
    const Json& list(const char* key)
    {
        static const Json empty = Json::array();
        const Json* value = find(key, &Json::is_array, "a list");
        return value == nullptr ? empty : *value;
    }
    const Json& object(const char* key)
    {
        static const Json empty = Json::object();
        const Json* value = find(key, &Json::is_object, "an object");
        return value == nullptr ? empty : *value;
    }
    Storage storage(const char* key)
    {
        const std::optional<Storage> value = fromString<Storage>(text(key));
        if (!value)
            fail(key, "the name of a page storage");
        return value.value_or(Storage::Float32);
    }

    [[nodiscard]] Status status() const
    {
        if (m_error)
            return *m_error;
        return success();
    }

private:
    const Json* find(const char* key, bool (Json::*isType)() const noexcept, const char* expected)
    {
        const auto value = m_object.is_object() ? m_object.find(key) : m_object.end();
        if (value != m_object.end() && ((*value).*isType)())
            return &*value;
        fail(key, expected);
        return nullptr;
    }
    void fail(const char* key, const std::string& expected)
    {
        if (!m_error)
            m_error = badInput("expected " + expected + " under the key \"" + key + "\"", m_where);
    }

    const Json& m_object;
    std::string m_where;
    std::optional<Error> m_error;
};

bool isFileName(const std::string& name)
{
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
            || c == '-';
    });
}

Json placesToJson(const BundleTask& task)
{
    Json places = Json::array();
    for (const TensorPlace& place : task.layout.places)
        places.push_back({ { "tensor", task.network.tensors.at(place.tensor).name },
            { "offset", place.offset }, { "size", place.size }, { "private", place.isPrivate } });
    return places;
}

/// One place a tensor, in the network's order, inside of the page image or the private run.
Status readPlaces(const Json& json, const Network& network, PageLayout& layout, const std::string& where)
{
    if (json.size() != network.tensors.size())
        return badInput("expected a place for each of the " + std::to_string(network.tensors.size())
                + " tensors, got " + std::to_string(json.size()),
            where);
    for (std::size_t i = 0; i < json.size(); ++i) {
        const TensorSpec& tensor = network.tensors[i];
        const std::string at = where + "[" + std::to_string(i) + "]";
        Fields fields(json[i], at);
        const std::string name = fields.text("tensor");
        TensorPlace place { i, fields.count("offset"), fields.count("size"), fields.boolean("private"),
            isState(tensor.role) };
        PALIMPSEST_CHECK(fields.status());
        if (name != tensor.name || place.size != tensor.size())
            return badInput("expected the tensor " + tensor.name + " with " + std::to_string(tensor.size())
                    + " values, got " + name + " with " + std::to_string(place.size),
                at);
        if (place.offset + place.size > (place.isPrivate ? layout.privateSize : layout.imageSize())
            || (place.isState && !place.isPrivate))
            return badInput("the tensor " + tensor.name + " lies outside of its pages", at);
        layout.places.push_back(place);
    }
    return success();
}

/// Version 1 knew float32 alone and named no form of private runs.
Storage privateStorage(Fields& fields, int version)
{
    return version == 1 ? Storage::Float32 : fields.storage("privateStorage");
}

/// Bytes of the page image would be taken for granted otherwise: each page has to hold some weights. A tensor of a page or more
/// leaves less than itself empty in its last page, and all smaller ones together less than one page.
Status checkPageCount(const BundleTask& task, const std::string& where)
{
    std::int64_t paged = 0;
    for (const TensorPlace& place : task.layout.places)
        paged += place.isPrivate ? 0 : place.size;
    if (task.layout.imageSize() > 2 * paged + task.layout.pageSize)
        return badInput("expected pages for " + std::to_string(paged) + " weights, got "
                + std::to_string(task.layout.pageCount) + " pages of " + std::to_string(task.layout.pageSize),
            where);
    return success();
}

Result<BundleTask> taskFromJson(
    const Json& json, int version, std::int64_t pageSize, const std::string& where)
{
    Fields fields(json, where);
    BundleTask task;
    task.name = fields.text("name");
    task.classes = fields.count("classes");
    task.classNames = fields.texts("classNames");
    task.layout.pageSize = pageSize;
    task.layout.pageCount = fields.count("pageCount");
    task.layout.privateSize = fields.count("privateSize");
    task.privateRun.storage = privateStorage(fields, version);
    const Json& network = fields.object("network");
    const Json& preprocessing = fields.list("preprocessing");
    const Json& places = fields.list("tensors");
    PALIMPSEST_CHECK(fields.status());
    if (!isFileName(task.name))
        return badInput("expected a name of 1 to 64 letters, digits, '_' or '-'", where);
    if (task.layout.pageCount > kMaximumCount / pageSize)
        return badInput("expected fewer pages", where);
    if (task.layout.privateSize > 0) {
        task.privateRun.pageSize = task.layout.privateSize;
        task.privateRun.pageCount = 1;
    }
    PALIMPSEST_TRY(task.network, parseNetwork(network, where + ".network"));
    PALIMPSEST_TRY(task.preprocessing, preprocessingFromJson(preprocessing, where + ".preprocessing"));
    PALIMPSEST_CHECK(readPlaces(places, task.network, task.layout, where + ".tensors"));
    PALIMPSEST_CHECK(checkPageCount(task, where));
    return task;
}

std::string ownHash(Json json)
{
    json.erase("sha256");
    return sha256(canonicalJson(json));
}

Status checkHeader(const Json& json, const std::string& where)
{
    if (!json.is_object() || json.value("format", Json()) != kFormat || !json.contains("version")
        || !json["version"].is_number_unsigned())
        return badInput("expected the manifest of a bundle, got another sort of JSON", where);
    if (json["version"] < 1 || json["version"] > kVersion)
        return badInput("the bundle has version " + json["version"].dump() + ", and this program (palimpsest "
                + PALIMPSEST_VERSION + ") reads versions 1 to " + std::to_string(kVersion)
                + "; use the newer palimpsest that wrote it",
            where);
    if (json.value("sha256", Json()) != ownHash(json))
        return badInput(
            "the manifest does not match its own SHA-256: it was damaged or edited; export the bundle again",
            where);
    return success();
}

} // namespace

std::string tableFile(const std::string& task)
{
    return "tables/" + task + ".bin";
}
std::string privateFile(const std::string& task)
{
    return "private/" + task + ".bin";
}

Json manifestToJson(const Bundle& bundle, const BundleFiles& files)
{
    Json json = Json::object();
    json["format"] = kFormat;
    json["version"] = kVersion;
    json["program"] = bundle.version;
    json["project"] = bundle.project;
    json["pageSize"] = bundle.pageSize();
    json["slots"] = bundle.pool.pageCount;
    json["exclusivePages"] = bundle.exclusive.pageCount;
    json["poolStorage"] = toString(bundle.pool.storage);
    json["exclusiveStorage"] = toString(bundle.exclusive.storage);
    json["tableEntryBytes"] = tableEntryBytes(bundle.pool.pageCount, bundle.exclusive.pageCount);
    json["storedBytes"] = storedBytes(bundle);
    json["tasks"] = Json::array();
    for (const BundleTask& task : bundle.tasks) {
        Json entry = Json::object();
        entry["name"] = task.name;
        entry["classes"] = task.classes;
        entry["classNames"] = task.classNames;
        entry["pageCount"] = task.layout.pageCount;
        entry["privateSize"] = task.layout.privateSize;
        entry["privateStorage"] = toString(task.privateRun.storage);
        entry["table"] = tableFile(task.name);
        entry["private"] = privateFile(task.name);
        entry["preprocessing"] = toJson(task.preprocessing);
        entry["network"] = toJson(task.network);
        entry["tensors"] = placesToJson(task);
        json["tasks"].push_back(std::move(entry));
    }
    json["files"] = Json::object();
    for (const auto& [path, file] : files)
        json["files"][path] = { { "bytes", file.bytes }, { "sha256", file.sha256 } };
    json["sha256"] = ownHash(json);
    return json;
}

Result<Manifest> manifestFromJson(const Json& json, const std::string& where)
{
    PALIMPSEST_CHECK(checkHeader(json, where));
    const int version = json["version"].get<int>();
    Fields fields(json, where);
    Manifest manifest;
    Bundle& bundle = manifest.bundle;
    bundle.version = fields.text("program");
    bundle.project = fields.text("project");
    bundle.pool.pageSize = bundle.exclusive.pageSize = fields.count("pageSize");
    bundle.pool.pageCount = fields.count("slots");
    bundle.exclusive.pageCount = fields.count("exclusivePages");
    bundle.pool.storage = fields.storage("poolStorage");
    bundle.exclusive.storage = fields.storage("exclusiveStorage");
    const std::int64_t stored = version == 1 ? 0 : fields.count("storedBytes");
    const std::int64_t entryBytes = fields.count("tableEntryBytes");
    const Json& tasks = fields.list("tasks");
    const Json& files = fields.object("files");
    PALIMPSEST_CHECK(fields.status());
    constexpr std::int64_t kMaximumPages = std::int64_t { 1 } << 31U;
    if (bundle.pageSize() < 1 || bundle.pool.pageCount > kMaximumPages
        || bundle.exclusive.pageCount > kMaximumPages
        || bundle.pool.pageCount + bundle.exclusive.pageCount > kMaximumCount / bundle.pageSize())
        return badInput("expected a page size of at least 1 and fewer pages", where);
    if (version == 1
        && (bundle.pool.storage != Storage::Float32 || bundle.exclusive.storage != Storage::Float32))
        return badInput("a bundle of version 1 has pages in float32 alone; export the bundle again", where);
    if (entryBytes != tableEntryBytes(bundle.pool.pageCount, bundle.exclusive.pageCount))
        return badInput("the size of table entries does not fit the number of pages", where);
    std::set<std::string> names;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const std::string at = where + ": tasks[" + std::to_string(i) + "]";
        PALIMPSEST_TRY(BundleTask task, taskFromJson(tasks[i], version, bundle.pageSize(), at));
        if (!names.insert(task.name).second)
            return badInput("two tasks have the name \"" + task.name + "\"", at);
        bundle.tasks.push_back(std::move(task));
    }
    if (version > 1 && stored != storedBytes(bundle))
        return badInput("expected " + std::to_string(storedBytes(bundle))
                + " stored bytes for these pages, tables and private tensors, got " + std::to_string(stored),
            where);
    for (const auto& [path, entry] : files.items()) {
        Fields file(entry, where + ": files." + path);
        manifest.files[path] = { file.count("bytes"), file.text("sha256") };
        PALIMPSEST_CHECK(file.status());
    }
    return manifest;
}

} // namespace palimpsest
