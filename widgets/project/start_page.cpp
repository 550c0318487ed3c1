// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/start_page.h"

#include "widgets/project/dropped_project.h"
#include "widgets/project/recent_projects.h"
#include "widgets/style/empty_page.h"

#include <QAction>
#include <QCommandLinkButton>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace palimpsest {

StartPage::StartPage(RecentProjects& recent, QWidget* parent)
    : QWidget(parent)
    , m_recent(recent)
{
    setAcceptDrops(true);
    auto* const title = new QLabel(tr("Palimpsest"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 2.0);
    title->setFont(large);
    auto* const purpose = new QLabel(tr("Packs many neural networks into one set of shared weight-pages, and "
                                        "switches between them in microseconds."));
    purpose->setWordWrap(true);
    auto* const drop = new QLabel(tr("Or drop a project folder, a network or data on this window."));
    drop->setEnabled(false);

    auto* const column = new QWidget;
    column->setMaximumWidth(fontMetrics().averageCharWidth() * 90);
    auto* const layout = new QVBoxLayout(column);
    layout->addStretch(1);
    layout->addWidget(title);
    layout->addWidget(purpose);
    layout->addSpacing(fontMetrics().height());
    layout->addWidget(createButtons());
    layout->addWidget(createRecent(), 6);
    layout->addWidget(drop);
    layout->addStretch(1);

    auto* const whole = new QHBoxLayout(this);
    whole->addStretch(1);
    whole->addWidget(column, 8);
    whole->addStretch(1);
}

QWidget* StartPage::createButtons()
{
    auto* const buttons = new QWidget;
    auto* const layout = new QHBoxLayout(buttons);
    layout->setContentsMargins({});
    auto* const create = new QCommandLinkButton(
        tr("New project"), tr("From a sample, with its networks and settings, or empty."));
    create->setObjectName(QStringLiteral("startNew"));
    create->setToolTip(tr("Make a project folder from a sample."));
    auto* const open
        = new QCommandLinkButton(tr("Open a project"), tr("A folder that holds a project.json."));
    open->setObjectName(QStringLiteral("startOpen"));
    open->setToolTip(tr("Choose a project folder."));
    layout->addWidget(create, 1);
    layout->addWidget(open, 1);
    connect(create, &QAbstractButton::clicked, this, &StartPage::newRequested);
    connect(open, &QAbstractButton::clicked, this, &StartPage::openRequested);
    return buttons;
}

QWidget* StartPage::createRecent()
{
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("recentProjects"));
    m_list->setAccessibleName(tr("Recent projects"));
    m_list->setToolTip(
        tr("Enter opens a project; Delete takes it off this list and leaves its folder as it is."));
    m_list->setModel(&m_recent);
    m_list->setUniformItemSizes(true);
    m_list->setSpacing(fontMetrics().height() / 4);
    m_list->setAlternatingRowColors(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* const remove = new QAction(tr("Take off this list"), m_list);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(remove);
    connect(remove, &QAction::triggered, this, &StartPage::removeSelected);
    connect(m_list, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT projectChosen(index.data(RecentProjects::FolderRole).toString());
    });

    auto* const title = new QLabel(tr("&Recent projects"));
    title->setBuddy(m_list);
    auto* const page = new EmptyPage(m_list);
    const auto showRows = [this, page] {
        if (m_recent.rowCount() > 0)
            page->showContent();
        else
            page->showHint(tr("Projects that you open are listed here."));
    };
    connect(&m_recent, &QAbstractItemModel::modelReset, page, showRows);
    showRows();
    auto* const box = new QWidget;
    auto* const layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->addWidget(title);
    layout->addWidget(page, 1);
    return box;
}

void StartPage::removeSelected()
{
    if (const QModelIndex index = m_list->currentIndex(); index.isValid())
        m_recent.remove(index.data(RecentProjects::FolderRole).toString());
}

void StartPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_recent.refresh(); // a folder may have gone, or come back, since
}

void StartPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedProject(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void StartPage::dropEvent(QDropEvent* event)
{
    const QString folder = droppedProject(event->mimeData());
    if (folder.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT projectChosen(folder);
}

} // namespace palimpsest
