// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/bench.h"
#include "app/language.h"
#include "app/main_window.h"
#include "widgets/style/theme.h"

#include <QCommandLineParser>
#include <QDir>
#include <QIcon>
#include <QScreen>
#include <QSettings>

#include <nlohmann/json.hpp>

#include <cstdio>
#include <optional>

namespace {

void complain(const std::string& text)
{
    std::fprintf(stderr, "palimpsest-workbench: %s\n", text.c_str());
}

/// Prints what was measured: one line, or for people indented. @return exit code
int bench(palimpsest::Application& application, const QString& folder, bool json)
{
    const auto result = palimpsest::runBench(application, QDir(folder).absolutePath().toStdString());
    if (!result) {
        complain(result.error().text());
        return result.error().kind == palimpsest::ErrorKind::Failed ? 1 : 2;
    }
    std::printf("%s\n", result->dump(json ? -1 : 2).c_str());
    return 0;
}

/// Before the options have their texts, which are in that language. @return empty: the language is not known
std::optional<palimpsest::Language> wantedLanguage(
    const QCommandLineOption& option, const QSettings& settings)
{
    QCommandLineParser early;
    early.addOption(option);
    early.parse(QApplication::arguments()); // it does not know the others; main() does
    if (early.isSet(option))
        return palimpsest::languageFromString(early.value(option));
    return palimpsest::languageFromString(settings.value(palimpsest::kLanguageKey).toString())
        .value_or(palimpsest::Language::System);
}

} // namespace

int main(int argc, char** argv)
{
    palimpsest::Application app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("palimpsest-workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("Palimpsest"));
    QApplication::setApplicationVersion(QStringLiteral(PALIMPSEST_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.palimpsest.Workbench")); // packaging/
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/palimpsest.svg")));

    QSettings settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("palimpsest"),
        QStringLiteral("workbench"));
    QCommandLineOption languageOption(QStringLiteral("language"), QString(), QStringLiteral("system|en|de"));
    const auto language = wantedLanguage(languageOption, settings);
    if (!language) {
        complain("--language: expected system, en or de; see palimpsest-workbench --help");
        return 2;
    }
    palimpsest::useLanguage(*language);
    languageOption.setDescription(
        QApplication::translate("main", "Language of the window, for this start alone."));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Configures, runs and inspects Palimpsest projects."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("DIR"),
        QApplication::translate("main", "Project folder to open."), QStringLiteral("[DIR]"));
    const QCommandLineOption benchOption(QStringLiteral("bench"),
        QApplication::translate("main",
            "Measures start, answering while a copy of the project runs, and drawing, and prints it."),
        QStringLiteral("DIR"));
    const QCommandLineOption jsonOption(
        QStringLiteral("json"), QApplication::translate("main", "With --bench: prints one line of JSON."));
    parser.addOptions({ languageOption, benchOption, jsonOption });
    const bool understood = parser.parse(QApplication::arguments());
    if (understood && parser.isSet(help))
        parser.showHelp();
    if (understood && parser.isSet(version))
        parser.showVersion();
    if (!understood || parser.positionalArguments().size() > 1) {
        const QString problem = understood
            ? QApplication::translate("main", "expected one project folder, got %1")
                  .arg(parser.positionalArguments().size())
            : parser.errorText();
        complain(problem.toStdString() + "; see palimpsest-workbench --help");
        return 2;
    }

    if (parser.isSet(benchOption))
        return bench(app, parser.value(benchOption), parser.isSet(jsonOption));

    palimpsest::ThemeSwitch themes;
    palimpsest::MainWindow window(settings, themes);
    const QSize room = QApplication::primaryScreen()->availableSize();
    if (room.width() <= window.width() || room.height() <= window.height())
        window.showMaximized(); // with its frame it would not fit
    else
        window.show();
    if (!parser.positionalArguments().isEmpty())
        window.commands().open(parser.positionalArguments().constFirst());
    return QApplication::exec();
}
