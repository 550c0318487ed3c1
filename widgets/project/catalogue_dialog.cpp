// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/catalogue_dialog.h"

#include "widgets/project/catalogue_model.h"
#include "widgets/project/problem_label.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_view.h"
#include "widgets/worker/newest_task.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace palimpsest {

namespace {

QString paragraph(const QString& text)
{
    return text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

} // namespace

CatalogueDialog::CatalogueDialog(DataFetcher fetcher, QWidget* parent)
    : QDialog(parent)
    , m_fetcher(std::move(fetcher))
    , m_model(new CatalogueModel(m_fetcher.entries, this))
    , m_looking(new NewestTask(this))
    , m_table(new TableView)
{
    setWindowTitle(tr("Data sets"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Data sets that are known"));
    auto* const top = new QHBoxLayout;
    top->addWidget(m_table, 2);
    top->addWidget(createDetails(), 1);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* const layout = new QVBoxLayout(this);
    layout->addLayout(top, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 180, fontMetrics().height() * 30);

    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &CatalogueDialog::showEntry);
    connect(&m_jobs, &JobRunner::stateChanged, this, &CatalogueDialog::onJobState);
    connect(&m_jobs, &JobRunner::failed, this, &CatalogueDialog::fail);
    connect(&m_jobs, &JobRunner::progressChanged, this, [this](const JobProgress& progress) {
        m_progress->setValue(static_cast<int>(progress.fraction * 1000.0));
        m_progress->setFormat(progress.secondsLeft
                ? tr("%p %, %1 left").arg(secondsText(*progress.secondsLeft))
                : QStringLiteral("%p %"));
    });
    select(0);
    showEntry();
    m_table->fitColumns();
    lookForFiles();
}

CatalogueDialog::~CatalogueDialog() = default;

QWidget* CatalogueDialog::createDetails()
{
    m_details = new QLabel;
    m_details->setWordWrap(true);
    m_details->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_details->setTextFormat(Qt::RichText);
    m_details->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_details->setOpenExternalLinks(true);
    m_consent = new QCheckBox(tr("I use it for non-commercial purposes only"));
    m_consent->setObjectName(QStringLiteral("consent"));
    m_consent->setToolTip(tr("The licence of this data set allows no commercial use. Asked once."));
    m_question = new QLabel;
    m_question->setWordWrap(true);
    m_question->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setAccessibleName(tr("Progress of fetching"));
    m_problem = new ProblemLabel;
    m_fetch = new QPushButton(tr("&Fetch"));
    m_fetch->setObjectName(QStringLiteral("fetch"));
    m_fetch->setToolTip(
        tr("Gets the files, checks them and converts them for recipes. What was fetched before goes on."));
    m_confirm = new QPushButton(tr("&Take these files"));
    m_confirm->setObjectName(QStringLiteral("confirm"));
    m_confirm->setToolTip(tr("Expects the same SHA-256 from now on."));
    m_cancel = new QPushButton(tr("C&ancel"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_cancel->setToolTip(tr("Stops; what came so far is kept for the next time."));
    connect(m_consent, &QCheckBox::toggled, this, &CatalogueDialog::showEntry);
    connect(m_fetch, &QPushButton::clicked, this, &CatalogueDialog::fetch);
    connect(m_confirm, &QPushButton::clicked, this, &CatalogueDialog::confirm);
    connect(m_cancel, &QPushButton::clicked, this, &CatalogueDialog::cancel);

    auto* const row = new QHBoxLayout;
    row->addWidget(m_fetch);
    row->addWidget(m_confirm);
    row->addWidget(m_cancel);
    row->addStretch(1);
    auto* const box = new QWidget;
    auto* const layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->addWidget(m_details, 1);
    for (QWidget* widget : std::initializer_list<QWidget*> { m_consent, m_question, m_progress, m_problem })
        layout->addWidget(widget);
    layout->addLayout(row);
    return box;
}

int CatalogueDialog::current() const
{
    return m_table->currentIndex().row();
}

void CatalogueDialog::select(int row)
{
    m_table->setCurrentIndex(m_model->index(row, 0));
}

void CatalogueDialog::lookForFiles()
{
    m_looking->start([this, isPresent = m_fetcher.isPresent, entries = m_fetcher.entries](
                         const std::stop_token&) -> NewestTask::Show {
        std::vector<bool> found;
        for (const CatalogueEntry& entry : entries)
            found.push_back(isPresent(entry));
        return [this, found] {
            for (std::size_t row = 0; row < found.size(); ++row)
                m_model->setPresence(static_cast<int>(row),
                    found[row] ? CatalogueModel::Presence::Present : CatalogueModel::Presence::Missing);
            m_table->fitColumns();
            showEntry();
        };
    });
}

void CatalogueDialog::showEntry()
{
    const int row = current();
    if (row < 0)
        return;
    const CatalogueEntry& entry = m_model->entry(row);
    const bool isMissing = m_model->presence(row) == CatalogueModel::Presence::Missing;
    const bool canFetch = isMissing && !entry.downloads.empty();
    QString details = QStringLiteral("<h3>%1</h3>").arg(text(entry.title).toHtmlEscaped());
    details += paragraph(text(entry.description)) + paragraph(tr("Licence: %1.").arg(text(entry.licence)));
    details += paragraph(text(entry.citation));
    if (!entry.page.empty())
        details += QStringLiteral("<p><a href=\"%1\">%1</a></p>").arg(text(entry.page).toHtmlEscaped());
    if (isMissing && entry.downloads.empty())
        details += paragraph(entry.files.empty()
                ? tr("It cannot be fetched by itself: get it from its page by hand.")
                : tr("It comes with the package %1, which palimpsest-setup installs.")
                      .arg(text(entry.package)));
    m_details->setText(details);

    Result<bool> accepted = true;
    if (canFetch && entry.isNonCommercial)
        accepted = m_fetcher.isAccepted(entry);
    const bool needsConsent = canFetch && entry.isNonCommercial && !(accepted && *accepted);
    m_consent->setVisible(needsConsent);
    m_fetch->setVisible(m_step == Step::None && canFetch);
    m_fetch->setEnabled(!needsConsent || m_consent->isChecked());
    m_confirm->setVisible(m_step == Step::Confirm);
    m_question->setVisible(m_step == Step::Confirm);
    m_cancel->setVisible(m_step != Step::None);
    m_progress->setVisible(m_step == Step::Download || m_step == Step::Convert);
}

void CatalogueDialog::fetch()
{
    const int row = current();
    if (m_step != Step::None || row < 0 || m_model->entry(row).downloads.empty())
        return;
    const CatalogueEntry& entry = m_model->entry(row);
    m_problem->setProblem({});
    if (entry.isNonCommercial && m_consent->isVisibleTo(this)) {
        if (!m_consent->isChecked())
            return;
        if (const Status status = m_fetcher.accept(entry); !status) {
            fail(status.error());
            return;
        }
    }
    m_fetching = row;
    m_step = Step::Download;
    m_unconfirmed = std::make_shared<std::vector<UnconfirmedFile>>();
    m_progress->setValue(0);
    m_jobs.start([download = m_fetcher.download, entry, target = m_unconfirmed](
                     JobChannel& channel, std::stop_token stop) -> Result<JobEnd> {
        channel.beginStage("fetch");
        PALIMPSEST_TRY(*target, download(entry, JobContext(channel, std::move(stop))));
        return JobEnd::Finished;
    });
    showEntry();
}

void CatalogueDialog::confirm()
{
    if (m_step != Step::Confirm)
        return;
    for (const UnconfirmedFile& file : *m_unconfirmed)
        if (const Status status = m_fetcher.pin(file); !status) {
            fail(status.error());
            return;
        }
    startConversion();
}

void CatalogueDialog::startConversion()
{
    m_step = Step::Convert;
    m_progress->setValue(0);
    m_jobs.start([convert = m_fetcher.convert, entry = m_model->entry(m_fetching)](
                     JobChannel& channel, std::stop_token stop) -> Result<JobEnd> {
        channel.beginStage("convert");
        PALIMPSEST_TRY(const std::string summary, convert(entry, JobContext(channel, std::move(stop))));
        channel.addMessage(summary);
        return JobEnd::Finished;
    });
    showEntry();
}

void CatalogueDialog::cancel()
{
    m_jobs.cancel();
    if (m_step == Step::Confirm)
        m_step = Step::None;
    showEntry();
}

void CatalogueDialog::onJobState(JobRunner::State state)
{
    if (m_jobs.isBusy())
        return;
    const Step done = std::exchange(m_step, Step::None);
    if (state == JobRunner::State::Finished && done == Step::Download && !m_unconfirmed->empty()) {
        QStringList lines;
        for (const UnconfirmedFile& file : *m_unconfirmed)
            lines << tr("%1: %2 bytes, SHA-256 %3")
                         .arg(text(file.url), countText(static_cast<std::int64_t>(file.bytes)),
                             text(file.sha256));
        m_question->setText(tr("No SHA-256 of these files is known yet. Compare them with another source, "
                               "and take them where they are right.")
            + u'\n' + lines.join(u'\n'));
        m_step = Step::Confirm;
    } else if (state == JobRunner::State::Finished && done == Step::Download) {
        startConversion();
    } else if (state == JobRunner::State::Finished && done == Step::Convert) {
        m_model->setPresence(m_fetching, CatalogueModel::Presence::Present);
        Q_EMIT fetched(text(m_model->entry(m_fetching).name));
    }
    showEntry();
}

void CatalogueDialog::fail(const Error& error)
{
    m_problem->setProblem(sentence(text(error.text())));
    showEntry();
}

} // namespace palimpsest
