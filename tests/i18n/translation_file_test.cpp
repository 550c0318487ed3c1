// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/i18n/translation_file.h"

#include <QRegularExpression>
#include <gtest/gtest.h>

namespace palimpsest::test {
namespace {

/// All that `pattern` finds, sorted: "%1 %2 %2".
QString found(const QString& text, const QString& pattern)
{
    QStringList all;
    for (auto match = QRegularExpression(pattern).globalMatch(text); match.hasNext();)
        all << match.next().captured();
    all.sort();
    return all.join(QLatin1Char(' '));
}

std::string where(const TranslatedText& text)
{
    return text.context.toStdString() + ": \"" + text.source.toStdString() + "\" -> \""
        + text.forms.join(QStringLiteral(" / ")).toStdString() + "\"";
}

class GermanFile : public testing::Test {
protected:
    const std::vector<TranslatedText> texts = readTranslations(QStringLiteral(PALIMPSEST_GERMAN));
};

TEST_F(GermanFile, EveryTextIsTranslated)
{
    ASSERT_GT(texts.size(), 900U);
    for (const TranslatedText& text : texts) {
        EXPECT_EQ(text.type.toStdString(), "") << where(text);
        EXPECT_EQ(text.forms.size(), text.hasForms ? 2 : 1) << where(text);
        for (const QString& form : text.forms)
            EXPECT_EQ(form.isEmpty(), text.source.isEmpty()) << where(text);
    }
}

TEST_F(GermanFile, PlacesForNumbersAndNamesAgree)
{
    const QString place = QStringLiteral("%L?\\d+|%L?n|%p|%");
    for (const TranslatedText& text : texts)
        for (const QString& form : text.forms)
            EXPECT_EQ(found(form, place).toStdString(), found(text.source, place).toStdString())
                << where(text);
}

TEST_F(GermanFile, MarkupLinesAndEndsAgree)
{
    for (const TranslatedText& text : texts) {
        for (const QString& form : text.forms) {
            EXPECT_EQ(found(form, QStringLiteral("</?\\w+>")).toStdString(),
                found(text.source, QStringLiteral("</?\\w+>")).toStdString())
                << where(text);
            EXPECT_EQ(form.count(QLatin1Char('\n')), text.source.count(QLatin1Char('\n'))) << where(text);
            // A field's name keeps its colon, a command that asks its dots, a sentence its full stop.
            const QString end = QStringLiteral("(:|…|\\.|\\s)$");
            EXPECT_EQ(found(form, end).toStdString(), found(text.source, end).toStdString()) << where(text);
            EXPECT_EQ(form.startsWith(QLatin1Char(' ')), text.source.startsWith(QLatin1Char(' ')))
                << where(text);
        }
    }
}

} // namespace
} // namespace palimpsest::test
