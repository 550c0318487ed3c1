// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_channel.h"

#include <functional>
#include <string>
#include <thread>

namespace palimpsest {

/// A channel for a job within a job: what it says of its stages becomes progress of the one stage of the outer job. Its messages go on; samples
/// and events stay, as they are of something that the outer job's observers do not know.
class ChannelRelay {
public:
    /// Progress of the outer stage, from what the inner job says of itself.
    struct Progress {
        double fraction = 0.0;
        std::string phase;
    };
    using Translate
        = std::function<Progress(const JobChannel::Update&)>; ///< called on the relay's own thread

    /// `outer` outlives the relay.
    ChannelRelay(JobChannel& outer, Translate translate);
    ~ChannelRelay(); ///< nothing that was said is lost
    ChannelRelay(const ChannelRelay&) = delete;
    ChannelRelay& operator=(const ChannelRelay&) = delete;

    [[nodiscard]] JobChannel& channel() { return m_inner; }

private:
    void pass();

    JobChannel& m_outer;
    Translate m_translate;
    JobChannel m_inner;
    std::jthread m_thread;
};

} // namespace palimpsest
