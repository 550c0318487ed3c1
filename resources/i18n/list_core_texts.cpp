// SPDX-License-Identifier: GPL-3.0-or-later
// list_core_texts PROJECTS
// Prints, as C++ that lupdate reads, the texts of the engine that the window shows translated (coreText(), context "core"): what
// settings are called and do, their units, the names in reports, and what the sample projects in the folder PROJECTS are. The engine knows no Qt and cannot mark them itself.
#include "core/project/recipe.h"
#include "core/report/report_series.h"
#include "core/report/report_summary.h"
#include "widgets/project/setting_text.h"

#include <QStringList>

#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace palimpsest;

void addSettings(std::set<std::string>& texts)
{
    // No translation is loaded here, so that labels are the English ones.
    for (const SettingInfo& info : recipeSettings()) {
        const QString path = QString::fromStdString(info.path);
        texts.insert({ settingLabel(path).toStdString(), info.help, info.unit });
        for (const QString& part : sectionTitle(sectionOf(path)).split(QStringLiteral(" › ")))
            texts.insert(part.toStdString());
    }
}

void addReport(std::set<std::string>& texts)
{
    std::vector<std::string> keys = reportSeriesKeys();
    keys.emplace_back(); // what is said of an unknown one
    for (const std::string& key : keys) {
        const ReportSeries series = reportSeries(key);
        texts.insert({ series.label, series.meaning });
    }
    std::vector<std::string> methods = switchMethods();
    methods.emplace_back();
    for (const std::string& method : methods)
        texts.insert({ switchLabel(method), switchMeaning(method) });
    for (const char* state :
        { "waiting", "ready", "stale", "failed", "done" }) // of stages (core/pipeline/pipeline.h)
        texts.insert(state);
}

/// @return whether there are any
bool addSamples(std::set<std::string>& texts, const std::filesystem::path& folder)
{
    bool found = false;
    std::error_code noFolder;
    for (const auto& entry : std::filesystem::directory_iterator(folder, noFolder)) {
        std::ifstream file(entry.path() / "project.json");
        const auto recipe = nlohmann::json::parse(file, nullptr, false);
        if (!recipe.is_object())
            continue;
        texts.insert(recipe.value("description", std::string()));
        found = true;
    }
    return found;
}

} // namespace

int main(int argc, char** argv)
{
    std::set<std::string> texts;
    addSettings(texts);
    addReport(texts);
    if (argc != 2 || !addSamples(texts, argv[1])) {
        std::fputs("usage: list_core_texts PROJECTS, the folder of the sample projects\n", stderr);
        return 2;
    }
    texts.erase(std::string());
    std::puts("#include <QtGlobal>\nconst char* const kCoreTexts[] = {");
    for (const std::string& text : texts)
        std::printf("    QT_TRANSLATE_NOOP(\"core\", %s),\n", nlohmann::json(text).dump().c_str());
    std::puts("};");
    return 0;
}
