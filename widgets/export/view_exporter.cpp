// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/export/view_exporter.h"

#include "core/base/file.h"
#include "widgets/project/background_queue.h"
#include "widgets/tables/csv.h"
#include "widgets/tables/table_view.h"
#include "widgets/view/view.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QStandardPaths>

#include <array>
#include <utility>

namespace palimpsest {

namespace {

/// One line of the dialog's list of formats.
struct Choice {
    QString filter;
    QString suffix;
    double pixelRatio;
};

std::array<Choice, 5> choices()
{
    return { Choice { ViewExporter::tr("Picture for screens, 2 pixels a point (*.png)"),
                 QStringLiteral("png"), 2.0 },
        Choice { ViewExporter::tr("Small picture, 1 pixel a point (*.png)"), QStringLiteral("png"), 1.0 },
        Choice {
            ViewExporter::tr("Picture for print, 4 pixels a point (*.png)"), QStringLiteral("png"), 4.0 },
        Choice { ViewExporter::tr("Drawing (*.svg)"), QStringLiteral("svg"), 1.0 },
        Choice { ViewExporter::tr("Data (*.csv)"), QStringLiteral("csv"), 1.0 } };
}

/// A dialog for a file to save, not opened yet; it goes when it is closed.
QFileDialog* saveDialog(QWidget& parent, const QString& title, const QString& name)
{
    auto* const dialog = new QFileDialog(&parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(name);
    return dialog;
}

} // namespace

ViewExporter::ViewExporter(QObject* parent)
    : QObject(parent)
    , m_queue(new BackgroundQueue(this))
{
}

ViewExporter::~ViewExporter() = default;

void ViewExporter::attach(View& view)
{
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&view, &QWidget::customContextMenuRequested, this,
        [this, &view](const QPoint& position) { showMenu(view, position); });
    for (TableView* const table : view.findChildren<TableView*>())
        connect(table, &TableView::saveRequested, this, [this, table] { saveTableAs(*table); });
}

void ViewExporter::showMenu(View& view, const QPoint& position)
{
    auto* const menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addActions(*menu, view);
    menu->popup(view.mapToGlobal(position));
}

void ViewExporter::addActions(QMenu& menu, View& view)
{
    connect(
        menu.addAction(tr("&Copy picture")), &QAction::triggered, this, [this, &view] { copyPicture(view); });
    connect(menu.addAction(tr("Copy &data")), &QAction::triggered, this, [this, &view] { copyData(view); });
    connect(menu.addAction(tr("&Save as …")), &QAction::triggered, this, [this, &view] { saveAs(view); });
}

void ViewExporter::saveAs(View& view)
{
    auto* const dialog = saveDialog(view, tr("Save the view %1").arg(view.title()), view.id());
    QStringList filters;
    for (const Choice& choice : choices())
        filters << choice.filter;
    dialog->setNameFilters(filters);
    const auto chosen = [dialog] {
        const auto all = choices();
        for (const Choice& choice : all)
            if (choice.filter == dialog->selectedNameFilter())
                return choice;
        return all.front();
    };
    const auto follow = [dialog, chosen] { dialog->setDefaultSuffix(chosen().suffix); };
    connect(dialog, &QFileDialog::filterSelected, dialog, follow);
    follow();
    connect(dialog, &QFileDialog::fileSelected, this, [this, &view, chosen](const QString& path) {
        save(view, path, { {}, chosen().pixelRatio });
    });
    dialog->open();
}

void ViewExporter::save(const View& view, const QString& path, const PictureOptions& options)
{
    const Result<ViewFormat> format = formatOf(path);
    if (!format) {
        Q_EMIT failed(format.error());
        return;
    }
    Result<std::function<Status()>> file = takeViewFile(view, path, *format, options);
    if (!file) {
        Q_EMIT failed(file.error());
        return;
    }
    write(path, std::move(file).value());
}

void ViewExporter::write(const QString& path, std::function<Status()> write)
{
    m_queue->add([this, path, write = std::move(write)](const std::stop_token&) {
        const Status status = write();
        return BackgroundQueue::Finish([this, path, status] {
            if (status)
                Q_EMIT saved(path);
            else
                Q_EMIT failed(status.error());
        });
    });
}

void ViewExporter::copyPicture(const View& view)
{
    const QImage image = viewImage(view, {});
    if (!image.isNull())
        QApplication::clipboard()->setImage(image);
}

void ViewExporter::copyData(const View& view)
{
    const QString text = view.csv();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void ViewExporter::saveTableAs(TableView& table)
{
    auto* const dialog = saveDialog(table, tr("Save the table"), table.objectName());
    dialog->setNameFilter(tr("Data (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, &table](const QString& path) { saveTable(*table.model(), path); });
    dialog->open();
}

void ViewExporter::saveTable(const QAbstractItemModel& model, const QString& path)
{
    write(path, [file = QFile::encodeName(path).toStdString(), text = tableCsv(model).toUtf8()] {
        return writeFileAtomically(file, { text.constData(), static_cast<std::size_t>(text.size()) });
    });
}

} // namespace palimpsest
