// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/table_view.h"

#include "widgets/tables/swatch_delegate.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMetaMethod>
#include <QStringList>

namespace palimpsest {

TableView::TableView(QWidget* parent)
    : QTableView(parent)
{
    setItemDelegate(new SwatchDelegate(this));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false); // Tab leaves the table
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed); // 1e5 rows stay fast
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setResizeContentsPrecision(100); // rows that are looked at for the width
    horizontalHeader()->setStretchLastSection(true);
}

void TableView::fitColumns()
{
    // A stretched last column would keep the narrow width until the next resize.
    const bool stretched = horizontalHeader()->stretchLastSection();
    horizontalHeader()->setStretchLastSection(false);
    resizeColumnsToContents();
    horizontalHeader()->setStretchLastSection(stretched);
}

QString TableView::selectionAsText() const
{
    if (model() == nullptr)
        return {};
    const auto clean = [](const QVariant& value) {
        QString text = value.toString();
        return text.replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
    };
    QStringList header;
    for (int column = 0; column < model()->columnCount(); ++column)
        header << clean(model()->headerData(column, Qt::Horizontal));
    QString text = header.join(QLatin1Char('\t')) + QLatin1Char('\n');
    const bool all = !selectionModel()->hasSelection();
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (!all && !selectionModel()->isRowSelected(row))
            continue;
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells << clean(model()->index(row, column).data());
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

void TableView::copySelection()
{
    QApplication::clipboard()->setText(selectionAsText());
}

void TableView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool all = selectionModel() == nullptr || !selectionModel()->hasSelection();
    QAction* const copy = menu->addAction(all ? tr("&Copy the table") : tr("&Copy the selected rows"));
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(model() != nullptr && model()->rowCount() > 0);
    connect(copy, &QAction::triggered, this, &TableView::copySelection);
    if (isSignalConnected(QMetaMethod::fromSignal(&TableView::saveRequested))) {
        QAction* const save = menu->addAction(tr("&Save the table as CSV …"));
        save->setEnabled(copy->isEnabled());
        connect(save, &QAction::triggered, this, &TableView::saveRequested);
    }
    menu->popup(event->globalPos());
}

void TableView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace palimpsest
