// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/import/import_assistant.h"

#include "core/project/recipe.h"
#include "widgets/import/data_page.h"
#include "widgets/import/import_text.h"
#include "widgets/import/network_page.h"
#include "widgets/import/trial_page.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/setting_text.h"
#include "widgets/worker/newest_task.h"

#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace palimpsest {

namespace {

QStringList droppedFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            files << url.toLocalFile();
    return files;
}

} // namespace

ImportAssistant::ImportAssistant(
    RecipeDocument& document, ImportEngine engine, NewestTask& worker, const QString& base, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_engine(std::move(engine))
    , m_worker(worker)
    , m_networkPage(new NetworkPage(m_engine, worker))
    , m_dataPage(new DataPage(m_engine, worker, document, base))
    , m_trialPage(new TrialPage(m_engine, worker, document))
{
    setWindowTitle(tr("Import a network"));
    setAcceptDrops(true);
    m_steps = new QLabel;
    m_steps->setTextFormat(Qt::RichText);
    m_explanation = new QLabel;
    m_explanation->setWordWrap(true);
    m_stack = new QStackedWidget;
    m_pages = { m_networkPage, m_dataPage, m_trialPage };
    for (ImportPage* page : m_pages) {
        m_stack->addWidget(page);
        connect(page, &ImportPage::changed, this, &ImportAssistant::showState);
    }
    m_busy = new QProgressBar;
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumHeight(fontMetrics().height() / 2);
    m_busy->setAccessibleName(tr("Reading or computing"));
    QSizePolicy policy = m_busy->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // nothing jumps when it comes and goes
    m_busy->setSizePolicy(policy);

    auto* const layout = new QVBoxLayout(this);
    layout->addWidget(m_steps);
    layout->addWidget(m_explanation);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_busy);
    layout->addWidget(createButtons());
    resize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 38);

    connect(m_dataPage, &DataPage::fetchRequested, this, &ImportAssistant::fetchRequested);
    connect(&worker, &NewestTask::busyChanged, this, &ImportAssistant::showState);
    connect(&worker, &NewestTask::failed, this, [this](const QString& text) {
        m_isAdding = false;
        m_explanation->setText(sentence(text)); // a bug, or a machine without memory
        showState();
    });
    connect(&document, &RecipeDocument::loaded, this, &ImportAssistant::reject); // of another project
    connect(&document, &RecipeDocument::readOnlyChanged, this, &ImportAssistant::showState);
    auto* const help = new QShortcut(QKeySequence::HelpContents, this);
    connect(help, &QShortcut::activated, this, &ImportAssistant::helpRequested);
    showPage(0);
}

ImportAssistant::~ImportAssistant()
{
    m_worker.cancel(); // what it brings is not shown any more
}

QWidget* ImportAssistant::createButtons()
{
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel | QDialogButtonBox::Help);
    m_back = buttons->addButton(tr("&Back"), QDialogButtonBox::ActionRole);
    m_back->setObjectName(QStringLiteral("importBack"));
    m_back->setToolTip(tr("Shows the page before; what was chosen stays."));
    m_next = buttons->addButton(tr("&Next"), QDialogButtonBox::ActionRole);
    m_next->setObjectName(QStringLiteral("importNext"));
    m_next->setDefault(true);
    connect(m_back, &QPushButton::clicked, this, &ImportAssistant::goBack);
    connect(m_next, &QPushButton::clicked, this, &ImportAssistant::goOn);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::helpRequested, this, &ImportAssistant::helpRequested);
    return buttons;
}

void ImportAssistant::setFiles(const QStringList& files)
{
    if (m_isAdding)
        return;
    QStringList sorted = files;
    // The weights are the file; the layer list beside them says what they are.
    if (sorted.size() == 2 && sorted[0].endsWith(QStringLiteral(".json"), Qt::CaseInsensitive))
        sorted.swapItemsAt(0, 1);
    showPage(0);
    m_networkPage->setFile(sorted.value(0), sorted.value(1));
}

void ImportAssistant::setData(const QString& fileOrFolder)
{
    m_dataPage->chooseFiles(fileOrFolder);
}

void ImportAssistant::setKnownData(const QList<KnownData>& known)
{
    m_dataPage->setKnownData(known);
}

bool ImportAssistant::isBusy() const
{
    return m_worker.isBusy();
}

bool ImportAssistant::canGoOn() const
{
    const bool isLast = page() + 1 == static_cast<int>(m_pages.size());
    return !m_isAdding && !isBusy() && m_pages[static_cast<std::size_t>(page())]->isComplete()
        && (!isLast || m_document.readOnlyReason().isEmpty());
}

void ImportAssistant::goOn()
{
    if (!canGoOn())
        return;
    if (page() == 0)
        m_dataPage->setNetwork(m_networkPage->network(), m_networkPage->file());
    else if (page() == 1)
        m_trialPage->setSubject(m_networkPage->network(), m_dataPage->task(), m_networkPage->file());
    if (page() + 1 < static_cast<int>(m_pages.size()))
        showPage(page() + 1);
    else
        add();
}

void ImportAssistant::goBack()
{
    if (!m_isAdding && page() > 0)
        showPage(page() - 1);
}

void ImportAssistant::reject()
{
    if (!m_isAdding)
        QDialog::reject();
}

int ImportAssistant::page() const
{
    return m_stack->currentIndex();
}

void ImportAssistant::showPage(int page)
{
    ImportPage& shown = *m_pages[static_cast<std::size_t>(page)];
    m_stack->setCurrentIndex(page);
    m_explanation->setText(shown.explanation());
    QStringList steps;
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        const QString text = tr("%1 %2").arg(i + 1).arg(m_pages[i]->title());
        steps << (static_cast<int>(i) == page ? QStringLiteral("<b>%1</b>").arg(text) : text);
    }
    m_steps->setText(steps.join(QStringLiteral("&nbsp;&nbsp;›&nbsp;&nbsp;")));
    m_steps->setAccessibleName(tr("Page %1 of %2: %3").arg(page + 1).arg(m_pages.size()).arg(shown.title()));
    shown.enter();
    showState();
}

void ImportAssistant::showState()
{
    if (m_next == nullptr)
        return; // still being built
    const bool isLast = page() + 1 == static_cast<int>(m_pages.size());
    m_busy->setVisible(isBusy());
    m_back->setEnabled(!m_isAdding && page() > 0);
    m_next->setEnabled(canGoOn());
    m_next->setText(isLast ? tr("&Add the task") : tr("&Next"));
    m_next->setToolTip(!m_document.readOnlyReason().isEmpty() ? m_document.readOnlyReason()
            : isLast ? tr("Puts the network into the project folder and the task into the recipe; undo takes "
                          "it out again.")
                     : tr("Shows the next page."));
    m_stack->setEnabled(!m_isAdding);
}

void ImportAssistant::add()
{
    m_isAdding = true;
    m_worker.start([this, store = m_engine.store, network = m_networkPage->network(),
                       task = m_trialPage->task()](const std::stop_token&) -> NewestTask::Show {
        return [this, stored = store(*network, task)] { finishAdding(stored); };
    });
    showState();
}

void ImportAssistant::finishAdding(const Result<TaskSettings>& stored)
{
    m_isAdding = false;
    const Status status = stored ? m_document.addTask(*stored) : Status(stored.error());
    if (!status) {
        m_trialPage->showProblem(sentence(QString::fromStdString(status.error().text())));
        showState();
        return;
    }
    m_added = static_cast<int>(m_document.recipe().tasks.size()) - 1;
    accept();
}

void ImportAssistant::dragEnterEvent(QDragEnterEvent* event)
{
    if (const qsizetype count = droppedFiles(event->mimeData()).size(); count == 1 || count == 2)
        event->acceptProposedAction();
}

void ImportAssistant::dropEvent(QDropEvent* event)
{
    const QStringList files = droppedFiles(event->mimeData());
    if (files.isEmpty())
        return;
    event->acceptProposedAction();
    if (page() == 1)
        m_dataPage->chooseFiles(files.constFirst()); // here the data are asked for
    else
        setFiles(files);
}

} // namespace palimpsest
