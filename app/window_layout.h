// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

class QMainWindow;
class QSettings;
class QTabWidget;

namespace palimpsest {

/// Size of the window, places of its docks and tool bars, order of the tabs. Kept in the settings under "layout/" with a
/// version: a layout of another version, or one that does not read, is ignored.
class WindowLayout {
public:
    /// Raise it when docks or tool bars come or go.
    static constexpr int kVersion = 1;

    /// Call it when the window stands as it is by default: reset() comes back to this.
    explicit WindowLayout(QMainWindow& window);

    void save(QSettings& settings) const;
    /// @return false where there is none that fits; the window stays as it is
    bool restore(const QSettings& settings);
    void reset();

private:
    QMainWindow& m_window;
    QByteArray m_default;
};

} // namespace palimpsest
