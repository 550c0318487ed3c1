// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace palimpsest {

/// Whether windows are (almost) black, as in palettes of strong contrasts.
[[nodiscard]] bool hasBlackGround(const QPalette& palette);

/// A style that draws lines around fields and check boxes on black windows. Styles take the colour of such lines from the window's, made darker:
/// on black nobody sees them.
class FieldOutlines : public QProxyStyle {
    Q_OBJECT
public:
    /// @param key  name of the style that draws all else, such as "fusion"
    explicit FieldOutlines(const QString& key);

    [[nodiscard]] const QString& key() const { return m_key; }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
        const QWidget* widget) const override;

private:
    QString m_key;
};

} // namespace palimpsest
