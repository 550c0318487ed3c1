// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

namespace palimpsest {

namespace {

Language inUse = Language::English;

/// @return whether there is such a file
bool install(const QString& file, const QString& folder)
{
    auto translator = std::make_unique<QTranslator>(qApp);
    if (!translator->load(file, folder))
        return false;
    QCoreApplication::installTranslator(translator.release()); // the application owns it
    return true;
}

} // namespace

QString toString(Language language)
{
    switch (language) {
    case Language::System:
        return QStringLiteral("system");
    case Language::English:
        return QStringLiteral("en");
    case Language::German:
        return QStringLiteral("de");
    }
    return {};
}

std::optional<Language> languageFromString(const QString& name)
{
    for (const Language language : { Language::System, Language::English, Language::German })
        if (name == toString(language))
            return language;
    return std::nullopt;
}

Language resolved(Language language)
{
    if (language != Language::System)
        return language;
    // The languages that the user reads, best first: the first that the program knows.
    for (const QString& name : QLocale::system().uiLanguages()) {
        if (name == QStringLiteral("de") || name.startsWith(QStringLiteral("de-")))
            return Language::German;
        if (name == QStringLiteral("en") || name.startsWith(QStringLiteral("en-")))
            return Language::English;
    }
    return Language::English;
}

void useLanguage(Language language)
{
    inUse = resolved(language);
    // Fields write and read numbers as views, reports and project.json do.
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    if (inUse == Language::English)
        return;
    // The one installed last is asked first: our own words for what Qt says, which are there without Qt's translations too.
    install(QStringLiteral("qtbase_de"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    if (!install(QStringLiteral("palimpsest_de"), QStringLiteral(":/i18n")))
        qFatal("the German texts are not in the program");
}

Language languageInUse()
{
    return inUse;
}

} // namespace palimpsest
