// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/help/help_browser.h"

#include "widgets/help/help_text.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QStyle>
#include <QToolBar>
#include <QVBoxLayout>

namespace palimpsest {

namespace {
constexpr int kIdRole = Qt::UserRole;
}

HelpBrowser::HelpBrowser(HelpLibrary library, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_library(std::move(library))
    , m_text(new HelpText(m_library))
    , m_search(new QLineEdit)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Help"));
    auto* const bar = new QToolBar;
    const auto add
        = [&](const QString& text, const QString& tip, const QKeySequence& key, QStyle::StandardPixmap icon) {
              QAction* const action = bar->addAction(style()->standardIcon(icon), text);
              action->setShortcut(key);
              action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
              addAction(action);
              return action;
          };
    QAction* const back
        = add(tr("Back"), tr("Goes to the page before"), QKeySequence::Back, QStyle::SP_ArrowBack);
    QAction* const forward = add(tr("Forward"), tr("Goes to the page that you came back from"),
        QKeySequence::Forward, QStyle::SP_ArrowForward);
    QAction* const home = add(tr("Contents"), tr("Goes to the first page"),
        QKeySequence(Qt::ALT | Qt::Key_Home), QStyle::SP_DirHomeIcon);
    QAction* const find = new QAction(tr("Search"), this);
    find->setShortcut(QKeySequence::Find);
    addAction(find);
    QAction* const close = new QAction(tr("Close"), this);
    close->setShortcut(Qt::Key_Escape);
    addAction(close);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    back->setEnabled(false);
    forward->setEnabled(false);

    m_search->setPlaceholderText(tr("Search the help"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Words to search for in the help"));
    m_search->setToolTip(tr("Lists the pages in which all words occur (%1)")
                             .arg(find->shortcut().toString(QKeySequence::NativeText)));
    m_list->setAccessibleName(tr("Pages of the help"));
    m_text->setAccessibleName(tr("Page of the help"));

    auto* const left = new QWidget;
    auto* const leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins({});
    leftLayout->addWidget(m_search);
    leftLayout->addWidget(m_list, 1);
    auto* const parts = new QSplitter;
    parts->addWidget(left);
    parts->addWidget(m_text);
    parts->setStretchFactor(1, 1);
    parts->setChildrenCollapsible(false);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(parts, 1);
    const int letter = fontMetrics().averageCharWidth();
    resize(130 * letter, 45 * fontMetrics().height());
    parts->setSizes({ 30 * letter, 100 * letter });

    connect(back, &QAction::triggered, m_text, &QTextBrowser::backward);
    connect(forward, &QAction::triggered, m_text, &QTextBrowser::forward);
    connect(home, &QAction::triggered, this, [this] { m_text->showPage(QStringLiteral("index")); });
    connect(close, &QAction::triggered, this, &QWidget::close);
    connect(find, &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    connect(m_text, &QTextBrowser::backwardAvailable, back, &QAction::setEnabled);
    connect(m_text, &QTextBrowser::forwardAvailable, forward, &QAction::setEnabled);
    // Not sourceChanged(): at that time the page before is still the one that is shown.
    connect(m_text, &QTextBrowser::historyChanged, this, &HelpBrowser::markCurrent);
    connect(m_search, &QLineEdit::textChanged, this, &HelpBrowser::search);
    const auto open = [this](const QListWidgetItem* item) {
        m_text->showPage(item->data(kIdRole).toString());
        const QString word = m_search->text().simplified().section(QLatin1Char(' '), 0, 0);
        if (!word.isEmpty())
            m_text->findNext(word);
    };
    connect(m_search, &QLineEdit::returnPressed, this, [this, open] {
        if (const QListWidgetItem* const first = m_list->item(0);
            first != nullptr && first->flags() != Qt::NoItemFlags)
            open(first);
    });
    connect(m_list, &QListWidget::itemActivated, this, open);
    connect(m_list, &QListWidget::itemClicked, this, open);
    showContents();
    m_text->showPage(QStringLiteral("index"));
}

void HelpBrowser::showPage(const QString& id)
{
    m_text->showPage(m_library.page(id) != nullptr ? id : QStringLiteral("index"));
    show();
    raise();
    activateWindow();
    m_text->setFocus(Qt::OtherFocusReason);
}

QString HelpBrowser::pageId() const
{
    return m_text->pageId();
}

void HelpBrowser::search(const QString& text)
{
    if (text.simplified().isEmpty()) {
        showContents();
        return;
    }
    m_list->clear();
    for (const HelpLibrary::Hit& hit : m_library.search(text)) {
        auto* const item = new QListWidgetItem(tr("%1 (%2)", "title of a page, number of places")
                                                   .arg(m_library.page(hit.page)->title)
                                                   .arg(hit.count),
            m_list);
        item->setData(kIdRole, hit.page);
    }
    if (m_list->count() == 0) {
        auto* const none = new QListWidgetItem(tr("No page has all these words."), m_list);
        none->setFlags(Qt::NoItemFlags);
    }
}

void HelpBrowser::showContents()
{
    m_list->clear();
    for (const HelpPage& page : m_library.pages()) {
        auto* const item = new QListWidgetItem(page.title, m_list);
        item->setData(kIdRole, page.id);
    }
    markCurrent();
}

void HelpBrowser::markCurrent()
{
    const HelpPage* const page = m_library.page(m_text->pageId());
    setWindowTitle(page == nullptr ? tr("Help") : tr("%1 – Palimpsest help").arg(page->title));
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->data(kIdRole).toString() == m_text->pageId())
            m_list->setCurrentRow(i);
}

} // namespace palimpsest
