// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/import_commands.h"

#include "app/document/data_fetcher.h"
#include "app/document/data_preview.h"
#include "app/import/dropped_files.h"
#include "app/import/import_engine.h"
#include "app/project_commands.h"
#include "app/session.h"
#include "core/project/recipe.h"
#include "widgets/import/import_assistant.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/project/catalogue_dialog.h"
#include "widgets/project/setting_text.h"

#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

using Kind = NoticeBar::Kind;

const QString kImport = QStringLiteral("import"); // name of the notice

} // namespace

ImportCommands::ImportCommands(
    Session& session, ProjectCommands& projects, NoticeBar& notices, QWidget& window)
    : m_session(session)
    , m_projects(projects)
    , m_notices(notices)
    , m_window(window)
{
    connect(&session, &Session::projectChanged, this, [this] {
        m_notices.remove(kImport);
        if (m_session.hasProject() && m_wish)
            openAssistant(*std::exchange(m_wish, std::nullopt));
    });
    connect(&projects, &ProjectCommands::openFailed, this, [this] { m_wish.reset(); });
    connect(&m_looking, &NewestTask::failed, this,
        [this](const QString& text) { m_notices.show(kImport, Kind::Error, sentence(text)); });
}

ImportCommands::~ImportCommands()
{
    delete m_assistant;
}

void ImportCommands::ask()
{
    start({});
}

void ImportCommands::importFiles(const QStringList& files)
{
    start({ files, {} });
}

void ImportCommands::importData(const QString& fileOrFolder)
{
    start({ {}, fileOrFolder });
}

QStringList ImportCommands::droppedFiles(const QMimeData* data)
{
    QStringList files;
    if (data != nullptr)
        for (const QUrl& url : data->urls())
            if (url.isLocalFile())
                files << url.toLocalFile();
    return files;
}

void ImportCommands::drop(const QStringList& files)
{
    std::vector<fs::path> paths;
    for (const QString& file : files)
        paths.emplace_back(QDir::cleanPath(file).toStdString());
    m_looking.start([this, paths, files](const std::stop_token&) -> NewestTask::Show {
        return [this, dropped = sortDropped(paths), files] { showDropped(dropped, files); };
    });
}

ImportAssistant* ImportCommands::assistant() const
{
    return m_assistant;
}

void ImportCommands::showDropped(const DroppedFiles& dropped, const QStringList& files)
{
    QStringList paths;
    for (const fs::path& path : dropped.files)
        paths << QString::fromStdString(path.string());
    switch (dropped.kind) {
    case DroppedFiles::Kind::Network:
        importFiles(paths);
        break;
    case DroppedFiles::Kind::Data:
        importData(paths.constFirst());
        break;
    case DroppedFiles::Kind::Unknown:
        m_notices.show(kImport, Kind::Warning,
            tr("%1: %2.").arg(
                QFileInfo(files.constFirst()).fileName(), QString::fromStdString(dropped.problem)));
        break;
    }
}

void ImportCommands::start(const Wish& wish)
{
    m_notices.remove(kImport);
    if (m_session.hasProject())
        openAssistant(wish);
    else
        askForProject(wish);
}

void ImportCommands::askForProject(const Wish& wish)
{
    m_wish = wish;
    m_notices.show(kImport, Kind::Info,
        tr("A network belongs to a project: make one, or open one, and the import goes on there."));
    QDialog* const dialog = m_projects.askNewFrom(QStringLiteral("empty"));
    connect(dialog, &QDialog::rejected, this, [this] {
        m_wish.reset();
        m_notices.remove(kImport);
    });
}

void ImportCommands::openAssistant(const Wish& wish)
{
    ImportAssistant* shown = m_assistant;
    if (shown == nullptr || !shown->isVisible()) {
        const Recipe& recipe = m_session.document().recipe();
        const fs::path root
            = recipe.dataRoot.empty() ? m_session.folder() : m_session.folder() / recipe.dataRoot;
        shown = new ImportAssistant(m_session.document(), importEngine(m_session.folder(), root, recipe.seed),
            m_worker, QString::fromStdString(root.string()), &m_window);
        m_assistant = shown;
        shown->setAttribute(Qt::WA_DeleteOnClose);
        shown->setKnownData(knownData());
        connect(shown, &QDialog::accepted, this, [this, shown] { Q_EMIT added(shown->added()); });
        connect(shown, &ImportAssistant::helpRequested, this, &ImportCommands::helpRequested);
        connect(shown, &ImportAssistant::fetchRequested, this,
            [this, shown](const QString& title) { showCatalogue(*shown, title); });
        shown->open();
    }
    if (!wish.data.isEmpty())
        shown->setData(wish.data);
    if (!wish.files.isEmpty())
        shown->setFiles(wish.files);
}

void ImportCommands::showCatalogue(ImportAssistant& assistant, const QString& title)
{
    auto* const catalogue = new CatalogueDialog(dataFetcher(), &assistant);
    catalogue->setAttribute(Qt::WA_DeleteOnClose);
    const std::vector<CatalogueEntry>& entries = dataCatalogue();
    for (std::size_t row = 0; row < entries.size(); ++row)
        if (QString::fromStdString(entries[row].title) == title)
            catalogue->select(static_cast<int>(row));
    connect(catalogue, &CatalogueDialog::fetched, &assistant, [this, &assistant] {
        assistant.setKnownData(knownData());
        Q_EMIT dataFetched();
    });
    catalogue->open();
}

} // namespace palimpsest
