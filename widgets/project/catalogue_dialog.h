// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/catalogue.h"
#include "core/data/fetch.h"
#include "core/job/job_channel.h"
#include "widgets/job/job_runner.h"

#include <QDialog>

#include <functional>
#include <memory>
#include <string>
#include <vector>

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace palimpsest {

class CatalogueModel;
class NewestTask;
class ProblemLabel;
class TableView;

/// What the dialog has done for it by the engine. All but isPresent and isAccepted run on worker threads.
struct DataFetcher {
    std::vector<CatalogueEntry> entries;
    std::function<bool(const CatalogueEntry& entry)> isPresent; ///< worker thread; looks at names and sizes
    std::function<Result<bool>(const CatalogueEntry& entry)> isAccepted; ///< the licence
    std::function<Status(const CatalogueEntry& entry)> accept;
    /// @return files of which no SHA-256 is known
    std::function<Result<std::vector<UnconfirmedFile>>(
        const CatalogueEntry& entry, const JobContext& context)>
        download;
    std::function<Status(const UnconfirmedFile& file)> pin;
    std::function<Result<std::string>(const CatalogueEntry& entry, const JobContext& context)>
        convert; ///< a summary
};

/// The data sets that the program knows: what they are, what their licence asks, whether they are here, and a button that fetches
/// one. A licence that allows no commercial use is accepted once; a file of which no SHA-256 is known yet is shown first, and
/// taken when the user says so.
class CatalogueDialog : public QDialog {
    Q_OBJECT
public:
    explicit CatalogueDialog(DataFetcher fetcher, QWidget* parent = nullptr);
    ~CatalogueDialog() override; ///< cancels what is fetched; what came stays for the next time

    void select(int row);
    void fetch(); ///< the selected one
    void confirm(); ///< takes the files that were shown
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_jobs.isBusy(); }

Q_SIGNALS:
    void fetched(const QString& name); ///< a data set is here now

private:
    enum class Step { None, Download, Confirm, Convert };
    [[nodiscard]] QWidget* createDetails();
    [[nodiscard]] int current() const;
    void lookForFiles();
    void showEntry();
    void onJobState(JobRunner::State state);
    void startConversion();
    void fail(const Error& error);

    DataFetcher m_fetcher;
    CatalogueModel* m_model;
    NewestTask* m_looking;
    TableView* m_table;
    QLabel* m_details = nullptr;
    QCheckBox* m_consent = nullptr;
    QLabel* m_question = nullptr;
    QProgressBar* m_progress = nullptr;
    ProblemLabel* m_problem = nullptr;
    QPushButton* m_fetch = nullptr;
    QPushButton* m_confirm = nullptr;
    QPushButton* m_cancel = nullptr;
    Step m_step = Step::None;
    int m_fetching = -1; ///< row
    std::shared_ptr<std::vector<UnconfirmedFile>> m_unconfirmed; ///< written by the job before it ends
    JobRunner m_jobs; // last: its thread ends before the rest goes
};

} // namespace palimpsest
