// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

#include <functional>
#include <map>

class QPushButton;
class QVBoxLayout;

namespace palimpsest {

/// What a button of a notice says and does. The notice goes first.
struct NoticeButton {
    QString text;
    QString tip;
    std::function<void()> act;
};

/// Sentences above the views, where the user looks: what went wrong, what is offered. Each has a name; a new one under a name
/// replaces the one before, so that a repeated event never piles anything up, and nothing stands in the user's way.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Error };

    explicit NoticeBar(QWidget* parent = nullptr);

    /// An empty text takes the notice away.
    void show(const QString& name, Kind kind, const QString& text, const QList<NoticeButton>& buttons = {});
    void remove(const QString& name);
    [[nodiscard]] QString text(const QString& name) const; ///< empty: there is none
    [[nodiscard]] QStringList texts() const; ///< of all, as they stand
    /// A button of a notice by its text; nullptr: there is none.
    [[nodiscard]] QPushButton* button(const QString& name, const QString& text) const;

private:
    class Notice;
    QVBoxLayout* m_layout;
    std::map<QString, Notice*> m_notices;
};

} // namespace palimpsest
