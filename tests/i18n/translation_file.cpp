// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/i18n/translation_file.h"

#include <QFile>
#include <QXmlStreamReader>

#include <stdexcept>

namespace palimpsest::test {

std::vector<TranslatedText> readTranslations(const QString& file)
{
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        throw std::runtime_error(file.toStdString() + " cannot be read");
    QXmlStreamReader xml(&opened);
    std::vector<TranslatedText> all;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QStringLiteral("name"))
            context = xml.readElementText();
        else if (xml.name() == QStringLiteral("message"))
            all.push_back({ context, {}, {}, xml.attributes().hasAttribute(QStringLiteral("numerus")), {} });
        else if (xml.name() == QStringLiteral("source"))
            all.back().source = xml.readElementText();
        else if (xml.name() == QStringLiteral("numerusform"))
            all.back().forms << xml.readElementText();
        else if (xml.name() == QStringLiteral("translation")) {
            all.back().type = xml.attributes().value(QStringLiteral("type")).toString();
            if (!all.back().hasForms)
                all.back().forms << xml.readElementText();
        }
    }
    if (xml.hasError())
        throw std::runtime_error(file.toStdString() + ": " + xml.errorString().toStdString());
    return all;
}

} // namespace palimpsest::test
