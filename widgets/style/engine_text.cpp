// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/engine_text.h"

#include "widgets/style/core_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <array>
#include <vector>

namespace palimpsest {

namespace {

/// The forms of such texts; %1 to %3 are names and numbers. The first that fits is taken.
constexpr std::array kForms {
    // why a stage is not done (core/pipeline/status.cpp, fingerprint.cpp)
    QT_TRANSLATE_NOOP("core", "after %1"),
    QT_TRANSLATE_NOOP("core", "%1 of %2 parts done"),
    QT_TRANSLATE_NOOP("core", "inputs changed"),
    QT_TRANSLATE_NOOP("core", "an earlier stage changed"),
    QT_TRANSLATE_NOOP("core", "an earlier result does not read any more"),
    QT_TRANSLATE_NOOP("core", "made by another version of the program"),
    QT_TRANSLATE_NOOP("core", "file changed: %1"),
    QT_TRANSLATE_NOOP("core", "%1 was %2, is no longer there"),
    QT_TRANSLATE_NOOP("core", "%1 was not set, is %2"),
    QT_TRANSLATE_NOOP("core", "%1 was %2, is %3"),
    // the step of a job
    QT_TRANSLATE_NOOP("core", "epoch %1 of %2"),
    QT_TRANSLATE_NOOP("core", "step %1 of %2"),
    QT_TRANSLATE_NOOP("core", "sweep %1, cost %2"),
    QT_TRANSLATE_NOOP("core", "price %1 of an exclusive page"),
    QT_TRANSLATE_NOOP("core", "bound of %1 and %2"),
    QT_TRANSLATE_NOOP("core", "block %1"),
    QT_TRANSLATE_NOOP("core", "start"),
    QT_TRANSLATE_NOOP("core", "lower bounds"),
    QT_TRANSLATE_NOOP("core", "matched"),
    QT_TRANSLATE_NOOP("core", "scoring"),
    QT_TRANSLATE_NOOP("core", "Fisher information"),
    QT_TRANSLATE_NOOP("core", "reading"),
    QT_TRANSLATE_NOOP("core", "reading data"),
    QT_TRANSLATE_NOOP("core", "reading test split"),
    QT_TRANSLATE_NOOP("core", "cutting networks into pages"),
    QT_TRANSLATE_NOOP("core", "contribution density"),
    QT_TRANSLATE_NOOP("core", "counting bytes"),
    QT_TRANSLATE_NOOP("core", "writing"),
    QT_TRANSLATE_NOOP("core", "optimise goes on from its last checkpoint"),
    QT_TRANSLATE_NOOP("core", "trying a pool of %1 pages"),
    // what a prediction lacks (core/pipeline/what_if.cpp)
    QT_TRANSLATE_NOOP("core", "the project has no task; add one first"),
    QT_TRANSLATE_NOOP("core", "the cost is not known before %1 is trained; run the stage train"),
    QT_TRANSLATE_NOOP("core",
        "the cost is not known before the Fisher information of %1 is computed; run the stage fisher"),
    QT_TRANSLATE_NOOP("core",
        "separation by density decides about exclusive pages by the Fisher information, which is not known "
        "yet: none is counted"),
};

struct Form {
    const char* english;
    QRegularExpression pattern;
};

const std::vector<Form>& forms()
{
    static const std::vector<Form> kAll = [] {
        static const QRegularExpression place(QStringLiteral("%\\d"));
        std::vector<Form> all;
        for (const char* english : kForms) {
            QStringList parts;
            for (const QString& part : QString::fromUtf8(english).split(place))
                parts << QRegularExpression::escape(part);
            all.push_back({ english,
                QRegularExpression(
                    QRegularExpression::anchoredPattern(parts.join(QStringLiteral("((?:(?!; ).)+?)")))) });
        }
        return all;
    }();
    return kAll;
}

/// Empty: no form fits.
QString byForm(const QString& text)
{
    for (const Form& form : forms()) {
        const QRegularExpressionMatch match = form.pattern.match(text);
        if (!match.hasMatch())
            continue;
        const QString translation = coreText(form.english);
        switch (match.lastCapturedIndex()) {
        case 0:
            return translation;
        case 1: {
            const bool isStage = QLatin1String(form.english) == QLatin1String("after %1");
            return translation.arg(isStage ? coreText(match.captured(1).toStdString()) : match.captured(1));
        }
        case 2:
            return translation.arg(match.captured(1), match.captured(2));
        default:
            return translation.arg(match.captured(1), match.captured(2), match.captured(3));
        }
    }
    return {};
}

QString translated(const QString& text)
{
    if (const QString known = byForm(text); !known.isEmpty())
        return known;
    for (const QString& divider : { QStringLiteral("; "), QStringLiteral(": ") }) {
        const qsizetype place = text.indexOf(divider);
        if (place > 0) {
            const QString head = text.left(place);
            const QString known = byForm(head); // else the name of a task
            return (known.isEmpty() ? head : known) + divider + translated(text.mid(place + divider.size()));
        }
    }
    return text;
}

} // namespace

QString engineText(const std::string& english)
{
    return translated(QString::fromStdString(english));
}

} // namespace palimpsest
