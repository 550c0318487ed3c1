// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/swatch_delegate.h"

#include <QPainter>
#include <QPixmap>

#include <algorithm>

namespace palimpsest {

void SwatchDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QVariant color = index.data(Qt::DecorationRole);
    if (!option->state.testFlag(QStyle::State_Selected) || color.userType() != QMetaType::QColor)
        return;
    QPixmap swatch(option->decorationSize);
    swatch.fill(option->palette.color(QPalette::HighlightedText));
    const int frame = std::max(swatch.width() / 8, 1);
    QPainter(&swatch).fillRect(swatch.rect().adjusted(frame, frame, -frame, -frame), color.value<QColor>());
    option->icon = QIcon(swatch);
    option->icon.addPixmap(swatch, QIcon::Selected); // not tinted: its colour is what it is for
}

} // namespace palimpsest
