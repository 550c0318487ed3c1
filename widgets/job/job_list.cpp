// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job/job_list.h"

#include "widgets/job/job_queue.h"
#include "widgets/job/progress_delegate.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/table_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace palimpsest {

JobList::JobList(JobQueue& queue, QWidget* parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_table(new TableView)
    , m_page(new EmptyPage(m_table, this))
    , m_error(new QLabel(this))
    , m_cancel(new QPushButton(tr("Cancel &job"), this))
    , m_copy(new QPushButton(tr("Cop&y error"), this))
    , m_clear(new QPushButton(tr("Clear &ended"), this))
{
    m_table->setObjectName(QStringLiteral("jobs"));
    m_table->setAccessibleName(tr("Jobs"));
    m_table->setModel(&m_queue);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegateForColumn(JobQueue::ProgressColumn, new ProgressDelegate(this));
    const int letter = fontMetrics().averageCharWidth();
    m_table->setColumnWidth(JobQueue::TitleColumn, 25 * letter);
    m_table->setColumnWidth(JobQueue::DeviceColumn, 9 * letter);
    m_table->setColumnWidth(JobQueue::StateColumn, 11 * letter);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(JobQueue::ProgressColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(JobQueue::TimeColumn, 12 * letter);
    m_page->showHint(tr("No job yet. F5 runs every stage that is not done."));
    m_error->setObjectName(QStringLiteral("jobError"));
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_error->hide();
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_cancel->setToolTip(tr("Stops the selected job, else the newest, within a second. Results of stages "
                            "that are done are kept."));
    m_copy->setToolTip(tr("Copies the error of the selected job"));
    m_clear->setToolTip(tr("Takes jobs that have ended from the list. Their results stay."));

    auto* const buttons = new QVBoxLayout;
    for (QPushButton* button : { m_cancel, m_copy, m_clear })
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* const list = new QVBoxLayout;
    list->addWidget(m_page, 1);
    list->addWidget(m_error);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(list, 1);
    layout->addLayout(buttons);

    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (const JobEntry* const job = current())
            m_queue.cancel(job->id);
    });
    connect(m_copy, &QPushButton::clicked, this, &JobList::copyError);
    connect(m_clear, &QPushButton::clicked, &m_queue, &JobQueue::clearEnded);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JobList::update);
    connect(&m_queue, &QAbstractItemModel::rowsInserted, this, [this] {
        m_page->showContent();
        m_table->clearSelection(); // the newest job is the one that is meant
        m_table->scrollToBottom();
        update();
    });
    connect(&m_queue, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (m_queue.rowCount() == 0)
            m_page->showHint(tr("No job. F5 runs every stage that is not done."));
        update();
    });
    connect(&m_queue, &QAbstractItemModel::dataChanged, this, &JobList::update);
    update();
}

const JobEntry* JobList::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (!rows.isEmpty())
        return m_queue.find(rows.constFirst().data(JobQueue::IdRole).toInt());
    const auto& entries = m_queue.entries();
    const auto open = std::find_if(
        entries.rbegin(), entries.rend(), [](const JobEntry& job) { return isOpen(job.state); });
    if (open != entries.rend())
        return &*open;
    return entries.empty() ? nullptr : &entries.back();
}

void JobList::update()
{
    const JobEntry* const job = current();
    const bool failed = job != nullptr && job->state == JobState::Failed;
    m_cancel->setEnabled(
        job != nullptr && (job->state == JobState::Running || job->state == JobState::Waiting));
    m_copy->setEnabled(failed);
    m_clear->setEnabled(std::any_of(m_queue.entries().begin(), m_queue.entries().end(),
        [](const JobEntry& entry) { return !isOpen(entry.state); }));
    m_error->setVisible(failed);
    if (failed)
        m_error->setText(tr("Failed: %1").arg(QString::fromStdString(job->error.text())));
}

void JobList::copyError()
{
    if (const JobEntry* const job = current())
        QApplication::clipboard()->setText(QString::fromStdString(job->error.text()));
}

} // namespace palimpsest
