// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/catalogue_dialog.h"

#include "widgets/project/catalogue_model.h"
#include "widgets/project/problem_label.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace palimpsest {
namespace {

constexpr int kPatienceMs = 20000;

/// A made-up catalogue: "free" with a known hash, "limited" for non-commercial use and without one, "byhand" without downloads.
struct FakeCatalogue {
    std::mutex mutex;
    std::set<std::string> present, accepted, pinned;
    std::atomic<bool> hangs = false;
    std::atomic<bool> fails = false;

    DataFetcher fetcher()
    {
        CatalogueEntry free;
        free.name = free.title = "free";
        CatalogueDownload archive;
        archive.url = "https://example.org/free.zip";
        archive.file = "free.zip";
        archive.aboutBytes = 1'500'000;
        archive.sha256 = "aa";
        free.downloads = { archive };
        CatalogueEntry limited = free;
        limited.name = limited.title = "limited";
        limited.isNonCommercial = true;
        CatalogueEntry byHand;
        byHand.name = byHand.title = "byhand";
        byHand.page = "https://example.org/byhand";
        return { .entries = { free, limited, byHand },
            .isPresent =
                [this](const CatalogueEntry& entry) {
                    const std::lock_guard lock(mutex);
                    return present.contains(entry.name);
                },
            .isAccepted
            = [this](const CatalogueEntry& entry) -> Result<bool> { return accepted.contains(entry.name); },
            .accept =
                [this](const CatalogueEntry& entry) {
                    accepted.insert(entry.name);
                    return success();
                },
            .download = [this](const CatalogueEntry& entry,
                            const JobContext& context) -> Result<std::vector<UnconfirmedFile>> {
                while (hangs && !context.isCanceled())
                    std::this_thread::yield();
                if (context.isCanceled())
                    return canceled();
                if (fails)
                    return badInput("the server sent other bytes", entry.downloads[0].url);
                if (entry.name == "limited")
                    return std::vector<UnconfirmedFile> { { entry.downloads[0].url, "limited.zip", "bb12",
                        1234567 } };
                return std::vector<UnconfirmedFile> {};
            },
            .pin =
                [this](const UnconfirmedFile& file) {
                    pinned.insert(file.sha256);
                    return success();
                },
            .convert = [this](const CatalogueEntry& entry, const JobContext&) -> Result<std::string> {
                const std::lock_guard lock(mutex);
                present.insert(entry.name);
                return entry.name + ": 10 samples";
            } };
    }
};

struct Shown {
    FakeCatalogue catalogue;
    CatalogueDialog dialog { catalogue.fetcher() };
    CatalogueModel* model = dialog.findChild<CatalogueModel*>();
    Shown()
    {
        dialog.show();
        waitFor([&] { return model->presence(0) != CatalogueModel::Presence::Unknown; });
    }
    static void waitFor(const std::function<bool()>& what)
    {
        ASSERT_TRUE(QTest::qWaitFor(what, kPatienceMs));
    }
    QPushButton* button(const char* name) { return dialog.findChild<QPushButton*>(QLatin1String(name)); }
    QString state(int row) { return model->index(row, CatalogueModel::StateColumn).data().toString(); }
    QString problem() { return dialog.findChild<ProblemLabel*>()->problem(); }
};

TEST(CatalogueDialog, FetchesWhatIsKnownInOneGo)
{
    Shown s;
    const QAbstractItemModelTester tester(s.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy fetched(&s.dialog, &CatalogueDialog::fetched);
    EXPECT_EQ(s.state(0), QStringLiteral("can be fetched"));
    EXPECT_EQ(s.model->index(0, CatalogueModel::SizeColumn).data().toString(), QStringLiteral("1.50 MB"));
    s.button("fetch")->click();
    ASSERT_TRUE(fetched.count() > 0 || fetched.wait(kPatienceMs));
    EXPECT_EQ(fetched.at(0).at(0).toString(), QStringLiteral("free"));
    EXPECT_EQ(s.state(0), QStringLiteral("here"));
    EXPECT_FALSE(s.button("fetch")->isVisible()) << "nothing is left to fetch";
}

TEST(CatalogueDialog, AsksForConsentOnceAndShowsAnUnknownHashBeforeItIsTaken)
{
    Shown s;
    s.dialog.select(1);
    auto* const consent = s.dialog.findChild<QCheckBox*>(QStringLiteral("consent"));
    EXPECT_TRUE(consent->isVisible());
    EXPECT_FALSE(s.button("fetch")->isEnabled());
    s.dialog.fetch();
    EXPECT_FALSE(s.dialog.isBusy()) << "not without consent";
    consent->click();
    s.button("fetch")->click();
    EXPECT_TRUE(s.catalogue.accepted.contains("limited"));
    Shown::waitFor([&] { return s.button("confirm")->isVisible(); });
    bool isShown = false;
    for (const QLabel* label : s.dialog.findChildren<QLabel*>())
        isShown = isShown || (label->isVisible() && label->text().contains(QStringLiteral("bb12")));
    EXPECT_TRUE(isShown);
    EXPECT_TRUE(s.catalogue.pinned.empty()) << "nothing is taken unasked";
    QSignalSpy fetched(&s.dialog, &CatalogueDialog::fetched);
    s.button("confirm")->click();
    ASSERT_TRUE(fetched.count() > 0 || fetched.wait(kPatienceMs));
    EXPECT_TRUE(s.catalogue.pinned.contains("bb12"));
    EXPECT_FALSE(consent->isVisible());
}

TEST(CatalogueDialog, CancelsAndSaysWhatFailed)
{
    Shown s;
    s.catalogue.hangs = true;
    s.button("fetch")->click();
    EXPECT_TRUE(s.button("cancel")->isVisible());
    s.button("cancel")->click();
    Shown::waitFor([&] { return !s.dialog.isBusy(); });
    EXPECT_EQ(s.problem(), QString()) << "that is no failure";
    EXPECT_EQ(s.state(0), QStringLiteral("can be fetched"));
    EXPECT_TRUE(s.button("fetch")->isVisible());
    s.catalogue.hangs = false;
    s.catalogue.fails = true;
    s.button("fetch")->click();
    Shown::waitFor([&] { return !s.dialog.isBusy() && !s.problem().isEmpty(); });
    EXPECT_TRUE(s.problem().contains(QStringLiteral("other bytes"))) << s.problem().toStdString();
    EXPECT_TRUE(s.button("fetch")->isVisible()) << "it can be tried again";
}

TEST(CatalogueDialog, SaysHowToGetWhatItCannotFetch)
{
    Shown s;
    s.dialog.select(2);
    EXPECT_EQ(s.state(2), QStringLiteral("by hand"));
    EXPECT_FALSE(s.button("fetch")->isVisible());
    bool isSaid = false;
    for (const QLabel* label : s.dialog.findChildren<QLabel*>())
        isSaid = isSaid
            || (label->text().contains(QStringLiteral("by hand"))
                && label->text().contains(QStringLiteral("example.org/byhand")));
    EXPECT_TRUE(isSaid);
}

TEST(CatalogueDialog, MayBeClosedWhileItFetches)
{
    FakeCatalogue catalogue;
    catalogue.hangs = true;
    {
        CatalogueDialog dialog(catalogue.fetcher());
        dialog.show();
        auto* const model = dialog.findChild<CatalogueModel*>();
        Shown::waitFor([&] { return model->presence(0) != CatalogueModel::Presence::Unknown; });
        dialog.fetch();
        EXPECT_TRUE(dialog.isBusy());
    }
    QCoreApplication::processEvents();
}

} // namespace
} // namespace palimpsest
