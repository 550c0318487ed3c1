// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_reader.h"
#include "widgets/job/job_queue.h"
#include "widgets/project/recipe_document.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace palimpsest {

/// The open project: its document, how far its stages are, its results, and the jobs that make them. Everything that takes
/// time is done on other threads.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);

    /// Reads a project and makes it the open one. The newest of several calls wins; where it fails, what was open stays.
    void open(const std::filesystem::path& folder);
    void close();
    /// Reads recipe, states and results again: someone may have edited the recipe or run it elsewhere.
    void reload();

    [[nodiscard]] bool hasProject() const { return !m_folder.empty(); }
    [[nodiscard]] const std::filesystem::path& folder() const
    {
        return m_folder;
    } ///< empty: no project is open
    [[nodiscard]] RecipeDocument& document() { return m_document; }
    [[nodiscard]] JobQueue& jobs() { return m_jobs; }
    [[nodiscard]] const StageStates& states() const { return m_states; }
    [[nodiscard]] const ShownResults& results() const { return m_results; }
    /// A recipe, states or results are being read.
    [[nodiscard]] bool isLoading() const;

    /// Adds a job that runs what is not done from the first stage to `until` (empty: all).
    void runUpTo(std::optional<Stage> until = std::nullopt);
    /// Adds a job that runs one stage, also where it is done, and before it what is not done yet.
    void runStage(Stage stage);
    /// Cancels the jobs of the open project.
    void cancel();
    /// The stage that the open project's job is in; empty: none runs.
    [[nodiscard]] const QString& runningStage() const { return m_runningStage; }
    /// Whether a job of the open project waits or runs.
    [[nodiscard]] bool isRunning() const;

Q_SIGNALS:
    void loadingStarted(const QString& folder);
    /// Another project is open, or none.
    void projectChanged();
    void statesChanged();
    void resultsChanged();
    /// The project could not be opened or read again; the one that was open before stays.
    void loadFailed(const palimpsest::Error& error);
    void runningStageChanged(const QString& stage);
    /// Of the open project's jobs.
    void progressChanged(const palimpsest::JobProgress& progress);
    void jobBegun();
    void samplesArrived(const std::vector<palimpsest::Sample>& samples);
    void idle(); ///< nothing is being read any more

private:
    void readRecipeOf(const std::filesystem::path& folder);
    void onRecipeRead(JobRunner::State state);
    void readStates();
    void run(const QString& title, RunOptions options);
    [[nodiscard]] bool isOurs(int job) const;
    void setRunningStage(const QString& stage);

    std::filesystem::path m_folder;
    RecipeDocument m_document;
    StageStates m_states;
    ShownResults m_results;
    std::vector<int> m_ours; ///< jobs of the open project
    QString m_runningStage;
    std::optional<std::filesystem::path> m_next; ///< to open when m_opener is free again
    /// Written by the opener's thread before it ends.
    struct Opened {
        std::filesystem::path folder;
        std::optional<Recipe> recipe;
    };
    std::shared_ptr<Opened> m_opened;
    QTimer m_readSoon; ///< edits come in bursts: a drag of a slider is one wish
    ProjectReader m_reader;
    // Last: their destructors wait for threads that use the above.
    JobRunner m_opener;
    JobQueue m_jobs;
};

} // namespace palimpsest
