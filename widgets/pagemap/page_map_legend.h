// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_coloring.h"

#include <QWidget>

#include <optional>

namespace palimpsest {

/// The colour bar of a page map with the values at its ends.
class PageMapLegend : public QWidget {
    Q_OBJECT
public:
    explicit PageMapLegend(QWidget* parent = nullptr);
    /// Empty: nothing is drawn.
    void setColoring(const std::optional<PageColoring>& coloring);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<PageColoring> m_coloring;
};

} // namespace palimpsest
