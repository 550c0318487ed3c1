// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/help/settings_help.h"

#include "core/project/recipe.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/core_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <nlohmann/json.hpp>

namespace palimpsest {

namespace {

/// A table's cell in Markdown: nothing in the text is markup.
QString cell(const QString& text)
{
    QString escaped;
    for (const QChar c : text.simplified()) {
        if (QStringLiteral("\\`*_{}[]<>#|~").contains(c))
            escaped += QLatin1Char('\\');
        escaped += c;
    }
    return escaped;
}

class SettingsHelp {
    Q_DECLARE_TR_FUNCTIONS(palimpsest::SettingsHelp)
public:
    static QString tableHead()
    {
        return QStringLiteral("\n| %1 | %2 | %3 | %4 |\n|---|---|---|---|\n")
            .arg(tr("Setting"), tr("Default"), tr("Unit, range"), tr("What it does"));
    }
    static QString row(const SettingInfo& info)
    {
        QString standard = tr("must be given");
        if (const Result<Json> value = parseJson(info.defaultJson, {}); !info.required && value)
            standard = valueText(*value);
        QStringList kind;
        for (const QString& fact : { unitText(info), rangeText(info) })
            if (!fact.isEmpty())
                kind << fact;
        QStringList choices;
        for (const std::string& choice : info.choices)
            choices << QString::fromStdString(choice);
        if (!choices.isEmpty())
            kind << choices.join(QStringLiteral(", "));
        return QStringLiteral("| **%1** %2 | %3 | %4 | %5 |\n")
            .arg(cell(settingLabel(QString::fromStdString(info.path))),
                cell(QString::fromStdString(info.path)), cell(standard),
                cell(kind.join(QStringLiteral("; "))), cell(coreText(info.help)));
    }
};

} // namespace

QString settingsHelp()
{
    QString page;
    QString section = QStringLiteral("?"); // no section is called so
    for (const SettingInfo& info : recipeSettings()) {
        const QString path = QString::fromStdString(info.path);
        const bool isOfTask = path.startsWith(QStringLiteral("tasks["));
        const QString here = (isOfTask ? QStringLiteral("tasks.") : QString()) + sectionOf(path);
        if (here != section) {
            section = here;
            const QString title = sectionTitle(sectionOf(path));
            page += QStringLiteral("\n## %1\n")
                        .arg(!isOfTask                      ? title
                                : sectionOf(path).isEmpty() ? SettingsHelp::tr("Each task")
                                                            : SettingsHelp::tr("Each task: %1").arg(title));
            page += SettingsHelp::tableHead();
        }
        page += SettingsHelp::row(info);
    }
    return page;
}

} // namespace palimpsest
