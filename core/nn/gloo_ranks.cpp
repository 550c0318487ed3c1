// SPDX-License-Identifier: Apache-2.0
// ProcessGroupGloo.hpp names types of Gloo, whose headers come from Debian's libgloo-dev; their code is inside libtorch_cpu, in
// a newer version. So nothing here may look into a type of Gloo or call its functions: devices and contexts are only handed on.
#define USE_C10D_GLOO
#include "core/nn/ranks.h"
#include "core/nn/torch_headers.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <c10/util/Logging.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#pragma GCC diagnostic pop

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace palimpsest {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kPoll = 20ms;
constexpr auto kRollCall = 3s; ///< how long the others have to say that they are still there
constexpr const char* kGoOn = "; what is done is kept, and the same command goes on from the last checkpoint";

std::string nameOf(int rank)
{
    return "rank " + std::to_string(rank);
}

std::string firstLine(std::string_view text)
{
    return std::string(text.substr(0, text.find('\n')));
}

/// The address by which this machine reaches another, as text. Empty: none.
/// No packet is sent: connecting a datagram socket only chooses the way.
std::string ownAddressTowards(const std::string& host, std::uint16_t port)
{
    addrinfo wanted {};
    wanted.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0)
        return {};
    std::string address;
    for (const addrinfo* each = found; each != nullptr && address.empty(); each = each->ai_next) {
        const int handle = ::socket(each->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_storage own {};
        socklen_t size = sizeof own;
        char text[NI_MAXHOST] = {};
        if (handle >= 0 && ::connect(handle, each->ai_addr, each->ai_addrlen) == 0
            && ::getsockname(handle, reinterpret_cast<sockaddr*>(&own), &size) == 0
            && ::getnameinfo(
                   reinterpret_cast<sockaddr*>(&own), size, text, sizeof text, nullptr, 0, NI_NUMERICHOST)
                == 0)
            address = text;
        if (handle >= 0)
            ::close(handle);
    }
    ::freeaddrinfo(found);
    return address;
}

/// What a rank leaves in the store when it has nothing more to do with the others.
enum class Parting {
    Lost, ///< it saw that another rank is gone, and is itself still there
    Done,
    Failed, ///< by itself: its error follows
};
struct Note {
    Parting parting = Parting::Lost;
    std::string error;
};

std::string toText(const Note& note)
{
    return std::to_string(static_cast<int>(note.parting)) + note.error;
}

class GlooRanks final : public Ranks {
public:
    GlooRanks(const RankPlace& place, RankTimeouts timeouts, c10::intrusive_ptr<c10d::Store> store,
        c10::intrusive_ptr<c10d::ProcessGroupGloo> group)
        : Ranks(place)
        , m_timeouts(timeouts)
        , m_store(std::move(store))
        , m_group(std::move(group))
    {
    }

    Status sum(const at::Tensor& values) override
    {
        if (!m_group)
            throw std::logic_error("Ranks::sum() after the job was over");
        std::string problem;
        try {
            std::vector<at::Tensor> tensors { values };
            if (m_group->allreduce(tensors)->wait())
                return success();
            problem = "broken off";
        } catch (const std::exception& e) {
            problem = firstLine(e.what());
        }
        return explain(problem);
    }

    Status barrier() override { return sum(at::zeros({ 1 }, at::kFloat)); }

    Status give(const std::string& order) override
    {
        try {
            m_store->set("order/" + std::to_string(m_orders++), order);
            return success();
        } catch (const std::exception& e) {
            return explain(firstLine(e.what()));
        }
    }

    Result<std::optional<std::string>> nextOrder(const std::stop_token& stop) override
    {
        const std::string key = "order/" + std::to_string(m_orders);
        try {
            while (!m_store->check({ key })) {
                if (const std::optional<Note> note = noteOf(0)) {
                    if (note->parting == Parting::Failed)
                        return failure("rank 0 failed: " + note->error);
                    return std::optional<std::string> {};
                }
                if (stop.stop_requested())
                    return canceled();
                std::this_thread::sleep_for(kPoll);
            }
            ++m_orders;
            return std::optional(m_store->get_to_str(key));
        } catch (const std::exception&) {
            return gone(0);
        }
    }

    void leave(const Error* error) override
    {
        if (m_hasLeft)
            return;
        const Note note
            = error == nullptr ? Note { Parting::Done, {} } : Note { Parting::Failed, error->text() };
        m_isSpeaker = write(note) ? isFirst() : true;
        if (isFirst())
            (void)callRoll(); // the store goes with this process: the others must have read what they need
    }

    bool isSpeaker() const override { return m_isSpeaker; }

private:
    using Roll = std::vector<std::optional<Note>>;

    [[nodiscard]] static std::string keyOf(int rank) { return "note/" + std::to_string(rank); }

    /// @return whether the store took it
    bool write(const Note& note)
    {
        m_hasLeft = true;
        try {
            m_store->set(keyOf(rank()), toText(note));
            return true;
        } catch (const std::exception&) {
            return false;
        }
    }

    [[nodiscard]] std::optional<Note> noteOf(int other)
    {
        if (!m_store->check({ keyOf(other) }))
            return std::nullopt;
        const std::string text = m_store->get_to_str(keyOf(other));
        return Note { static_cast<Parting>(text.at(0) - '0'), text.substr(1) };
    }

    /// The notes of all ranks, as soon as all are there; at the latest after kRollCall.
    /// @return nothing where the store is gone, and so the rank that keeps it
    [[nodiscard]] std::optional<Roll> callRoll()
    {
        Roll roll(static_cast<std::size_t>(size()));
        const auto end = Clock::now() + kRollCall;
        try {
            while (true) {
                bool isWhole = true;
                for (int other = 0; other < size(); ++other) {
                    std::optional<Note>& note = roll[static_cast<std::size_t>(other)];
                    if (!note)
                        note = noteOf(other);
                    isWhole = isWhole && note.has_value();
                }
                if (isWhole || Clock::now() > end)
                    return roll;
                std::this_thread::sleep_for(kPoll);
            }
        } catch (const std::exception&) {
            // Rank 0 may have been here, called its own roll, and ended with the store.
            return roll.front() ? std::optional(roll) : std::nullopt;
        }
    }

    /// Why a call came to nothing, in one sentence about the rank that is to blame.
    [[nodiscard]] Error explain(const std::string& problem)
    {
        m_group.reset(); // whoever waits for this rank now sees it too
        if (!write({ Parting::Lost, {} }))
            return gone(0);
        const std::optional<Roll> roll = callRoll();
        if (!roll)
            return gone(0);
        const auto isHere = [](const std::optional<Note>& note) { return note.has_value(); };
        m_isSpeaker = std::find_if(roll->begin(), roll->end(), isHere) - roll->begin() == rank();
        for (int other = 0; other < size(); ++other) {
            const std::optional<Note>& note = (*roll)[static_cast<std::size_t>(other)];
            if (note && note->parting == Parting::Failed)
                return failure(nameOf(other) + " failed: " + note->error);
            if (note && note->parting == Parting::Done)
                return failure(nameOf(other) + " was asked to stop" + kGoOn);
        }
        for (int other = 0; other < size(); ++other)
            if (!(*roll)[static_cast<std::size_t>(other)])
                return gone(other, problem);
        return failure("the ranks lost each other, although all are there (" + problem + ")" + kGoOn);
    }

    [[nodiscard]] Error gone(int other, const std::string& problem = {})
    {
        if (other == 0 && rank() != 0)
            m_isSpeaker = m_isSpeaker || rank() == 1;
        const std::string of = nameOf(other) + " of " + std::to_string(size());
        if (problem.find("Timed out") != std::string::npos)
            return failure(of + " has not answered for " + std::to_string(m_timeouts.answer / 1s)
                + " s (is its process stopped, or its machine lost?)" + kGoOn);
        return failure(of + " has ended without a word (was it killed, or out of memory?)" + kGoOn);
    }

    RankTimeouts m_timeouts;
    c10::intrusive_ptr<c10d::Store> m_store;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> m_group; ///< goes before the store that it was made with
    std::int64_t m_orders = 0; ///< given or taken
    bool m_hasLeft = false;
    bool m_isSpeaker = false;
};

c10::intrusive_ptr<c10d::Store> meetAtStore(const RankPlace& place, const RankTimeouts& timeouts)
{
    c10d::TCPStoreOptions options;
    options.port = place.port;
    options.isServer = place.rank == 0 && !place.storeIsElsewhere;
    options.waitWorkers = false;
    options.timeout = timeouts.meeting;
    if (place.listener >= 0)
        options.masterListenFd = place.listener;
    return c10::make_intrusive<c10d::PrefixStore>(
        "palimpsest/" + place.session, c10::make_intrusive<c10d::TCPStore>(place.host, options));
}

} // namespace

Result<std::unique_ptr<Ranks>> meetRanks(const RankPlace& place, RankTimeouts timeouts)
{
    FLAGS_caffe2_log_level
        = c10::GLOG_ERROR; // what is said of a lost connection is said by us, in one sentence
    const std::string where = place.host + ":" + std::to_string(place.port);
    c10::intrusive_ptr<c10d::Store> store;
    try {
        store = meetAtStore(place, timeouts);
    } catch (const std::exception& e) {
        if (place.rank == 0)
            return failure("rank 0 cannot listen at " + where + ": " + firstLine(e.what())
                + "; choose another MASTER_PORT, or end what listens there");
        return failure(nameOf(place.rank) + " does not reach rank 0 at " + where + " within "
            + std::to_string(timeouts.meeting / 1s)
            + " s; is rank 0 started, and do MASTER_ADDR and MASTER_PORT name its machine and a free port?");
    }
    try {
        const auto options = c10d::ProcessGroupGloo::Options::create(timeouts.answer);
        options->threads = 1;
        const std::string address = ownAddressTowards(place.host, place.port);
        if (const auto interface = environmentVariable("GLOO_SOCKET_IFNAME");
            interface && !interface->empty())
            options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForInterface(*interface));
        else if (!address.empty())
            options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(address));
        else
            options->devices.push_back(c10d::ProcessGroupGloo::createDefaultDevice());
        // The first to come waits for the last; the store's own timeout ends that.
        store->setTimeout(timeouts.meeting);
        store->set("here/" + std::to_string(place.rank), std::string("1"));
        for (int other = 0; other < place.size; ++other)
            store->wait({ "here/" + std::to_string(other) }, timeouts.meeting);
        auto group = c10::make_intrusive<c10d::ProcessGroupGloo>(store, place.rank, place.size, options);
        return std::unique_ptr<Ranks>(
            std::make_unique<GlooRanks>(place, timeouts, std::move(store), std::move(group)));
    } catch (const std::exception& e) {
        std::string missing;
        for (int other = 0; other < place.size; ++other) {
            bool isHere = false;
            try {
                isHere = store->check({ "here/" + std::to_string(other) });
            } catch (const std::exception&) {
                return failure("rank 0 has ended before all ranks had met; what it says tells why");
            }
            if (!isHere)
                missing += (missing.empty() ? "" : ", ") + std::to_string(other);
        }
        if (!missing.empty())
            return failure("of " + std::to_string(place.size) + " ranks these have not come within "
                + std::to_string(timeouts.meeting / 1s) + " s: " + missing
                + "; start as many processes as WORLD_SIZE or SLURM_NTASKS says");
        return failure("the ranks cannot connect to each other: " + firstLine(e.what())
            + "; GLOO_SOCKET_IFNAME names the network device to use");
    }
}

} // namespace palimpsest
