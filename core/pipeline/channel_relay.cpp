// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/channel_relay.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace palimpsest {

ChannelRelay::ChannelRelay(JobChannel& outer, Translate translate)
    : m_outer(outer)
    , m_translate(std::move(translate))
    , m_thread([this](const std::stop_token& stop) {
        using namespace std::chrono_literals;
        std::mutex mutex;
        std::condition_variable_any stopped;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            pass();
            stopped.wait_for(lock, stop, 100ms, [] { return false; });
        }
    })
{
}

ChannelRelay::~ChannelRelay()
{
    m_thread.request_stop();
    m_thread.join();
    pass();
}

void ChannelRelay::pass()
{
    const JobChannel::Update update = m_inner.take();
    for (const std::string& message : update.messages)
        m_outer.addMessage(message);
    Progress progress = m_translate(update);
    m_outer.setProgress(progress.fraction, std::move(progress.phase));
}

} // namespace palimpsest
