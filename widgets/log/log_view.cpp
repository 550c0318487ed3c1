// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/log/log_view.h"

#include "widgets/log/log_filter.h"
#include "widgets/log/log_model.h"
#include "widgets/tables/table_view.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace palimpsest {

LogView::LogView(LogModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_filter(new LogFilter(this))
    , m_text(new QLineEdit(this))
    , m_level(new QComboBox(this))
    , m_table(new TableView(this))
{
    m_filter->setSourceModel(&m_model);
    m_text->setPlaceholderText(tr("Filter the log"));
    m_text->setAccessibleName(tr("Filter the log"));
    m_text->setToolTip(tr("Shows only entries that contain this text"));
    m_text->setClearButtonEnabled(true);
    for (const LogLevel level : { LogLevel::Info, LogLevel::Warning, LogLevel::Error })
        m_level->addItem(
            level == LogLevel::Info ? tr("All levels") : tr("At least: %1").arg(logLevelText(level)));
    m_level->setAccessibleName(tr("Least level shown"));
    m_level->setToolTip(tr("Shows only entries of this level or above"));
    auto* const copyButton = new QPushButton(tr("Cop&y"), this);
    copyButton->setToolTip(tr("Copies the selected entries, or all that are shown"));
    auto* const clearButton = new QPushButton(tr("Cl&ear"), this);
    clearButton->setToolTip(tr("Empties this list; the project's log file stays as it is"));

    m_table->setObjectName(QStringLiteral("log"));
    m_table->setAccessibleName(tr("Log"));
    m_table->setModel(m_filter);
    m_table->horizontalHeader()->hide();
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    const int letter = fontMetrics().averageCharWidth();
    m_table->setColumnWidth(LogModel::TimeColumn, 11 * letter);
    m_table->setColumnWidth(LogModel::LevelColumn, 10 * letter);

    auto* const tools = new QHBoxLayout;
    tools->addWidget(m_text, 1);
    tools->addWidget(m_level);
    tools->addWidget(copyButton);
    tools->addWidget(clearButton);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(tools);
    layout->addWidget(m_table, 1);

    connect(m_text, &QLineEdit::textChanged, m_filter, &LogFilter::setText);
    connect(m_level, &QComboBox::currentIndexChanged, this,
        [this](int index) { m_filter->setLevel(static_cast<LogLevel>(index)); });
    connect(copyButton, &QPushButton::clicked, this, &LogView::copy);
    connect(clearButton, &QPushButton::clicked, &m_model, &LogModel::clear);
    connect(m_filter, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar* const bar = m_table->verticalScrollBar();
        m_follow = bar->value() == bar->maximum();
    });
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_follow)
            m_table->scrollToBottom();
    });
}

void LogView::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void LogView::copy()
{
    QApplication::clipboard()->setText(m_table->selectionAsText());
}

} // namespace palimpsest
