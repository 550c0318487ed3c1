// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/cell_colors.h"

#include <QFontMetricsF>
#include <QWidget>

#include <vector>

class QPainter;

namespace palimpsest {

/// What the colours of a page map mean: a bar from the lowest to the highest value with their unit, and a swatch with its pattern for every
/// category that occurs. As many lines as its width makes it need.
class PageMapLegend : public QWidget {
    Q_OBJECT
public:
    explicit PageMapLegend(QWidget* parent = nullptr);
    /// Reads the scale and the categories of `cells`, not its codes.
    void setCells(const PageCells& cells);
    [[nodiscard]] QString text() const; ///< the legend in words, for screen readers
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    void paint(QPainter& painter, const QRectF& target) const;
    [[nodiscard]] double heightIn(double width, const QFontMetricsF& metrics) const; ///< of paint()

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Part {
        QString text;
        std::uint8_t code = 0; ///< of a swatch; 0: the bar
        QString highText; ///< of the bar
    };
    [[nodiscard]] std::vector<Part> parts() const;
    /// Where each part begins, in lines that are `width` wide.
    [[nodiscard]] std::vector<QPointF> placesOf(
        const std::vector<Part>& parts, double width, const QFontMetricsF& metrics) const;
    [[nodiscard]] static double widthOf(const Part& part, const QFontMetricsF& metrics);

    PageMapMode m_mode = PageMapMode::Pool;
    PageQuantity m_quantity = PageQuantity::Tenants;
    ValueScale m_scale;
    std::uint16_t m_categories = 0;
    CellColors m_colors;
};

} // namespace palimpsest
