// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/project_summary.h"

#include "widgets/style/palette.h"

#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace palimpsest {

namespace {
QTableWidgetItem* readOnlyItem(const std::string& text)
{
    auto* item = new QTableWidgetItem(QString::fromStdString(text));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(item->text());
    return item;
}
} // namespace

ProjectSummary::ProjectSummary(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_description(new QLabel(this))
    , m_folder(new QLabel(this))
    , m_tasks(new QTableWidget(0, 3, this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    m_name->setFont(large);
    m_name->setObjectName(QStringLiteral("projectName"));
    for (QLabel* label : { m_name, m_description, m_folder }) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setTextFormat(Qt::PlainText);
    }
    m_tasks->setObjectName(QStringLiteral("projectTasks"));
    m_tasks->setAccessibleName(tr("Tasks"));
    m_tasks->setHorizontalHeaderLabels({ tr("Task"), tr("Network"), tr("Data") });
    m_tasks->verticalHeader()->hide();
    m_tasks->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    m_tasks->horizontalHeader()->setStretchLastSection(true);
    m_tasks->horizontalHeader()->setHighlightSections(false);
    m_tasks->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tasks->setTabKeyNavigation(false);

    auto* layout = new QVBoxLayout(this);
    for (QWidget* widget : std::initializer_list<QWidget*> { m_name, m_description, m_folder })
        layout->addWidget(widget);
    layout->addWidget(m_tasks, 1);
}

void ProjectSummary::setProject(const Recipe& recipe, const QString& folder)
{
    m_name->setText(QString::fromStdString(recipe.name));
    m_description->setText(QString::fromStdString(recipe.description));
    m_description->setVisible(!recipe.description.empty());
    m_folder->setText(QDir::toNativeSeparators(folder));
    m_tasks->setRowCount(static_cast<int>(recipe.tasks.size()));
    for (int row = 0; row < m_tasks->rowCount(); ++row) {
        const TaskSettings& task = recipe.tasks[static_cast<std::size_t>(row)];
        auto* name = readOnlyItem(task.name);
        name->setData(Qt::DecorationRole, taskColor(row));
        m_tasks->setItem(row, 0, name);
        m_tasks->setItem(row, 1, readOnlyItem(task.network));
        m_tasks->setItem(row, 2, readOnlyItem(task.data.path));
    }
    m_tasks->horizontalHeader()->setStretchLastSection(false); // see TableView::fitColumns()
    m_tasks->resizeColumnsToContents();
    m_tasks->horizontalHeader()->setStretchLastSection(true);
}

} // namespace palimpsest
