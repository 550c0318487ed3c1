// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QString>

namespace palimpsest {

/// The application object; it can tell which event took longest.
class Application : public QApplication {
    Q_OBJECT
public:
    using QApplication::QApplication;

    struct SlowEvent {
        double ms = 0.0;
        QString receiver; ///< class and name
        QString type; ///< "Paint"
    };
    void measureEvents(bool on); ///< from now, and afresh
    [[nodiscard]] const SlowEvent& slowestEvent() const { return m_slowest; }

    bool notify(QObject* receiver, QEvent* event) override;

private:
    bool m_measures = false;
    int m_depth = 0; ///< an event that is sent while another is handled is part of that one
    SlowEvent m_slowest;
};

} // namespace palimpsest
