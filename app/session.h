// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document/project_document.h"
#include "app/project_reader.h"
#include "widgets/job/job_queue.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// The open project: its document, how far its stages are, its results, and the jobs that make them. Everything that takes
/// time is done on other threads.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);

    /// Opening, saving, closing, and what other programs do to project.json.
    [[nodiscard]] ProjectDocument& file() { return m_file; }
    [[nodiscard]] RecipeDocument& document() { return m_file.recipe(); }
    [[nodiscard]] JobQueue& jobs() { return m_jobs; }

    [[nodiscard]] bool hasProject() const { return m_file.isOpen(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_file.folder(); }
    [[nodiscard]] const StageStates& states() const { return m_states; }
    [[nodiscard]] const ShownResults& results() const { return m_results; }
    /// A project, its states or its results are being read, or it is being saved.
    [[nodiscard]] bool isLoading() const;
    /// Reads states and results again: somebody may have run the project elsewhere.
    void refresh();

    /// Where jobs run: "cpu", "cuda:0".
    void setDevice(const QString& device) { m_device = device; }
    [[nodiscard]] const QString& device() const { return m_device; }
    /// Saves the recipe and adds a job that runs what is not done from the first stage to `until` (empty: all). Where it cannot be
    /// saved nothing is run: saveFailed() or changedElsewhere() of the document say why.
    void runUpTo(std::optional<Stage> until = std::nullopt);
    /// The same for one stage, also where it is done, and what it needs and is not done.
    void runStage(Stage stage);
    /// The same for whatever is asked for; the device is the session's.
    void run(const QString& title, const RunOptions& options);
    /// A job of the open project: where it lies, its recipe as it was when the user asked, and the device.
    struct JobPlace {
        std::filesystem::path folder;
        std::shared_ptr<const Recipe> recipe;
        std::string device;
    };
    using Work = std::function<Result<JobEnd>(const JobPlace&, JobChannel&, const std::stop_token&)>;
    /// The same for other work than the stages. @param ended  called once, in this thread; never where the project was closed before, or the
    /// recipe could not be saved
    void runWork(const QString& title, Work work, std::function<void(JobState)> ended = {});
    /// Cancels the jobs of the open project.
    void cancel();
    /// The stage that the open project's job is in; empty: none runs.
    [[nodiscard]] const QString& runningStage() const { return m_runningStage; }
    /// Whether a job of the open project waits or runs, or will as soon as the recipe is saved.
    [[nodiscard]] bool isRunning() const;

Q_SIGNALS:
    /// Another project is open, or none.
    void projectChanged();
    void statesChanged();
    void resultsChanged();
    void runningStageChanged(const QString& stage);
    void runningChanged(); ///< isRunning() may differ
    // Of the open project's jobs.
    void jobBegun();
    void progressChanged(const palimpsest::JobProgress& progress);
    void samplesArrived(const std::vector<palimpsest::Sample>& samples);
    void eventsArrived(const std::vector<std::shared_ptr<const palimpsest::StageEvent>>& events);

private:
    /// A run that waits for the recipe to be saved.
    struct Wish {
        QString title;
        Work work;
        std::function<void(JobState)> ended; ///< may be empty
        JobPlace place;
    };
    void connectJobs();
    void forget();
    void startWish();
    [[nodiscard]] bool isOurs(int job) const;
    void setRunningStage(const QString& stage);

    ProjectDocument m_file;
    StageStates m_states;
    ShownResults m_results;
    QString m_device = QStringLiteral("cpu");
    std::vector<int> m_ours; ///< jobs of the open project
    std::map<int, std::function<void(JobState)>> m_ended; ///< of these, who wants to hear of their end
    std::optional<Wish> m_wish;
    QString m_runningStage;
    QTimer m_refreshSoon; ///< edits come in bursts: a drag of a slider is one wish
    ProjectReader m_reader;
    JobQueue m_jobs; // last: its destructor waits for threads that use the above
};

} // namespace palimpsest
