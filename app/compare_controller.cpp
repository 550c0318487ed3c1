// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compare_controller.h"

#include "app/results_loader.h"
#include "core/io/project_folder.h"
#include "core/pipeline/project.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace palimpsest {

namespace {

/// "r3: pages.poolPages=58, seed=2 on cuda:0"
QString describe(const RunEntry& run)
{
    QStringList overrides;
    for (const std::string& override : run.overrides)
        overrides.push_back(QString::fromStdString(override));
    const QString what = overrides.isEmpty() ? CompareController::tr("the recipe as it was then")
                                             : overrides.join(QStringLiteral(", "));
    return CompareController::tr("%1: %2, on %3")
        .arg(QString::fromStdString(run.id), what, QString::fromStdString(run.device));
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
            std::reverse(runs->begin(), runs->end()); // the newest first
            for (const RunEntry& run : *runs)
                choices.push_back({ QString::fromStdString(run.id), describe(run) });
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
