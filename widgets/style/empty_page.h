// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>
#include <QString>

class QLabel;

namespace palimpsest {

/// Shows a view, or, while it has nothing to show, a sentence that says how to fill it.
class EmptyPage : public QStackedWidget {
    Q_OBJECT
public:
    /// Takes `content`.
    explicit EmptyPage(QWidget* content, QWidget* parent = nullptr);
    void showContent();
    void showHint(const QString& text);
    [[nodiscard]] QString hint() const; ///< empty while the content is shown

private:
    QLabel* m_hint;
};

} // namespace palimpsest
