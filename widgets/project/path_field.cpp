// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/path_field.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>
#include <QUrl>

namespace palimpsest {

namespace {

QString droppedFile(const QMimeData* data)
{
    return data->hasUrls() && data->urls().size() == 1 ? data->urls().constFirst().toLocalFile() : QString();
}

} // namespace

PathField::PathField(PathKind kind, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_line(new QLineEdit)
{
    m_line->installEventFilter(this);
    auto* const button = new QToolButton;
    button->setText(QStringLiteral("…"));
    button->setToolTip(tr("Choose a file or a folder."));
    button->setAccessibleName(tr("Browse"));
    button->setFocusPolicy(Qt::StrongFocus);
    if (kind == PathKind::DataPath) {
        auto* const menu = new QMenu(button);
        menu->addAction(tr("Choose a &file …"), this, [this] { browse(false); });
        menu->addAction(tr("Choose a f&older …"), this, [this] { browse(true); });
        button->setMenu(menu);
        button->setPopupMode(QToolButton::InstantPopup);
    } else {
        connect(button, &QToolButton::clicked, this, [this] { browse(m_kind == PathKind::Folder); });
    }
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_line, 1);
    layout->addWidget(button);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textEdited, this, &PathField::edited);
    connect(m_line, &QLineEdit::editingFinished, this, &PathField::finished);
}

void PathField::setPath(const QString& path)
{
    if (path == m_line->text())
        return;
    m_line->setText(path);
    m_line->setCursorPosition(0);
}

QString PathField::path() const
{
    return m_line->text();
}

void PathField::choose(const QString& file)
{
    QString path = QDir::cleanPath(file);
    const QString inside = m_base.isEmpty() ? QString() : QDir(m_base).relativeFilePath(path);
    if (!inside.isEmpty() && !inside.startsWith(QStringLiteral("..")) && QDir::isRelativePath(inside))
        path = inside;
    m_line->setText(path);
    Q_EMIT edited();
    Q_EMIT finished();
}

void PathField::browse(bool folder)
{
    auto* const dialog = new QFileDialog(this, folder ? tr("Choose a folder") : tr("Choose a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    const QFileInfo current(QDir(m_base).absoluteFilePath(path()));
    dialog->setDirectory(current.dir().exists() ? current.absolutePath() : m_base);
    connect(dialog, &QFileDialog::fileSelected, this, &PathField::choose);
    dialog->open();
}

bool PathField::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop) {
        auto* const drop = static_cast<QDropEvent*>(event);
        const QString file = droppedFile(drop->mimeData());
        if (!file.isEmpty()) {
            drop->acceptProposedAction();
            if (event->type() == QEvent::Drop)
                choose(file);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace palimpsest
