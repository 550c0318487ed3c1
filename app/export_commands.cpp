// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export_commands.h"

#include "app/report_export.h"
#include "app/session.h"
#include "core/pipeline/pipeline.h"
#include "widgets/log/log_model.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/view/view.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QUrl>

#include <exception>
#include <utility>

namespace palimpsest {

namespace {
const QString kNotice = QStringLiteral("export");
} // namespace

ExportCommands::ExportCommands(Session& session, NoticeBar& notices, LogModel& log, QWidget& window)
    : m_session(session)
    , m_notices(notices)
    , m_log(log)
    , m_window(window)
{
    connect(&m_exporter, &ViewExporter::saved, this, &ExportCommands::onDone);
    connect(&m_exporter, &ViewExporter::failed, this, &ExportCommands::onFailed);
}

void ExportCommands::setViews(const std::vector<View*>& views)
{
    m_views = views;
    for (View* view : m_views)
        m_exporter.attach(*view);
}

void ExportCommands::onDone(const QString& path)
{
    const QString text = tr("Saved %1").arg(QDir::toNativeSeparators(path));
    const QString folder = QFileInfo(path).isDir() ? path : QFileInfo(path).path();
    m_notices.show(kNotice, NoticeBar::Kind::Info, text,
        { { tr("Open"), tr("Opens it with the program that the desktop has for it."),
              [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); } },
            { tr("Show folder"), tr("Opens the folder that it is in."),
                [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); } } });
    m_log.add(LogLevel::Info, text);
    Q_EMIT done(path);
}

void ExportCommands::onFailed(const Error& error)
{
    const QString text = QString::fromStdString(error.text());
    m_notices.show(kNotice, NoticeBar::Kind::Error, text);
    m_log.add(LogLevel::Error, text);
    Q_EMIT failed(error);
}

void ExportCommands::runLater(const QString& path, std::function<Status()> work)
{
    m_queue.add([this, path, work = std::move(work)](const std::stop_token&) -> BackgroundQueue::Finish {
        Status status = success();
        try {
            status = work();
        } catch (const std::exception& problem) {
            status = failure(problem.what(), path.toStdString());
        }
        if (status)
            return [this, path] { onDone(path); };
        return [this, error = status.error()] { onFailed(error); };
    });
}

void ExportCommands::askReport()
{
    auto* const dialog = new QFileDialog(&m_window, tr("Save the report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters { tr("Document for print (*.pdf)"), tr("Page for browsers (*.html)") };
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->setDirectory(QString::fromStdString(m_session.folder().string()));
    dialog->selectFile(
        QStringLiteral("%1-report").arg(QString::fromStdString(m_session.folder().filename().string())));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString& filter) {
        dialog->setDefaultSuffix(
            filter == filters.constFirst() ? QStringLiteral("pdf") : QStringLiteral("html"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &ExportCommands::writeReport);
    dialog->open();
}

void ExportCommands::writeReport(const QString& file)
{
    const std::shared_ptr<const RunResults>& results = m_session.results().results;
    if (!results || !results->report) {
        onFailed(badInput(
            tr("there is no report yet: the stages evaluate and place make it, F5 runs them").toStdString()));
        return;
    }
    ReportExport report;
    report.model = results->report;
    report.pictures = recordViews(m_views);
    report.file = file.toStdString();
    runLater(file, [report = std::move(report)] { return exportReport(report); });
}

void ExportCommands::askBundle()
{
    auto* const dialog = new QFileDialog(&m_window, tr("Save the bundle into a new or empty folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setDirectory(QString::fromStdString(m_session.folder().string()));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportCommands::writeBundle);
    dialog->open();
}

void ExportCommands::writeBundle(const QString& folder)
{
    runLater(folder,
        [place = m_session.folder(), recipe = m_session.document().shared(),
            target = folder.toStdString()]() -> Status {
            PALIMPSEST_TRY(const Project project, Project::fromRecipe(place, *recipe, {}));
            PALIMPSEST_CHECK(exportProject(project, target));
            return success();
        });
}

} // namespace palimpsest
