// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace palimpsest {

/// Whether a palette is one of strong contrasts: text and ground are (almost) white and black.
[[nodiscard]] bool isStrongContrast(const QPalette& palette);

/// A style that draws lines around fields and check boxes where a palette has strong contrasts. Styles take the colour of such lines from the
/// window's, made darker: on black nobody sees them.
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
