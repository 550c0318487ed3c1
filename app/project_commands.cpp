// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_commands.h"

#include "app/document/new_project.h"
#include "app/session.h"
#include "widgets/log/log_model.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/project/new_project_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

using Kind = NoticeBar::Kind;

// Names of notices.
const QString kFile = QStringLiteral("file"); ///< opening, saving, reading again
const QString kRecovery = QStringLiteral("recovery");
const QString kConflict = QStringLiteral("conflict");
const QString kReadOnly = QStringLiteral("readOnly");

constexpr int kDifferencesShown = 3;

QString textOf(const Error& error)
{
    return QString::fromStdString(error.text());
}

/// "pages.pageSize: 64 -> 128; seed: 1 -> 2; and 4 more"
QString summaryOf(const QStringList& differences)
{
    QString text = differences.mid(0, kDifferencesShown).join(QStringLiteral("; "));
    if (const qsizetype more = differences.size() - kDifferencesShown; more > 0)
        text += ProjectCommands::tr("; and %1 more").arg(more);
    return text;
}

} // namespace

ProjectCommands::ProjectCommands(
    Session& session, NoticeBar& notices, LogModel& log, QSettings& settings, QWidget& window)
    : m_session(session)
    , m_notices(notices)
    , m_log(log)
    , m_window(window)
    , m_recent(settings)
{
    connectDocument();
}

void ProjectCommands::connectDocument()
{
    ProjectDocument& file = m_session.file();
    connect(&file, &ProjectDocument::opened, this, &ProjectCommands::onOpened);
    connect(&file, &ProjectDocument::openFailed, this, &ProjectCommands::onOpenFailed);
    connect(&file, &ProjectDocument::closed, this, [this] {
        for (const QString& name : { kFile, kRecovery, kConflict, kReadOnly })
            m_notices.remove(name);
    });
    connect(&file, &ProjectDocument::saved, this, [this] {
        for (const QString& name : { kFile, kConflict })
            m_notices.remove(name);
        m_log.add(LogLevel::Info, tr("Saved."));
        if (const auto then = std::exchange(m_afterSave, nullptr))
            then();
    });
    connect(&file, &ProjectDocument::saveFailed, this, [this](const Error& error) {
        m_afterSave = nullptr;
        m_notices.show(kFile, Kind::Error,
            tr("The project could not be saved: %1. The edits are kept in this window.").arg(textOf(error)),
            { { tr("Save again"), tr("Tries to save once more"), [this] { save(); } } });
        m_log.add(LogLevel::Error, tr("Not saved: %1").arg(textOf(error)));
    });
    connect(&file, &ProjectDocument::changedElsewhere, this, &ProjectCommands::offerConflict);
    connect(&file, &ProjectDocument::reloaded, this, [this](const QStringList& differences) {
        m_notices.remove(kConflict);
        m_notices.show(kFile, Kind::Info,
            tr("Another program has changed project.json: %1.").arg(summaryOf(differences)));
        m_log.add(
            LogLevel::Info, tr("Read project.json again: %1").arg(differences.join(QStringLiteral("; "))));
    });
    connect(&file, &ProjectDocument::fileProblem, this, [this](const Error& error) {
        m_notices.show(kFile, Kind::Error,
            tr("%1. Nothing in this window is lost: save to write the file anew.").arg(textOf(error)));
        m_log.add(LogLevel::Error, textOf(error));
    });
    connect(&file, &ProjectDocument::recoveryFound, this, &ProjectCommands::offerRecovery);
    connect(&m_session.document(), &RecipeDocument::readOnlyChanged, this,
        [this] { m_notices.show(kReadOnly, Kind::Warning, m_session.document().readOnlyReason()); });
}

void ProjectCommands::fillRecentMenu(QMenu& menu)
{
    connect(&menu, &QMenu::aboutToShow, &menu, [this, &menu] {
        menu.clear();
        for (int row = 0; row < m_recent.rowCount(); ++row) {
            const QModelIndex index = m_recent.index(row);
            const QString folder = index.data(RecentProjects::FolderRole).toString();
            QAction* const action = menu.addAction(
                tr("&%1 %2").arg(row + 1).arg(index.data(RecentProjects::NameRole).toString()));
            action->setToolTip(QDir::toNativeSeparators(folder));
            connect(action, &QAction::triggered, this, [this, folder] { open(folder); });
        }
        if (m_recent.rowCount() == 0)
            menu.addAction(tr("Projects that you open are listed here"))->setEnabled(false);
    });
    menu.setToolTipsVisible(true);
}

void ProjectCommands::askNew()
{
    askNewFrom({});
}

QDialog* ProjectCommands::askNewFrom(const QString& sample)
{
    QList<SampleChoice> samples = sampleChoices();
    std::stable_partition(
        samples.begin(), samples.end(), [&](const SampleChoice& choice) { return choice.name == sample; });
    auto* const dialog = new NewProjectDialog(samples, projectsPlace(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewProjectDialog::createRequested, this, [this, dialog] { make(*dialog); });
    dialog->open();
    return dialog;
}

void ProjectCommands::make(NewProjectDialog& dialog)
{
    auto* const asked = &dialog;
    const QString folder = dialog.folder();
    if (!m_maker.start(
            [place = folder.toStdString(), sample = dialog.sample().toStdString(),
                name = dialog.name().toStdString()](JobChannel&, const std::stop_token&) -> Result<JobEnd> {
                PALIMPSEST_CHECK(createProject(place, sample, name));
                return JobEnd::Finished;
            })) {
        dialog.showProblem(tr("Another project is being made; try again in a moment."));
        return;
    }
    // Until the dialog goes: the user may have closed it meanwhile.
    connect(&m_maker, &JobRunner::failed, asked,
        [asked](const Error& error) { asked->showProblem(textOf(error)); });
    connect(&m_maker, &JobRunner::stateChanged, asked, [this, asked, folder](JobRunner::State state) {
        if (state != JobRunner::State::Finished)
            return;
        asked->accept();
        open(folder);
    });
}

void ProjectCommands::askOpen()
{
    auto* const dialog = new QFileDialog(&m_window, tr("Open a project folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ProjectCommands::open);
    dialog->open();
}

void ProjectCommands::open(const QString& folder)
{
    leave([this, folder] {
        m_wanted = QDir(folder).absolutePath().toStdString();
        m_log.add(LogLevel::Info, tr("Opening %1").arg(QDir::toNativeSeparators(folder)));
        m_session.file().open(m_wanted);
    });
}

void ProjectCommands::onOpened()
{
    for (const QString& name : { kFile, kRecovery, kConflict })
        m_notices.remove(name);
    m_notices.show(kReadOnly, Kind::Warning, m_session.document().readOnlyReason());
    m_recent.add(QString::fromStdString(m_session.folder().string()),
        QString::fromStdString(m_session.document().recipe().name));
}

void ProjectCommands::onOpenFailed(const Error& error, bool hasBackup)
{
    QList<NoticeButton> buttons;
    if (hasBackup)
        buttons << NoticeButton { tr("Open the backup"),
            tr("Opens the project as it was before the last save; nothing is written until you save"),
            [this] { m_session.file().openBackup(m_wanted); } };
    m_notices.show(kFile, Kind::Error, tr("The project cannot be opened: %1.").arg(textOf(error)), buttons);
    m_log.add(LogLevel::Error, tr("Not opened: %1").arg(textOf(error)));
    Q_EMIT openFailed();
}

void ProjectCommands::offerRecovery(const RecoveryOffer& offer)
{
    QString text = tr("Edits of %1 were not saved: %2.").arg(offer.time, summaryOf(offer.differences));
    if (offer.isFileNewer)
        text += QLatin1Char(' ') + tr("Another program has changed project.json since.");
    m_notices.show(kRecovery, Kind::Warning, text,
        { { tr("Recover"), tr("Takes the edits into the recipe, as a step that can be undone"),
              [this] { m_session.file().acceptRecovery(); } },
            { tr("Delete"), tr("Deletes the edits"), [this] { m_session.file().dismissRecovery(); } } });
}

void ProjectCommands::offerConflict(const QStringList& differences)
{
    m_afterSave = nullptr;
    m_notices.show(kConflict, Kind::Warning,
        tr("Another program has changed project.json, and there are unsaved edits here. They differ in: %1.")
            .arg(summaryOf(differences)),
        { { tr("Read it"), tr("Takes what is in the file; the edits here can be had back by undo"),
              [this] { m_session.file().reload(); } },
            { tr("Save mine"), tr("Saves the recipe of this window; the file is kept as project.json.bak"),
                [this] { m_session.file().saveAnyway(); } } });
}

void ProjectCommands::save()
{
    m_session.file().save();
}

void ProjectCommands::saveAndThen(const std::function<void()>& then)
{
    if (!m_session.hasProject() || !m_session.document().isDirty()) {
        then();
        return;
    }
    m_afterSave = then;
    save();
}

void ProjectCommands::leave(const std::function<void()>& then)
{
    if (!m_session.hasProject() || !m_session.document().isDirty()) {
        then();
        return;
    }
    const QString name = QStringLiteral("askToSave");
    if (m_window.findChild<QMessageBox*>(name) != nullptr)
        return; // it is asked already
    auto* const box = new QMessageBox(QMessageBox::Question, tr("Unsaved edits"),
        tr("The recipe of “%1” has unsaved edits. Save them?")
            .arg(QString::fromStdString(m_session.document().recipe().name)),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &m_window);
    box->setObjectName(name);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, box, then] {
        if (box->standardButton(box->clickedButton()) == QMessageBox::Save) {
            saveAndThen(then);
        } else if (box->standardButton(box->clickedButton()) == QMessageBox::Discard) {
            m_session.file().close();
            then();
        }
    });
    box->open();
}

void ProjectCommands::closeProject()
{
    leave([this] { m_session.file().close(); });
}

} // namespace palimpsest
