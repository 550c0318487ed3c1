// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/memory/memory_view.h"

#include "widgets/export/picture.h"
#include "widgets/memory/memory_bars.h"
#include "widgets/models/memory_model.h"
#include "widgets/plots/stack_plot.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/csv.h"
#include "widgets/tables/table_painter.h"
#include "widgets/tables/table_view.h"

#include <QPainter>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace palimpsest {

namespace {

/// Row of MemoryModel that holds a part alone; -1: none does.
int rowOf(int kind)
{
    switch (static_cast<MemoryPart>(kind)) {
    case MemoryPart::Whole:
        return 0;
    case MemoryPart::Pool:
        return 1;
    case MemoryPart::Exclusive:
        return 2;
    case MemoryPart::Private:
        return 3;
    case MemoryPart::Tables:
        return 4;
    case MemoryPart::Scales:
        return 5;
    case MemoryPart::Scratch:
        return 7; // 6 is the sum
    }
    return -1;
}

int kindOf(int row)
{
    for (int kind = 0; kind <= static_cast<int>(MemoryPart::Whole); ++kind)
        if (rowOf(kind) == row)
            return kind;
    return -1;
}

} // namespace

MemoryView::MemoryView(Selection& selection, QWidget* parent)
    : View(selection, parent)
    , m_model(new MemoryModel(this))
    , m_plot(new StackPlot)
    , m_table(new TableView)
{
    m_plot->setAccessibleName(tr("Bytes of each form, as stacked bars"));
    m_plot->setAxes({ tr("Bytes (1 KB = 1,000 bytes)"), Plot::Text::Bytes, false }, {});
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("memoryTable"));
    m_table->setAccessibleName(tr("Bytes of each part"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* const both = new QSplitter(Qt::Vertical);
    both->setObjectName(QStringLiteral("memorySplitter"));
    both->setChildrenCollapsible(false);
    both->addWidget(m_plot);
    both->addWidget(m_table);
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 2);
    m_page = new EmptyPage(both);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_page);

    connect(m_plot, &Plot::hovered, this, &View::statusChanged);
    connect(m_plot, &StackPlot::partClicked, this, [this](int /*bar*/, int kind) {
        const int row = kind < 0 ? -1 : rowOf(kind);
        if (row >= 0)
            m_table->setCurrentIndex(m_model->index(row, 0));
        else
            m_table->clearSelection();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        m_plot->setHighlightedKind(rows.isEmpty() ? -1 : kindOf(rows.constFirst().row()));
    });
    setResults(nullptr);
}

void MemoryView::setResults(const std::shared_ptr<const RunResults>& results)
{
    const std::shared_ptr<const ReportModel> report = results ? results->report : nullptr;
    m_model->setReport(report);
    m_table->fitColumns();
    m_plot->setBars(memoryPartNames(), report ? memoryBars(*report) : std::vector<StackBar> {});
    if (report)
        m_page->showContent();
    else
        m_page->showHint(tr(
            "No bytes are counted yet.\n\nThe stage place counts them: of the networks as they were, of the "
            "packed ones part by part, and of the baselines."));
}

bool MemoryView::paintTo(QPainter& painter, const QRectF& target) const
{
    if (!m_page->hint().isEmpty())
        return false;
    painter.save();
    QRectF place = paintCaption(painter, beginPicture(painter, target, *this), *this, tr("Memory"));
    const double table = std::min(tableHeight(*m_model, font()), 0.5 * place.height());
    m_plot->paintTo(painter, place.adjusted(0.0, 0.0, 0.0, -table));
    place.setTop(place.bottom() - table);
    paintTable(painter, place, *m_model, font(), palette());
    painter.restore();
    return true;
}

QString MemoryView::csv() const
{
    if (!m_page->hint().isEmpty())
        return {};
    const QStringList kinds = memoryPartNames();
    QString text = csvLine(
        { QStringLiteral("bar"), QStringLiteral("part"), QStringLiteral("bytes"), QStringLiteral("share") });
    for (const StackBar& bar : m_plot->bars()) {
        double sum = 0.0;
        for (const StackPart& part : bar.parts)
            sum += part.value;
        for (const StackPart& part : bar.parts)
            text += csvLine({ bar.name, kinds.value(part.kind), QString::number(part.value, 'f', 0),
                csvNumber(sum > 0.0 ? part.value / sum : 0.0) });
    }
    return text;
}

} // namespace palimpsest
