// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace palimpsest {

/// What is selected: nothing, a task, a layer of a task, a page of a task, or a slot of the pool.
/// Unused fields are -1. A page of a task names its slot too, where it has one.
struct SelectedItem {
    int task = -1; ///< index into RunResults::tasks
    int layer = -1; ///< index into Network::layers of that task
    int page = -1; ///< of that task
    int slot = -1; ///< of the pool
    bool operator==(const SelectedItem&) const = default;
    [[nodiscard]] bool isEmpty() const { return *this == SelectedItem {}; }
};

/// The one selection that every view of a window shows and may set.
///
/// A view calls set() when the user selects in it and shows whatever changed() brings, also its own: so all views agree.
class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const SelectedItem& item() const { return m_item; }
    void set(const SelectedItem& item);
    void clear() { set({}); }

Q_SIGNALS:
    void changed(const palimpsest::SelectedItem& item);

private:
    SelectedItem m_item;
};

} // namespace palimpsest
