// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notice/notice_bar.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace palimpsest {

namespace {

QStyle::StandardPixmap pixmapOf(NoticeBar::Kind kind)
{
    switch (kind) {
    case NoticeBar::Kind::Info:
        return QStyle::SP_MessageBoxInformation;
    case NoticeBar::Kind::Warning:
        return QStyle::SP_MessageBoxWarning;
    case NoticeBar::Kind::Error:
        return QStyle::SP_MessageBoxCritical;
    }
    return QStyle::SP_MessageBoxInformation;
}

} // namespace

/// One line of the bar.
class NoticeBar::Notice : public QFrame {
public:
    Notice(Kind kind, const QString& text, const QList<NoticeButton>& buttons,
        const std::function<void()>& remove)
        : m_kind(kind)
        , m_text(text)
    {
        setFrameShape(QFrame::StyledPanel);
        setAutoFillBackground(true);
        setBackgroundRole(QPalette::ToolTipBase);
        setForegroundRole(QPalette::ToolTipText);
        auto* const icon = new QLabel;
        const int size = fontMetrics().height() * 5 / 4;
        icon->setPixmap(style()->standardIcon(pixmapOf(kind)).pixmap(size, size));
        auto* const label = new QLabel(text);
        label->setForegroundRole(QPalette::ToolTipText);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        auto* const layout = new QHBoxLayout(this);
        const int margin = fontMetrics().height() / 3;
        layout->setContentsMargins(margin, margin, margin, margin);
        layout->addWidget(icon, 0, Qt::AlignTop);
        layout->addWidget(label, 1);
        for (const NoticeButton& wanted : buttons) {
            auto* const button = new QPushButton(wanted.text);
            button->setToolTip(wanted.tip);
            button->setAutoDefault(false);
            layout->addWidget(button, 0, Qt::AlignTop);
            connect(button, &QPushButton::clicked, this, [remove, act = wanted.act] {
                const auto kept = act; // the notice, and this function with it, goes
                remove();
                kept();
            });
        }
        auto* const dismiss = new QToolButton;
        dismiss->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
        dismiss->setAutoRaise(true);
        dismiss->setToolTip(NoticeBar::tr("Takes this notice away"));
        dismiss->setAccessibleName(NoticeBar::tr("Take notice away"));
        layout->addWidget(dismiss, 0, Qt::AlignTop);
        connect(dismiss, &QToolButton::clicked, this, [remove] { remove(); });
    }

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const QString& text() const { return m_text; }

private:
    Kind m_kind;
    QString m_text;
};

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("notices"));
    setAccessibleName(tr("Notices"));
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
    hide();
}

void NoticeBar::show(const QString& name, Kind kind, const QString& text, const QList<NoticeButton>& buttons)
{
    const auto found = m_notices.find(name);
    if (found != m_notices.end() && buttons.isEmpty() && found->second->kind() == kind
        && found->second->text() == text)
        return; // a selection in its text stays
    remove(name);
    if (text.isEmpty())
        return;
    auto* const notice = new Notice(kind, text, buttons, [this, name] { remove(name); });
    m_notices[name] = notice;
    m_layout->addWidget(notice);
    QWidget::show();
}

void NoticeBar::remove(const QString& name)
{
    const auto found = m_notices.find(name);
    if (found == m_notices.end())
        return;
    Notice* const notice = found->second;
    m_notices.erase(found);
    notice->hide();
    notice->deleteLater(); // it may be one of its own buttons that asks
    setVisible(!m_notices.empty());
}

QString NoticeBar::text(const QString& name) const
{
    const auto found = m_notices.find(name);
    return found == m_notices.end() ? QString() : found->second->text();
}

QStringList NoticeBar::texts() const
{
    QStringList all;
    for (const auto& [name, notice] : m_notices)
        all << notice->text();
    return all;
}

QPushButton* NoticeBar::button(const QString& name, const QString& text) const
{
    const auto found = m_notices.find(name);
    if (found == m_notices.end())
        return nullptr;
    for (QPushButton* button : found->second->findChildren<QPushButton*>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace palimpsest
