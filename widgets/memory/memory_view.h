// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/view/view.h"

namespace palimpsest {

class EmptyPage;
class MemoryModel;
class StackPlot;
class TableView;

/// Where the bytes go: bars of the networks as they were, of every baseline and of the virtualized form, made up of its parts;
/// then both levels against their budgets. The same as a table beside.
class MemoryView : public View {
    Q_OBJECT
public:
    explicit MemoryView(Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("memory"); }
    [[nodiscard]] QString title() const override { return tr("Memory"); }
    void setResults(const std::shared_ptr<const RunResults>& results) override;
    bool paintTo(QPainter& painter, const QRectF& target) const override;
    /// bar,part,bytes,share: the share is of the bar.
    [[nodiscard]] QString csv() const override;

private:
    MemoryModel* m_model;
    StackPlot* m_plot;
    TableView* m_table;
    EmptyPage* m_page;
};

} // namespace palimpsest
