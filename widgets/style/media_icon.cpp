// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/media_icon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

namespace palimpsest {

namespace {

constexpr double kSide = 24.0; ///< of the square in which signs are drawn

void addArrow(QPainterPath& path, double left, double right)
{
    path.moveTo(left, 5.0);
    path.lineTo(right, 12.0);
    path.lineTo(left, 19.0);
    path.closeSubpath();
}

QPainterPath pathOf(MediaSign sign)
{
    QPainterPath path;
    switch (sign) {
    case MediaSign::Play:
        addArrow(path, 6.0, 19.0);
        break;
    case MediaSign::ToEnd:
        addArrow(path, 2.0, 10.5);
        addArrow(path, 10.5, 19.0);
        path.addRect(19.0, 5.0, 3.0, 14.0);
        break;
    case MediaSign::Forward:
        addArrow(path, 2.5, 11.5);
        addArrow(path, 11.5, 20.5);
        break;
    case MediaSign::Stop:
        path.addRect(6.0, 6.0, 12.0, 12.0);
        break;
    }
    return path;
}

class MediaIconEngine : public QIconEngine {
public:
    explicit MediaIconEngine(MediaSign sign)
        : m_sign(sign)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State /*state*/) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / kSide, rect.height() / kSide);
        painter->fillPath(pathOf(m_sign), QGuiApplication::palette().color(group, role));
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new MediaIconEngine(m_sign); }

private:
    MediaSign m_sign;
};

} // namespace

QIcon mediaIcon(MediaSign sign)
{
    return QIcon(new MediaIconEngine(sign));
}

} // namespace palimpsest
