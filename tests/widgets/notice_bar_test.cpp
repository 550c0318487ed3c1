// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notice/notice_bar.h"

#include <QPushButton>
#include <QToolButton>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using Kind = NoticeBar::Kind;
const QString kDisk = QStringLiteral("disk");
const QString kOffer = QStringLiteral("offer");

TEST(NoticeBar, ShowsOneNoticeAName)
{
    NoticeBar bar;
    EXPECT_FALSE(bar.isVisibleTo(nullptr));
    bar.show(kDisk, Kind::Error, QStringLiteral("The disk is full."));
    bar.show(kDisk, Kind::Error, QStringLiteral("The disk is still full."));
    EXPECT_EQ(bar.texts(), QStringList { QStringLiteral("The disk is still full.") });
    bar.show(kOffer, Kind::Info, QStringLiteral("Edits were found."));
    EXPECT_EQ(bar.texts().size(), 2);
    bar.show(kDisk, Kind::Error, {});
    EXPECT_EQ(bar.text(kDisk), QString());
    EXPECT_EQ(bar.text(kOffer), QStringLiteral("Edits were found."));
    bar.remove(kOffer);
    EXPECT_FALSE(bar.isVisibleTo(nullptr)) << "an empty bar takes no room";
}

TEST(NoticeBar, AButtonActsAndTakesTheNoticeAway)
{
    NoticeBar bar;
    int recovered = 0;
    bar.show(kOffer, Kind::Info, QStringLiteral("Edits were found."),
        { { QStringLiteral("Recover"), {}, [&] {
               ++recovered;
               bar.show(kOffer, Kind::Info, QStringLiteral("Recovered.")); // its own name again
           } } });
    QPushButton* const button = bar.button(kOffer, QStringLiteral("Recover"));
    ASSERT_NE(button, nullptr);
    button->click();
    EXPECT_EQ(recovered, 1);
    EXPECT_EQ(bar.text(kOffer), QStringLiteral("Recovered."));
    EXPECT_EQ(bar.button(kOffer, QStringLiteral("Recover")), nullptr);
    EXPECT_EQ(bar.button(kDisk, QStringLiteral("Recover")), nullptr);
}

TEST(NoticeBar, CanBeDismissed)
{
    NoticeBar bar;
    bar.show(kDisk, Kind::Warning, QStringLiteral("The disk is nearly full."));
    bar.findChild<QToolButton*>()->click();
    EXPECT_TRUE(bar.texts().isEmpty());
}

} // namespace
} // namespace palimpsest
