// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/swatch_delegate.h"

#include <QIcon>
#include <QImage>
#include <QStandardItemModel>

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

class Shown : public SwatchDelegate {
public:
    using SwatchDelegate::initStyleOption;
};

TEST(SwatchDelegate, FramesTheColourOfASelectedRowAlone)
{
    QStandardItemModel model(1, 1);
    const QModelIndex index = model.index(0, 0);
    QStyleOptionViewItem option;
    option.decorationSize = QSize(16, 16);
    option.palette.setColor(QPalette::HighlightedText, Qt::white);
    const Shown delegate;
    const auto corner = [&](QStyle::State state, const QVariant& decoration) {
        model.setData(index, decoration, Qt::DecorationRole);
        option.state = state;
        delegate.initStyleOption(&option, index);
        const QImage image = option.icon.pixmap(QSize(16, 16), QIcon::Selected).toImage();
        EXPECT_FALSE(image.isNull());
        EXPECT_GT(image.pixelColor(8, 8).blue(), 100);
        return image.pixelColor(0, 0);
    };
    EXPECT_EQ(corner(QStyle::State_Enabled | QStyle::State_Selected, QColor(Qt::blue)), QColor(Qt::white));
    EXPECT_NE(corner(QStyle::State_Enabled, QColor(Qt::blue)), QColor(Qt::white));
}

} // namespace
} // namespace palimpsest
