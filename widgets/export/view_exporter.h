// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "widgets/export/view_file.h"

#include <QObject>
#include <QString>

class QAbstractItemModel;
class QMenu;

namespace palimpsest {

class BackgroundQueue;
class TableView;
class View;

/// Saves views and tables as files and copies them, for the whole window. Files are written on a thread of its own; how it went
/// comes as a signal, never as a dialog.
class ViewExporter : public QObject {
    Q_OBJECT
public:
    explicit ViewExporter(QObject* parent = nullptr);
    ~ViewExporter() override;

    /// Gives the view, and the tables in it, context menus that save and copy.
    void attach(View& view);
    /// Adds what can be done with a view to a menu.
    void addActions(QMenu& menu, View& view);

    /// Asks for a file name and a format; for PNG also for the pixels a point.
    void saveAs(View& view);
    /// Saves without asking, in the format that the suffix names.
    void save(const View& view, const QString& path, const PictureOptions& options = {});
    void copyPicture(const View& view);
    void copyData(const View& view);
    void saveTableAs(TableView& table);
    void saveTable(const QAbstractItemModel& model, const QString& path);

Q_SIGNALS:
    void saved(const QString& path);
    void failed(const palimpsest::Error& error);

private:
    void showMenu(View& view, const QPoint& position);
    void write(const QString& path, std::function<Status()> write);

    BackgroundQueue* m_queue;
};

} // namespace palimpsest
