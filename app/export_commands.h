// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "widgets/export/view_exporter.h"
#include "widgets/project/background_queue.h"

#include <QObject>

#include <functional>
#include <vector>

class QWidget;

namespace palimpsest {

class LogModel;
class NoticeBar;
class Session;
class View;

/// What leaves the program: views as pictures and data, the report as HTML or PDF with the views' pictures, the bundle that a
/// device runs. Files are written on other threads; how it went stands in the log, and above the views where it failed.
class ExportCommands : public QObject {
    Q_OBJECT
public:
    /// All outlive the object. Dialogs belong to `window`.
    ExportCommands(Session& session, NoticeBar& notices, LogModel& log, QWidget& window);

    /// Views are in the report, and get menus that save and copy.
    void setViews(const std::vector<View*>& views);
    [[nodiscard]] ViewExporter& views() { return m_exporter; }

    void askReport(); ///< asks for a file
    void writeReport(const QString& file); ///< its ending, .html or .pdf, chooses the form
    void askBundle(); ///< asks for a folder
    void writeBundle(const QString& folder);

Q_SIGNALS:
    void done(const QString& path); ///< it is written whole
    void failed(const palimpsest::Error& error);

private:
    void runLater(const QString& path, std::function<Status()> work);
    void onDone(const QString& path);
    void onFailed(const Error& error);

    Session& m_session;
    NoticeBar& m_notices;
    LogModel& m_log;
    QWidget& m_window;
    std::vector<View*> m_views;
    ViewExporter m_exporter;
    BackgroundQueue m_queue; // last: its thread ends before the rest goes
};

} // namespace palimpsest
