// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/compare_view.h"
#include "widgets/worker/newest_task.h"

#include <QObject>

#include <array>
#include <filesystem>

namespace palimpsest {

/// Gives a compare view the kept runs of a project and the results of those that it asks for, read on threads of their own.
class CompareController : public QObject {
    Q_OBJECT
public:
    /// `view` outlives the controller.
    explicit CompareController(CompareView& view, QObject* parent = nullptr);

    /// Reads the list of runs again: another project is open, or a run was added. An empty folder: no project.
    void setProject(const std::filesystem::path& folder);
    [[nodiscard]] bool isBusy() const;

private:
    void readRun(const QString& id, CompareView::Side side);

    CompareView& m_view;
    std::filesystem::path m_folder;
    NewestTask m_listing;
    std::array<NewestTask, 2> m_reading; ///< one a side
};

} // namespace palimpsest
