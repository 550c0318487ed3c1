// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace palimpsest {

class MainWindow;

/// Walks the import assistant in a new project, from a network that is dropped on the window to a task, and has each page and the
/// window at the end saved.
/// @param place    folder that the new project goes into
/// @param save     takes a widget and the name of its picture; false where it went wrong
/// @return false, with a line on standard error, where a page did not come
[[nodiscard]] bool shootImport(MainWindow& window, const QString& place, const QString& network,
    const QString& data, const std::function<bool(QWidget& widget, const QString& name)>& save);

} // namespace palimpsest
