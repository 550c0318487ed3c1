// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_channel.h"

#include <algorithm>
#include <utility>

namespace palimpsest {

void JobChannel::beginStage(std::string stage)
{
    const std::scoped_lock lock(m_mutex);
    m_update.stagesBegun.push_back(stage);
    m_update.stage = std::move(stage);
    m_update.phase.clear();
    m_update.fraction = 0.0;
    m_update.secondsLeft.reset();
    m_stageStart = std::chrono::steady_clock::now();
}

void JobChannel::setProgress(double fraction, std::string phase)
{
    const std::scoped_lock lock(m_mutex);
    m_update.fraction = std::clamp(fraction, 0.0, 1.0);
    m_update.phase = std::move(phase);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - m_stageStart;
    // Early guesses jump about: say nothing in the first half second or the first hundredth of the work.
    if (m_update.fraction >= 0.01 && spent.count() >= 0.5)
        m_update.secondsLeft = spent.count() * (1.0 - m_update.fraction) / m_update.fraction;
}

void JobChannel::addSample(Sample sample)
{
    const std::scoped_lock lock(m_mutex);
    m_update.samples.push_back(std::move(sample));
}

void JobChannel::addEvent(std::shared_ptr<const StageEvent> event)
{
    const std::scoped_lock lock(m_mutex);
    m_update.events.push_back(std::move(event));
}

void JobChannel::addMessage(std::string message)
{
    const std::scoped_lock lock(m_mutex);
    m_update.messages.push_back(std::move(message));
}

JobChannel::Update JobChannel::take()
{
    const std::scoped_lock lock(m_mutex);
    Update update = m_update;
    m_update.stagesBegun.clear();
    m_update.samples.clear();
    m_update.events.clear();
    m_update.messages.clear();
    return update;
}

} // namespace palimpsest
