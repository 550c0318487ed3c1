// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_layout.h"

#include <QMainWindow>
#include <QSettings>

namespace palimpsest {

namespace {
const QString kVersionKey = QStringLiteral("layout/version");
const QString kGeometryKey = QStringLiteral("layout/geometry");
const QString kStateKey = QStringLiteral("layout/state");
} // namespace

WindowLayout::WindowLayout(QMainWindow& window)
    : m_window(window)
    , m_default(window.saveState(kVersion))
{
}

void WindowLayout::save(QSettings& settings) const
{
    settings.setValue(kVersionKey, kVersion);
    settings.setValue(kGeometryKey, m_window.saveGeometry());
    settings.setValue(kStateKey, m_window.saveState(kVersion));
}

bool WindowLayout::restore(const QSettings& settings)
{
    if (settings.value(kVersionKey).toInt() != kVersion)
        return false;
    const bool sized = m_window.restoreGeometry(settings.value(kGeometryKey).toByteArray());
    if (m_window.restoreState(settings.value(kStateKey).toByteArray(), kVersion))
        return sized;
    reset(); // half of a state may have been taken
    return false;
}

void WindowLayout::reset()
{
    m_window.restoreState(m_default, kVersion);
}

} // namespace palimpsest
