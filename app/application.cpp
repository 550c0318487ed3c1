// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QMetaEnum>
#include <QThread>

namespace palimpsest {

namespace {

/// Read before the event is handled: the receiver may be gone afterwards.
QString describe(const QObject& receiver)
{
    const QString name = receiver.objectName();
    const QString type = QString::fromLatin1(receiver.metaObject()->className());
    return name.isEmpty() ? type : QStringLiteral("%1 %2").arg(type, name);
}

} // namespace

void Application::measureEvents(bool on)
{
    m_measures = on;
    m_slowest = {};
}

bool Application::notify(QObject* receiver, QEvent* event)
{
    if (!m_measures || m_depth > 0 || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    const QEvent::Type type = event->type();
    const QString name = describe(*receiver);
    ++m_depth;
    QElapsedTimer timer;
    timer.start();
    const bool handled = QApplication::notify(receiver, event);
    const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    --m_depth;
    if (ms > m_slowest.ms)
        m_slowest = { ms, name,
            QString::fromLatin1(QMetaEnum::fromType<QEvent::Type>().valueToKey(static_cast<int>(type))) };
    return handled;
}

} // namespace palimpsest
