// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/task_legend.h"

#include "widgets/plots/curve_style.h"
#include "widgets/view/selection.h"

#include <QEvent>
#include <QHash>
#include <QScopedValueRollback>

#include <algorithm>

namespace palimpsest {

TaskLegend::TaskLegend(Selection& selection, QWidget* parent)
    : QListWidget(parent)
    , m_selection(selection)
{
    setAccessibleName(tr("Tasks and their curves"));
    setToolTip(
        tr("Select a task here to select it everywhere. The check box, or the space bar, hides its curve."));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    connect(this, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        if (!m_isFilling)
            Q_EMIT shownChanged(row(item), item->checkState() == Qt::Checked);
    });
    connect(this, &QListWidget::currentRowChanged, this, [this](int task) {
        if (!m_isFilling && task >= 0 && m_selection.item().task != task)
            m_selection.set({ .task = task });
    });
    connect(&m_selection, &Selection::changed, this, &TaskLegend::showSelected);
}

void TaskLegend::setTasks(const QStringList& names)
{
    QHash<QString, Qt::CheckState> before;
    for (int task = 0; task < count(); ++task)
        before[item(task)->text()] = item(task)->checkState();
    QStringList old;
    for (int task = 0; task < count(); ++task)
        old << item(task)->text();
    if (old == names)
        return;
    {
        const QScopedValueRollback filling(m_isFilling, true);
        clear();
        for (const QString& name : names) {
            auto* const entry = new QListWidgetItem(name, this);
            entry->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            entry->setCheckState(before.value(name, Qt::Checked));
        }
        paintSwatches();
    }
    for (int task = 0; task < count(); ++task)
        Q_EMIT shownChanged(task, isShown(task)); // the tasks have other places now
    showSelected(m_selection.item());
    updateGeometry();
}

bool TaskLegend::isShown(int task) const
{
    return item(task) != nullptr && item(task)->checkState() == Qt::Checked;
}

QSize TaskLegend::sizeHint() const
{
    return { std::max(sizeHintForColumn(0), fontMetrics().averageCharWidth() * 14) + 2 * frameWidth()
            + fontMetrics().averageCharWidth(),
        fontMetrics().height() * 8 };
}

QSize TaskLegend::minimumSizeHint() const
{
    return { std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 24),
        QListWidget::minimumSizeHint().height() };
}

void TaskLegend::showSelected(const SelectedItem& selected)
{
    const QScopedValueRollback filling(m_isFilling, true);
    if (selected.task >= 0 && selected.task < count()) {
        setCurrentRow(selected.task);
    } else {
        setCurrentItem(nullptr);
        clearSelection();
    }
}

void TaskLegend::paintSwatches()
{
    const QSize size(fontMetrics().height() * 2, fontMetrics().height());
    setIconSize(size);
    const QScopedValueRollback filling(m_isFilling, true);
    for (int task = 0; task < count(); ++task) {
        const QPixmap swatch = curveSwatch({ .name = item(task)->text(), .task = task }, *this, size);
        QIcon icon(swatch);
        icon.addPixmap(swatch, QIcon::Selected); // not tinted: its colour is what it is for
        item(task)->setIcon(icon);
    }
}

void TaskLegend::changeEvent(QEvent* event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        paintSwatches();
}

} // namespace palimpsest
