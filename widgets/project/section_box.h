// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace palimpsest {

/// A titled part of a form that can be folded.
class SectionBox : public QWidget {
    Q_OBJECT
public:
    explicit SectionBox(const QString& title, QWidget* parent = nullptr);
    void add(QWidget* widget); ///< below the others
    void setUnfolded(bool isUnfolded);
    [[nodiscard]] bool isUnfolded() const;
    [[nodiscard]] QString title() const;

private:
    void updateHeader();

    QToolButton* m_header;
    QWidget* m_content;
    QVBoxLayout* m_layout;
};

} // namespace palimpsest
