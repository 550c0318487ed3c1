// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/dropped_project.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace palimpsest {

QString droppedProject(const QMimeData* data)
{
    if (data == nullptr || !data->hasUrls() || data->urls().size() != 1)
        return {};
    const QFileInfo file(data->urls().constFirst().toLocalFile());
    if (file.isDir())
        return QFileInfo::exists(file.absoluteFilePath() + QStringLiteral("/project.json"))
            ? file.absoluteFilePath()
            : QString();
    return file.fileName() == QStringLiteral("project.json") ? file.absolutePath() : QString();
}

} // namespace palimpsest
