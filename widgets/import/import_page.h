// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace palimpsest {

/// One page of the import assistant.
class ImportPage : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    [[nodiscard]] virtual QString title() const = 0; ///< "Network"
    [[nodiscard]] virtual QString
    explanation() const = 0; ///< what it is for and what to do, a sentence or two
    /// Whether the next page may be shown.
    [[nodiscard]] virtual bool isComplete() const = 0;
    /// The page comes to the front.
    virtual void enter() = 0;

Q_SIGNALS:
    void changed(); ///< isComplete() may differ
};

} // namespace palimpsest
