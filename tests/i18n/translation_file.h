// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace palimpsest::test {

/// One entry of a .ts file.
struct TranslatedText {
    QString context;
    QString source;
    QStringList forms; ///< the translation; several where it depends on a number
    bool hasForms = false; ///< its number is %n
    QString type; ///< "unfinished", "vanished", "obsolete"; empty: good
};

/// Throws where the file is no XML.
[[nodiscard]] std::vector<TranslatedText> readTranslations(const QString& file);

} // namespace palimpsest::test
