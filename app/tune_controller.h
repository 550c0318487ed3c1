// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/job/job_queue.h"
#include "widgets/tune/tune_request.h"
#include "widgets/worker/newest_task.h"

#include <QList>
#include <QObject>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace palimpsest {

class NoticeBar;
class Session;
struct SettingEdit;
struct TuneOutcome;
class TuneView;

/// The search for a packing in the window: asks for its target, runs it as a job of the open project, gives its front to the view while it runs and,
/// from what the project keeps, at other times; says how it ended, and takes the best point where the user wanted that.
class TuneController : public QObject {
    Q_OBJECT
public:
    /// All outlive the controller.
    TuneController(Session& session, TuneView& view, NoticeBar& notices, QWidget& window);
    ~TuneController() override;

    /// Opens the dialog. @param targetBytes  what it begins with; empty: the target of the front that is shown
    void ask(std::optional<std::int64_t> targetBytes);
    /// Nothing happens while a search runs.
    void search(const TuneRequest& request);
    [[nodiscard]] bool isSearching() const { return m_isSearching; }
    [[nodiscard]] bool isReading() const { return m_reading.isBusy(); }

Q_SIGNALS:
    void begun(); ///< a search is shown
    void pointTaken(const QList<palimpsest::SettingEdit>& edits, const QString& text);

private:
    void forget();
    void read();
    void show(const std::vector<std::shared_ptr<const StageEvent>>& events);
    void onEnded(const TuneRequest& request, const TuneOutcome& outcome, JobState state);
    void setSearching(bool isSearching);

    Session& m_session;
    TuneView& m_view;
    NoticeBar& m_notices;
    QWidget& m_window;
    bool m_isSearching = false;
    NewestTask m_reading; // last: its thread ends before the rest goes
};

} // namespace palimpsest
