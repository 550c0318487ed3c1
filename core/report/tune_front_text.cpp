// SPDX-License-Identifier: Apache-2.0
// A front as a table for people, CSV and JSON.
#include "core/base/units.h"
#include "core/project/recipe.h"
#include "core/report/csv_field.h"
#include "core/report/number_format.h"
#include "core/report/tune_front.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace palimpsest {

namespace {

/// One line of the table and of the CSV: a point of the front, a point that is beaten, or a rival.
struct Line {
    std::string kind; ///< "front", "tried", "rival"
    std::string name;
    bool isBest = false;
    std::int64_t bytes = 0;
    const TuneAccuracy* accuracy = nullptr;
    const TuneChoice* choice = nullptr; ///< nullptr: a rival
};

std::vector<Line> linesOf(const TuneFront& front)
{
    const std::vector<std::size_t> best = paretoFront(front.points);
    const std::optional<std::size_t> chosen = bestPoint(front);
    std::vector<Line> lines;
    for (std::size_t i = 0; i < front.points.size(); ++i) {
        const TunePoint& point = front.points[i];
        const bool isOnFront = std::find(best.begin(), best.end(), i) != best.end();
        lines.push_back({ isOnFront ? "front" : "tried", describe(point.choice), chosen == i, point.bytes,
            &point.accuracy, &point.choice });
    }
    for (const TuneRival& rival : front.rivals)
        lines.push_back({ "rival", "private " + rival.name, false, rival.bytes, &rival.accuracy, nullptr });
    std::stable_sort(
        lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.bytes < b.bytes; });
    return lines;
}

Json toJson(const TuneChoice& choice)
{
    return { { "poolStorage", toString(choice.poolStorage) },
        { "exclusiveStorage", toString(choice.exclusiveStorage) }, { "poolPages", choice.poolPages },
        { "exclusivePages", choice.exclusivePages }, { "steps", choice.steps } };
}

void addAccuracy(Json& json, const TuneAccuracy& accuracy, const TuneFront& front)
{
    json["meanChange"] = accuracy.meanChange;
    json["worstChange"] = accuracy.worstChange;
    json["worstTask"] = front.tasks.at(accuracy.worstTask);
    json["accuracy"] = accuracy.tasks;
}

// Readers of what toJson() wrote; they throw nlohmann's exceptions, or BadForm, where something has another form.
struct BadForm : std::runtime_error {
    using std::runtime_error::runtime_error;
};

double fraction(const Json& json)
{
    const auto value = json.get<double>();
    if (!std::isfinite(value) || value < 0.0 || value > 1.0)
        throw BadForm("an accuracy is no fraction");
    return value;
}

std::vector<double> fractions(const Json& json, std::size_t count)
{
    std::vector<double> values;
    for (const Json& item : json)
        values.push_back(fraction(item));
    if (values.size() != count)
        throw BadForm("an accuracy is missing");
    return values;
}

std::int64_t count(const Json& json, const char* key, std::int64_t least)
{
    const auto value = json.at(key).get<std::int64_t>();
    if (value < least)
        throw BadForm(std::string(key) + " is too small");
    return value;
}

Storage storageOf(const Json& json)
{
    const auto storage = fromString<Storage>(json.get<std::string>());
    if (!storage)
        throw BadForm("unknown storage form");
    return *storage;
}

TuneFront readFront(const Json& json)
{
    TuneFront front;
    front.project = json.at("project").get<std::string>();
    front.tasks = json.at("tasks").get<std::vector<std::string>>();
    if (front.tasks.empty())
        throw BadForm("there is no task");
    front.reference = json.at("reference").get<std::string>();
    front.steps = count(json, "steps", 1);
    front.referenceAccuracy = fractions(json.at("referenceAccuracy"), front.tasks.size());
    front.standaloneBytes = count(json, "standaloneBytes", 1);
    const Json& target = json.at("target");
    if (!target.is_object())
        throw BadForm("the target is no object");
    if (target.contains("bytes"))
        front.target.bytes = count(target, "bytes", 1);
    if (target.contains("maxDrop"))
        front.target.maxDrop = fraction(target.at("maxDrop"));
    const auto accuracyOf = [&](const Json& item) {
        return accuracyAgainst(fractions(item.at("accuracy"), front.tasks.size()), front.referenceAccuracy);
    };
    for (const Json& item : json.at("points")) {
        TunePoint point;
        const Json& choice = item.at("choice");
        point.choice = { storageOf(choice.at("poolStorage")), storageOf(choice.at("exclusiveStorage")),
            count(choice, "poolPages", 1), count(choice, "exclusivePages", 0), count(choice, "steps", 1) };
        point.bytes = count(item, "bytes", 1);
        point.ratio = static_cast<double>(front.standaloneBytes) / static_cast<double>(point.bytes);
        point.accuracy = accuracyOf(item);
        point.files = item.at("files").get<std::vector<std::string>>();
        front.points.push_back(std::move(point));
    }
    for (const Json& item : json.at("rivals"))
        front.rivals.push_back(
            { item.at("name").get<std::string>(), count(item, "bytes", 1), accuracyOf(item) });
    return front;
}

} // namespace

std::string toText(const TuneFront& front)
{
    std::size_t width = 12;
    const std::vector<Line> lines = linesOf(front);
    for (const Line& line : lines)
        width = std::max(width, line.name.size());
    std::ostringstream text;
    text << "  " << std::left << std::setw(static_cast<int>(width)) << "packing" << std::right
         << std::setw(10) << "bytes" << std::setw(9) << "ratio" << std::setw(8) << "mean" << std::setw(8)
         << "worst"
         << "  of task\n";
    for (const Line& line : lines) {
        if (line.kind == "tried" && !line.isBest)
            continue;
        text << (line.isBest ? "* " : "  ") << std::left << std::setw(static_cast<int>(width)) << line.name
             << std::right << std::setw(10) << formatBytes(static_cast<double>(line.bytes)) << std::setw(7)
             << fixedText(static_cast<double>(front.standaloneBytes) / static_cast<double>(line.bytes), 1)
             << " x" << std::setw(8) << formatPoints(line.accuracy->meanChange) << std::setw(8)
             << formatPoints(line.accuracy->worstChange) << "  " << front.tasks.at(line.accuracy->worstTask)
             << "\n";
    }
    text << "Changes in points of accuracy on validation samples against "
         << (front.reference != "standalone"
                    ? "the networks alone after " + formatCount(front.steps) + " more steps"
                    : std::string("the networks alone"))
         << "; " << front.points.size() << " tried, those that others beat are not shown.\n";
    return text.str();
}

std::string toCsv(const TuneFront& front)
{
    std::string text = "kind,name,best,bytes,ratio,meanChange,worstChange,worstTask,poolStorage,poolPages,"
                       "exclusiveStorage,"
                       "exclusivePages,steps\n";
    for (const Line& line : linesOf(front)) {
        text += line.kind + "," + csvField(line.name) + "," + (line.isBest ? "1" : "0") + ","
            + std::to_string(line.bytes) + ","
            + exactText(static_cast<double>(front.standaloneBytes) / static_cast<double>(line.bytes)) + ","
            + exactText(line.accuracy->meanChange) + "," + exactText(line.accuracy->worstChange) + ","
            + csvField(front.tasks.at(line.accuracy->worstTask)) + ",";
        if (line.choice != nullptr)
            text += toString(line.choice->poolStorage) + "," + std::to_string(line.choice->poolPages) + ","
                + toString(line.choice->exclusiveStorage) + "," + std::to_string(line.choice->exclusivePages)
                + "," + std::to_string(line.choice->steps);
        else
            text += ",,,,";
        text += "\n";
    }
    return text;
}

Json toJson(const TuneFront& front)
{
    Json target = Json::object();
    if (front.target.bytes)
        target["bytes"] = *front.target.bytes;
    if (front.target.maxDrop)
        target["maxDrop"] = *front.target.maxDrop;
    Json json = { { "project", front.project }, { "tasks", front.tasks }, { "reference", front.reference },
        { "steps", front.steps }, { "referenceAccuracy", front.referenceAccuracy },
        { "standaloneBytes", front.standaloneBytes }, { "target", target }, { "verdict", verdict(front) } };
    const std::vector<std::size_t> best = paretoFront(front.points);
    const std::optional<std::size_t> chosen = bestPoint(front);
    json["points"] = Json::array();
    for (std::size_t i = 0; i < front.points.size(); ++i) {
        const TunePoint& point = front.points[i];
        Json item = { { "choice", toJson(point.choice) }, { "bytes", point.bytes }, { "ratio", point.ratio },
            { "front", std::find(best.begin(), best.end(), i) != best.end() }, { "best", chosen == i } };
        addAccuracy(item, point.accuracy, front);
        item["files"] = point.files;
        json["points"].push_back(std::move(item));
    }
    json["rivals"] = Json::array();
    for (const TuneRival& rival : front.rivals) {
        Json item = { { "name", rival.name }, { "bytes", rival.bytes } };
        addAccuracy(item, rival.accuracy, front);
        json["rivals"].push_back(std::move(item));
    }
    return json;
}

Result<TuneFront> tuneFrontFromJson(const Json& json, const std::string& where)
{
    try {
        return readFront(json);
    } catch (const BadForm& problem) {
        return badInput("expected a front of a search for a packing: " + std::string(problem.what()), where);
    } catch (const Json::exception&) {
        return badInput(
            "expected a front of a search for a packing; something is missing in it or has another form",
            where);
    }
}

} // namespace palimpsest
