// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compare_controller.h"

#include "app/results_loader.h"
#include "core/io/project_folder.h"
#include "core/pipeline/project.h"
#include "widgets/project/recipe_difference.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace palimpsest {

namespace {

constexpr qsizetype kMostDifferences = 3; ///< that a line of the list names

/// What tells a run from the one before it: "Pool pages 58 → 37".
QString whatIsNew(const Recipe& recipe, const std::optional<Recipe>& before)
{
    if (!before)
        return CompareController::tr("the first run");
    QStringList lines = recipeDifferences(*before, recipe);
    const qsizetype more = lines.size() - kMostDifferences;
    if (more > 0) {
        lines.resize(kMostDifferences);
        lines << CompareController::tr("and %1 more").arg(more);
    }
    return lines.isEmpty() ? CompareController::tr("the same settings") : lines.join(QStringLiteral(", "));
}

/// Runs as they are kept, the oldest first.
QList<RunChoice> choicesOf(const std::filesystem::path& folder, const std::vector<RunEntry>& runs)
{
    QList<RunChoice> choices;
    std::optional<Recipe> before;
    for (const RunEntry& run : runs) {
        const QString id = QString::fromStdString(run.id);
        const Result<Project> project = Project::openRun(folder, run.id);
        if (!project) { // its recipe cannot be read: choosing it says so
            choices.push_back({ id, id });
            continue;
        }
        const bool isFinished = project->isDone("report");
        const QString when = isFinished
            ? QLocale().toString(
                QFileInfo(QString::fromStdString(project->resultFile("report").string())).lastModified(),
                QLocale::ShortFormat)
            : CompareController::tr("not finished");
        choices.push_back({ id,
            CompareController::tr("%1, %2: %3", "run, time, what is new")
                .arg(id, when, whatIsNew(project->recipe(), before)),
            isFinished });
        before = project->recipe();
    }
    return choices;
}

} // namespace

CompareController::CompareController(CompareView& view, QObject* parent)
    : QObject(parent)
    , m_view(view)
{
    connect(&view, &CompareView::runRequested, this, &CompareController::readRun);
}

void CompareController::setProject(const std::filesystem::path& folder)
{
    m_folder = folder;
    if (folder.empty()) {
        m_listing.cancel();
        for (NewestTask& reading : m_reading)
            reading.cancel();
        m_view.setRuns({});
        return;
    }
    m_listing.start([this, folder](const std::stop_token&) -> NewestTask::Show {
        QList<RunChoice> choices;
        if (auto runs = ProjectFolder(folder).readRuns(); runs) {
            choices = choicesOf(folder, *runs);
            std::reverse(choices.begin(), choices.end()); // the newest first
        } // an unreadable runs.json is told of where runs are made
        return [this, choices = std::move(choices)] { m_view.setRuns(choices); };
    });
}

bool CompareController::isBusy() const
{
    return m_listing.isBusy() || std::any_of(m_reading.begin(), m_reading.end(), [](const NewestTask& task) {
        return task.isBusy();
    });
}

void CompareController::readRun(const QString& id, CompareView::Side side)
{
    m_reading[static_cast<std::size_t>(side)].start(
        [this, folder = m_folder, id, side](const std::stop_token&) -> NewestTask::Show {
            std::shared_ptr<const RunResults> results; // nullptr: the view says that it cannot be read
            if (const auto project = Project::openRun(folder, id.toStdString()); project)
                if (auto loaded = loadResults(*project, id.toStdString()); loaded)
                    results = *loaded;
            return [this, side, results] { m_view.setSide(side, results); };
        });
}

} // namespace palimpsest
