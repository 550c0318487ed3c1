// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/settings.h"

#include <QString>
#include <QWidget>

class QLabel;
class QTableWidget;

namespace palimpsest {

/// Name, description and tasks of a project, to read.
class ProjectSummary : public QWidget {
    Q_OBJECT
public:
    explicit ProjectSummary(QWidget* parent = nullptr);
    void setProject(const Recipe& recipe, const QString& folder);

private:
    QLabel* m_name;
    QLabel* m_description;
    QLabel* m_folder;
    QTableWidget* m_tasks;
};

} // namespace palimpsest
