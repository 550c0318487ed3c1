// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/plot.h"

#include <vector>

namespace palimpsest {

/// One piece of a stacked bar. Pieces of one kind look alike in all bars and stand once in the legend.
struct StackPart {
    int kind = 0;
    double value = 0.0; ///< >= 0
};

struct StackBar {
    QString name;
    QString text; ///< at the end of the bar: the sum for people
    std::vector<StackPart> parts; ///< from the left
    double limit = 0.0; ///< a mark across the bar; 0: none
    QString limitText;
};

/// Stacked horizontal bars over one axis from 0, each piece with a colour and a pattern.
class StackPlot : public Plot {
    Q_OBJECT
public:
    explicit StackPlot(QWidget* parent = nullptr);
    /// @param kinds  names of the kinds of parts
    void setBars(const QStringList& kinds, std::vector<StackBar> bars);
    [[nodiscard]] const std::vector<StackBar>& bars() const { return m_bars; }
    /// Pieces of this kind get a strong outline; -1: none.
    void setHighlightedKind(int kind);

Q_SIGNALS:
    void partClicked(int bar, int kind);

protected:
    [[nodiscard]] std::optional<QRectF> dataBounds() const override;
    [[nodiscard]] QRectF padded(const QRectF& bounds) const override;
    void applyColors() override;
    [[nodiscard]] QString textAt(const QPointF& pixel) const override;
    void click(const QPointF& pixel) override;

private:
    struct Hit {
        int bar = -1;
        int part = -1;
    };
    [[nodiscard]] Hit partAt(const QPointF& pixel) const;
    void build();

    QStringList m_kinds;
    std::vector<StackBar> m_bars;
    int m_highlighted = -1;
};

} // namespace palimpsest
