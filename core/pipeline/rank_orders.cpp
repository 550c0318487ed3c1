// SPDX-License-Identifier: Apache-2.0
// An order is a JSON object: {"do": "optimise", "fingerprint": ..., "resume": false}.
#include "core/pipeline/rank_orders.h"

#include "core/backend/gpu_module.h"
#include "core/base/json.h"
#include "core/nn/ranks.h"
#include "core/nn/train.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/record_access.h"
#include "core/pipeline/stages.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <exception>
#include <thread>

namespace palimpsest {
namespace {

/// This rank's part of joint optimisation. Its outcome is rank 0's, bit for bit, and is not kept.
Status takePartInOptimise(RunSession& session, const Json& order, const JobContext& context)
{
    if (session.project().planned("optimise").fingerprint != order.at("fingerprint"))
        return badInput("rank " + std::to_string(session.ranks()->rank())
            + " would optimise from other inputs than rank 0; all ranks need the same project folder, the "
              "same data and the "
              "same command line");
    PALIMPSEST_TRY(JointRequest request, optimiseRequest(session, order.at("resume")));
    request.ranks = session.ranks();
    const SharedThreads threads(session);
    const Result<JointOutcome> outcome = optimiseJointly(request, context);
    return outcome ? success() : outcome.error();
}

} // namespace

SharedThreads::SharedThreads(const RunSession& session)
    : m_session(session)
{
    const std::int64_t threads = session.recipe().threads;
    if (isOptimiseShared(session) && threads == 0)
        setEngineThreads(std::max<std::int64_t>(1,
            static_cast<std::int64_t>(std::thread::hardware_concurrency()) / session.ranks()->localSize()));
}

SharedThreads::~SharedThreads()
{
    if (isOptimiseShared(m_session))
        setEngineThreads(m_session.recipe().threads);
}

bool isOptimiseShared(const RunSession& session)
{
    return session.ranks() != nullptr && session.recipe().optimisation.schedule == Schedule::Simultaneous;
}

Status orderOptimise(RunSession& session, bool resume)
{
    return session.ranks()->give(Json { { "do", "optimise" },
        { "fingerprint", session.project().planned("optimise").fingerprint },
        { "resume", resume } }.dump());
}

Result<JobEnd> followPipeline(
    const Project& project, const RunOptions& options, JobChannel& channel, const std::stop_token& stop)
{
    PALIMPSEST_TRY(const std::string device, resolveDevice(options.device));
    setEngineThreads(project.recipe().threads);
    RunSession session(project, options.ranks);
    const JobContext context = JobContext(channel, stop).onDevice(device);
    while (true) {
        const Result<std::optional<std::string>> order = options.ranks->nextOrder(stop);
        Status done = order ? success() : order.error();
        try {
            if (order && *order)
                done = takePartInOptimise(session, Json::parse(**order), context);
        } catch (const DecodeError& e) { // a result that rank 0 wrote is not there, or damaged
            done = badInput(e.what());
        } catch (const std::bad_alloc&) {
            done = failure("optimise ran out of memory");
        }
        if (!done && done.error().kind == ErrorKind::Canceled)
            return JobEnd::Canceled;
        if (!done)
            return done.error();
        if (!*order)
            return JobEnd::Finished;
    }
}

} // namespace palimpsest
