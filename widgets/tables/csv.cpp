// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/csv.h"

#include <QAbstractItemModel>
#include <QLocale>

namespace palimpsest {

QString csvField(const QString& text)
{
    const bool needsQuotes = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"'))
        || text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r'));
    if (!needsQuotes)
        return text;
    QString escaped = text;
    escaped.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + escaped + QLatin1Char('"');
}

QString csvLine(const QStringList& fields)
{
    QString line;
    for (const QString& field : fields) {
        if (!line.isEmpty() || &field != &fields.constFirst())
            line += QLatin1Char(',');
        line += csvField(field);
    }
    return line + QStringLiteral("\r\n");
}

QString csvNumber(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString tableCsv(const QAbstractItemModel& model)
{
    QStringList header;
    for (int column = 0; column < model.columnCount(); ++column)
        header << model.headerData(column, Qt::Horizontal).toString();
    QString text = csvLine(header);
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        text += csvLine(cells);
    }
    return text;
}

} // namespace palimpsest
