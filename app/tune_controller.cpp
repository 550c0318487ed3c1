// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tune_controller.h"

#include "app/session.h"
#include "core/pipeline/tune.h"
#include "core/pipeline/tune_store.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/style/text.h"
#include "widgets/tune/tune_dialog.h"
#include "widgets/tune/tune_view.h"

#include <utility>

namespace palimpsest {

namespace {

using Kind = NoticeBar::Kind;

const QString kNotice = QStringLiteral("tune");

QString titleOf(const std::string& project, const TuneTarget& target)
{
    const QString name = QString::fromStdString(project);
    if (target.bytes)
        return TuneController::tr("%1: search for %2")
            .arg(name, bytesText(static_cast<double>(*target.bytes)));
    if (target.maxDrop)
        return TuneController::tr("%1: search for a drop of %2 points")
            .arg(name, QString::number(100.0 * *target.maxDrop, 'g', 3));
    return TuneController::tr("%1: search for the front").arg(name);
}

QString verdictOf(const TuneFront& front)
{
    const QString text = QString::fromStdString(verdict(front));
    return text.left(1).toUpper() + text.mid(1);
}

} // namespace

TuneController::TuneController(Session& session, TuneView& view, NoticeBar& notices, QWidget& window)
    : QObject(&window)
    , m_session(session)
    , m_view(view)
    , m_notices(notices)
    , m_window(window)
{
    connect(&session, &Session::projectChanged, this, &TuneController::forget);
    connect(&session, &Session::statesChanged, this, &TuneController::read);
    connect(&session, &Session::eventsArrived, this, &TuneController::show);
    connect(&session, &Session::runningChanged, this, [this] {
        if (m_isSearching && !m_session.isRunning())
            setSearching(false); // the recipe could not be saved
    });
    connect(&view, &TuneView::searchRequested, this, &TuneController::search);
    connect(&view, &TuneView::optionsRequested, this, &TuneController::ask);
}

TuneController::~TuneController() = default;

void TuneController::forget()
{
    m_reading.cancel();
    setSearching(false);
    m_view.setFront(nullptr);
    m_notices.remove(kNotice);
}

void TuneController::read()
{
    // While a search runs it tells of its front itself, whatever the recipe has become meanwhile.
    if (!m_session.hasProject() || m_isSearching)
        return;
    m_reading.start([this, folder = m_session.folder(), recipe = m_session.document().shared()](
                        const std::stop_token&) -> NewestTask::Show {
        std::shared_ptr<const TuneFront> front;
        if (const auto key = searchKey(folder, *recipe))
            if (auto kept = readTuneFront(folder, *key))
                front = std::make_shared<const TuneFront>(std::move(*kept));
        return [this, front] {
            if (!m_isSearching)
                m_view.setFront(front);
        };
    });
}

void TuneController::show(const std::vector<std::shared_ptr<const StageEvent>>& events)
{
    for (auto event = events.rbegin(); event != events.rend(); ++event) // the newest holds all
        if (const auto tuned = std::dynamic_pointer_cast<const TuneEvent>(*event)) {
            m_view.setFront(std::shared_ptr<const TuneFront>(tuned, &tuned->front));
            return;
        }
}

void TuneController::setSearching(bool isSearching)
{
    m_isSearching = isSearching;
    m_view.setSearching(isSearching);
}

void TuneController::ask(std::optional<std::int64_t> targetBytes)
{
    if (!m_session.hasProject() || m_isSearching || m_window.findChild<TuneDialog*>() != nullptr)
        return;
    const std::shared_ptr<const TuneFront>& shown = m_view.front();
    if (!targetBytes && shown)
        targetBytes = shown->target.bytes;
    auto* const dialog = new TuneDialog(targetBytes, shown ? shown->standaloneBytes : 0, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TuneDialog::searchRequested, this, &TuneController::search);
    dialog->open();
}

void TuneController::search(const TuneRequest& request)
{
    if (!m_session.hasProject() || m_isSearching)
        return;
    m_reading.cancel();
    m_notices.remove(kNotice);
    setSearching(true);
    Q_EMIT begun();
    const auto outcome
        = std::make_shared<TuneOutcome>(); // the worker writes it, and has ended when it is read
    m_session.runWork(
        titleOf(m_session.document().recipe().name, request.target),
        [request, outcome](const Session::JobPlace& place, JobChannel& channel,
            const std::stop_token& stop) -> Result<JobEnd> {
            const TuneOptions options { request.target, request.seconds, place.device };
            PALIMPSEST_TRY(*outcome, tuneProject(place.folder, *place.recipe, options, channel, stop));
            return outcome->end;
        },
        [this, request, outcome](JobState state) { onEnded(request, *outcome, state); });
}

void TuneController::onEnded(const TuneRequest& request, const TuneOutcome& outcome, JobState state)
{
    setSearching(false);
    if (state != JobState::Finished) { // a failed job has a notice of its own
        read();
        return;
    }
    m_view.setFront(std::make_shared<const TuneFront>(outcome.front));
    const auto best = bestPoint(outcome.front);
    QString text = verdictOf(outcome.front) + QLatin1Char('.');
    QList<NoticeButton> buttons;
    if (outcome.isTimeUp) {
        text += QLatin1Char(' ') + tr("The time was up before the search was at its end.");
        buttons << NoticeButton { tr("Go on"), tr("Searches on for as long again"),
            [this, request] { search(request); } };
    }
    const bool hasTarget = request.target.bytes || request.target.maxDrop;
    if (best && request.takesBest) {
        const TunePoint& point = outcome.front.points[*best];
        Q_EMIT pointTaken(editsOf(point.choice), takeText(point));
        text += QLatin1Char(' ') + tr("It is in the recipe now, and run; undo takes it back.");
        m_session.runUpTo();
    }
    m_notices.show(kNotice, hasTarget && !best ? Kind::Warning : Kind::Info, text, buttons);
}

} // namespace palimpsest
