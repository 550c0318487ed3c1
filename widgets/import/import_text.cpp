// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/import/import_text.h"

#include "widgets/project/setting_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

namespace palimpsest {

namespace {

constexpr qsizetype kMostSizes = 3;
constexpr std::int64_t kLargestSize = 1'000'000;

QString meaningOf(const QString& step)
{
    const QString name = step.section(u'=', 0, 0);
    const QString argument = step.section(u'=', 1);
    if (name == QStringLiteral("scale"))
        return QCoreApplication::translate("ImportPage", "values divided by %1").arg(argument);
    if (name == QStringLiteral("invert"))
        return QCoreApplication::translate("ImportPage", "dark and light swapped, divided by %1")
            .arg(argument);
    if (name == QStringLiteral("l2"))
        return QCoreApplication::translate("ImportPage", "each sample divided by its length");
    if (name == QStringLiteral("column-mean"))
        return QCoreApplication::translate("ImportPage", "less the mean of each column");
    if (name == QStringLiteral("standardise"))
        return QCoreApplication::translate("ImportPage", "mean 0 and deviation 1 a channel");
    if (name == QStringLiteral("grey"))
        return QCoreApplication::translate("ImportPage", "colours made grey");
    if (name == QStringLiteral("resize"))
        return QCoreApplication::translate("ImportPage", "brought to %1").arg(argument);
    if (name == QStringLiteral("logmel"))
        return QCoreApplication::translate("ImportPage", "sound made a spectrogram");
    return step;
}

/// The engine names options of the command line; here there are fields.
QString inWindowWords(QString text)
{
    const std::initializer_list<std::pair<QString, QString>> words {
        { QStringLiteral("say it with --input-shape, as in --input-shape 3,32,32"),
            QCoreApplication::translate(
                "ImportPage", "write it into the field Shape of one sample, as in 3, 32, 32") },
        { QStringLiteral("name its layer list with --layers FILE.json"),
            QCoreApplication::translate("ImportPage", "choose its layer list below") },
        { QStringLiteral("a layer list (--layers FILE.json)"),
            QCoreApplication::translate("ImportPage", "a layer list, chosen below,") },
    };
    for (const auto& [engine, window] : words)
        text.replace(engine, window);
    return text;
}

} // namespace

std::optional<Shape> shapeFromText(const QString& text)
{
    static const QRegularExpression between(QStringLiteral("[\\s,x×\\[\\]()]+"));
    const QStringList parts = text.split(between, Qt::SkipEmptyParts);
    Shape shape;
    for (const QString& part : parts) {
        bool isNumber = false;
        const std::int64_t size = part.toLongLong(&isNumber);
        if (!isNumber || size < 1 || size > kLargestSize)
            return std::nullopt;
        shape.push_back(size);
    }
    return parts.isEmpty() || parts.size() > kMostSizes ? std::nullopt : std::optional(shape);
}

QString sentenceOf(const Error& error, const QString& file)
{
    const bool isOfFile = error.where == file.toStdString();
    return sentence(inWindowWords(QString::fromStdString(isOfFile ? error.message : error.text())));
}

std::vector<std::string> stepsFromText(const QString& text)
{
    std::vector<std::string> steps;
    for (const QString& step : text.split(u',', Qt::SkipEmptyParts))
        if (!step.trimmed().isEmpty())
            steps.push_back(step.trimmed().toStdString());
    return steps;
}

QString stepsText(const std::vector<std::string>& steps)
{
    QStringList texts;
    for (const std::string& step : steps)
        texts << QString::fromStdString(step);
    return texts.join(QStringLiteral(", "));
}

QString stepsMeaning(const std::vector<std::string>& steps)
{
    QStringList texts;
    for (const std::string& step : steps)
        texts << meaningOf(QString::fromStdString(step));
    return texts.isEmpty() ? QCoreApplication::translate("ImportPage", "values as the files have them")
                           : texts.join(QStringLiteral("; "));
}

ShareRange likelyShare(std::int64_t correct, std::int64_t samples)
{
    if (samples <= 0)
        return {};
    constexpr double z = 1.96;
    const auto n = static_cast<double>(samples);
    const double share = static_cast<double>(correct) / n;
    const double middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    const double half = z / (1.0 + z * z / n) * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    return { std::max(0.0, middle - half), std::min(1.0, middle + half) };
}

} // namespace palimpsest
