// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/plot.h"

#include <memory>
#include <utility>
#include <vector>

class QCPColorMap;
class QCPColorScale;

namespace palimpsest {

/// Rows of cells whose colours say a quantity by its logarithm; the rows may be of different length. Where there are more cells
/// than pixels, a pixel shows the greatest of those it covers.
class HeatPlot : public Plot {
    Q_OBJECT
public:
    using Rows
        = std::vector<std::vector<double>>; ///< >= 0; what is 0 gets the colour of the least that is more

    explicit HeatPlot(QWidget* parent = nullptr);
    ~HeatPlot() override;

    /// @param quantity  of the colours, with its unit
    void setCells(const QStringList& names, std::shared_ptr<const Rows> rows, const QString& quantity);
    /// Cells with a frame: of one row, ranges [first, last]. -1: none.
    void setMarked(int row, const std::vector<std::pair<int, int>>& ranges);

Q_SIGNALS:
    void cellClicked(int row, int column);

protected:
    [[nodiscard]] std::optional<QRectF> dataBounds() const override;
    [[nodiscard]] QRectF padded(const QRectF& bounds) const override { return bounds; }
    void prepare(int width) override;
    void applyColors() override;
    [[nodiscard]] QString textAt(const QPointF& pixel) const override;
    void click(const QPointF& pixel) override;

private:
    [[nodiscard]] std::pair<int, int> cellAt(const QPointF& pixel) const; ///< row and column; -1: none there
    void placeMarks();

    QStringList m_names;
    std::shared_ptr<const Rows> m_rows;
    QString m_quantity;
    double m_least = 1.0, m_greatest = 1.0; ///< of the quantity, both > 0
    int m_markedRow = -1;
    std::vector<std::pair<int, int>> m_marked;
    QCPColorMap* m_map; ///< the plot owns it, as the scale
    QCPColorScale* m_scale;
};

} // namespace palimpsest
