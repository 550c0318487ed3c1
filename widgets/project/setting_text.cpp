// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/setting_text.h"

#include "core/report/report_series.h"
#include "widgets/style/core_text.h"
#include "widgets/style/text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <nlohmann/json.hpp>

#include <limits>

namespace palimpsest {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SettingText)
};

QString translated(const QString& source)
{
    return coreText(source.toStdString());
}

/// "learningRate" -> "Learning rate", "level1Bytes" -> "Level 1 bytes"
QString spoken(const QString& key)
{
    QString text;
    for (const QChar c : key) {
        const QChar last = text.isEmpty() ? QChar() : text.back();
        if (!last.isNull() && (c.isUpper() || (c.isDigit() && !last.isDigit())))
            text += QLatin1Char(' ');
        text += text.isEmpty() ? c.toUpper() : c.toLower();
    }
    return text;
}

QString numberText(double number)
{
    return number == static_cast<double>(static_cast<std::int64_t>(number))
        ? countText(static_cast<std::int64_t>(number))
        : QString::number(number, 'g', 10);
}

} // namespace

QString settingLabel(const QString& path)
{
    return translated(spoken(path.mid(path.lastIndexOf(QLatin1Char('.')) + 1)));
}

QString choiceLabel(const QString& choice)
{
    return translated(QString::fromStdString(reportSeries(choice.toStdString()).label));
}

QString sectionTitle(const QString& section)
{
    QStringList parts;
    for (const QString& part : section.split(QLatin1Char('.')))
        parts << translated(section.isEmpty() ? QStringLiteral("Project") : spoken(part));
    return parts.join(QStringLiteral(" › "));
}

QString sectionOf(const QString& path)
{
    QStringList parts = path.split(QLatin1Char('.'));
    parts.removeLast();
    if (!parts.isEmpty() && parts.constFirst().startsWith(QStringLiteral("tasks[")))
        parts.removeFirst();
    return parts.join(QLatin1Char('.'));
}

QString valueText(const Json& value)
{
    constexpr qsizetype kLongest = 40;
    QString text;
    if (value.is_boolean()) {
        text = value.get<bool>() ? Text::tr("on") : Text::tr("off");
    } else if (value.is_number_unsigned()
        && value.get<std::uint64_t>()
            > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        text = QString::number(value.get<std::uint64_t>());
    } else if (value.is_number_integer()) {
        text = countText(value.get<std::int64_t>());
    } else if (value.is_number()) {
        text = QString::number(value.get<double>(), 'g', 10);
    } else if (value.is_array()) {
        QStringList items;
        for (const Json& item : value)
            items << valueText(item);
        text = items.join(QStringLiteral(", "));
    } else if (value.is_string()) {
        text = QString::fromStdString(value.get<std::string>()).simplified();
    } else {
        text = QString::fromStdString(value.dump());
    }
    if (text.isEmpty())
        return value.is_array() ? Text::tr("none") : Text::tr("empty");
    return text.size() <= kLongest ? text : text.left(kLongest - 1) + QStringLiteral("…");
}

QString settingToolTip(const SettingInfo& info)
{
    QStringList facts;
    if (const QString unit = unitText(info); !unit.isEmpty())
        facts << Text::tr("Unit: %1.").arg(unit);
    if (const QString range = rangeText(info); !range.isEmpty())
        facts << Text::tr("Range: %1.").arg(range);
    if (info.required)
        facts << Text::tr("It must be given.");
    else if (const Result<Json> value = parseJson(info.defaultJson, {}); value)
        facts << Text::tr("Default: %1.").arg(valueText(*value));
    facts << Text::tr("In project.json: %1.").arg(QString::fromStdString(info.path));
    return QStringLiteral("<p>%1</p><p>%2</p>")
        .arg(translated(QString::fromStdString(info.help)).toHtmlEscaped(),
            facts.join(QLatin1Char(' ')).toHtmlEscaped());
}

QString rangeText(const SettingInfo& info)
{
    if (info.minimum && info.maximum && info.minimumExclusive)
        return Text::tr("above %1, at most %2").arg(numberText(*info.minimum), numberText(*info.maximum));
    if (info.minimum && info.maximum)
        return Text::tr("%1 to %2").arg(numberText(*info.minimum), numberText(*info.maximum));
    if (info.minimum)
        return (info.minimumExclusive ? Text::tr("above %1") : Text::tr("%1 or more"))
            .arg(numberText(*info.minimum));
    return {};
}

QString unitText(const SettingInfo& info)
{
    return translated(QString::fromStdString(info.unit));
}

QString schemaPath(const QString& path)
{
    static const QRegularExpression index(QStringLiteral("\\[\\d+\\]"));
    return QString(path).replace(index, QStringLiteral("[]"));
}

const Json* findSetting(const Json& recipe, const QString& path)
{
    const Json* value = &recipe;
    for (const QString& part : path.split(QLatin1Char('.'))) {
        const qsizetype bracket = part.indexOf(QLatin1Char('['));
        const auto found = value->is_object() ? value->find(part.left(bracket).toStdString()) : value->end();
        if (!value->is_object() || found == value->end())
            return nullptr;
        value = &*found;
        if (bracket < 0)
            continue;
        bool isNumber = false;
        const auto index = part.mid(bracket + 1, part.size() - bracket - 2).toULongLong(&isNumber);
        if (!isNumber || !part.endsWith(QLatin1Char(']')) || !value->is_array() || index >= value->size())
            return nullptr;
        value = &(*value)[index];
    }
    return value;
}

QString sentence(const QString& text)
{
    if (text.isEmpty())
        return text;
    const QString whole = text.front().toUpper() + text.mid(1);
    return whole.endsWith(QLatin1Char('.')) || whole.endsWith(QLatin1Char('?')) ? whole
                                                                                : whole + QLatin1Char('.');
}

} // namespace palimpsest
