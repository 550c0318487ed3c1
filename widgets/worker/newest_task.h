// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <stop_token>

namespace palimpsest {

class BackgroundQueue;

/// Computes what a view shows on a thread of its own, while the user goes on: the newest request wins.
///
/// A request replaces one that waits and asks one that runs to stop; what an older one comes to is thrown away. All members are for
/// the thread that this object lives in. The destructor stops the work and waits for it.
class NewestTask : public QObject {
    Q_OBJECT
public:
    using Show = std::function<void()>; ///< runs in the thread of this object; may be empty
    /// Runs in the worker thread; owns or shares all that it reads. Polls the token at least every 100 ms.
    using Work = std::function<Show(const std::stop_token& stop)>;

    explicit NewestTask(QObject* parent = nullptr);
    ~NewestTask() override;

    void start(Work work);
    /// Nothing that was started will be shown.
    void cancel();
    /// Whether something was started and neither shown nor canceled yet.
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void busyChanged(bool isBusy);
    /// The newest work threw: a bug, or a machine without memory.
    void failed(const QString& message);

private:
    void setBusy(bool isBusy);

    bool m_isBusy = false;
    std::unique_ptr<BackgroundQueue> m_queue; ///< its thread starts with the first request
};

} // namespace palimpsest
