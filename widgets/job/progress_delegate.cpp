// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job/progress_delegate.h"

#include "widgets/job/job_queue.h"

#include <QPainter>

namespace palimpsest {

void ProgressDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant fraction = index.data(JobQueue::FractionRole);
    if (!fraction.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    // Text stays on the row's own ground; the bar runs below it: readable in every style and palette.
    QStyledItemDelegate::paint(painter, option, index);
    QRectF bar = option.rect;
    bar.setTop(bar.bottom() - bar.height() / 6.0);
    QColor color = option.palette.color(
        option.state.testFlag(QStyle::State_Selected) ? QPalette::HighlightedText : QPalette::Highlight);
    color.setAlphaF(0.3F);
    painter->fillRect(bar, color);
    color.setAlphaF(1.0F);
    bar.setWidth(bar.width() * fraction.toDouble());
    painter->fillRect(bar, color);
}

} // namespace palimpsest
