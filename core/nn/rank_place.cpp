// SPDX-License-Identifier: Apache-2.0
#include "core/nn/rank_place.h"

#include <charconv>
#include <cstdlib>

namespace palimpsest {
namespace {

/// Checks and converts variables; what they are called stands in every error.
class Reader {
public:
    explicit Reader(const Variables& variables)
        : m_variables(variables)
    {
    }

    [[nodiscard]] Result<std::string> text(const std::string& name, const std::string& why) const
    {
        const auto value = m_variables(name);
        if (!value || value->empty())
            return badInput(name + " is not set, but " + why
                + "; start all ranks with torchrun, with srun or with "
                  "palimpsest run --ranks N, or unset the other variables");
        return *value;
    }

    /// @param last  the greatest number that is allowed
    [[nodiscard]] Result<int> number(
        const std::string& name, const std::string& why, int first, int last) const
    {
        PALIMPSEST_TRY(const std::string value, text(name, why));
        int number = 0;
        const char* const end = value.data() + value.size();
        const auto [stop, error] = std::from_chars(value.data(), end, number);
        if (error != std::errc {} || stop != end || number < first || number > last)
            return badInput("expected " + name + " to be a whole number from " + std::to_string(first)
                + " to " + std::to_string(last) + ", got \"" + value + "\"");
        return number;
    }

    [[nodiscard]] Result<int> numberOr(const std::string& name, int otherwise, int first, int last) const
    {
        if (!m_variables(name))
            return otherwise;
        return number(name, "", first, last);
    }

private:
    const Variables& m_variables;
};

constexpr int kMostRanks = 4096;
constexpr int kMostPorts = 65535;

Result<std::optional<RankPlace>> placeByTorchrun(const Variables& variables)
{
    const Reader reader(variables);
    RankPlace place;
    PALIMPSEST_TRY(place.size, reader.number("WORLD_SIZE", "RANK is", 1, kMostRanks));
    if (place.size == 1)
        return std::optional<RankPlace> {};
    const std::string why = "WORLD_SIZE is " + std::to_string(place.size);
    PALIMPSEST_TRY(place.rank, reader.number("RANK", why, 0, place.size - 1));
    PALIMPSEST_TRY(place.host, reader.text("MASTER_ADDR", why));
    PALIMPSEST_TRY(const int port, reader.number("MASTER_PORT", why, 1, kMostPorts));
    place.port = static_cast<std::uint16_t>(port);
    PALIMPSEST_TRY(place.localSize, reader.numberOr("LOCAL_WORLD_SIZE", 1, 1, place.size));
    PALIMPSEST_TRY(place.localRank, reader.numberOr("LOCAL_RANK", 0, 0, place.size - 1));
    place.storeIsElsewhere = variables("TORCHELASTIC_USE_AGENT_STORE") == "True";
    place.session = "restart" + variables("TORCHELASTIC_RESTART_COUNT").value_or("0");
    return std::optional(place);
}

/// A port that the ranks of one job step agree on without a word, and other jobs of the machine hardly take.
std::uint16_t portOfJob(const std::string& job, const std::string& step)
{
    const std::size_t mixed
        = std::strtoull(job.c_str(), nullptr, 10) * 31 + std::strtoull(step.c_str(), nullptr, 10);
    return static_cast<std::uint16_t>(20000 + mixed % 10000);
}

Result<std::optional<RankPlace>> placeBySlurm(const Variables& variables)
{
    const Reader reader(variables);
    RankPlace place;
    PALIMPSEST_TRY(place.size, reader.number("SLURM_NTASKS", "SLURM_STEP_ID is", 1, kMostRanks));
    if (place.size == 1)
        return std::optional<RankPlace> {};
    const std::string why = "SLURM_NTASKS is " + std::to_string(place.size);
    PALIMPSEST_TRY(place.rank, reader.number("SLURM_PROCID", why, 0, place.size - 1));
    PALIMPSEST_TRY(place.localRank, reader.numberOr("SLURM_LOCALID", 0, 0, place.size - 1));
    // "4(x2),3": four tasks on each of two machines, then three on one.
    if (const auto perNode = variables("SLURM_STEP_TASKS_PER_NODE"))
        place.localSize = std::max(1, std::atoi(perNode->c_str()));
    if (const auto host = variables("MASTER_ADDR")) {
        place.host = *host;
    } else {
        PALIMPSEST_TRY(
            const std::string nodes, reader.text("SLURM_STEP_NODELIST", why + " and MASTER_ADDR is not set"));
        place.host = firstHost(nodes);
    }
    const std::string step = variables("SLURM_STEP_ID").value_or("0");
    PALIMPSEST_TRY(const int port,
        reader.numberOr(
            "MASTER_PORT", portOfJob(variables("SLURM_JOB_ID").value_or("0"), step), 1, kMostPorts));
    place.port = static_cast<std::uint16_t>(port);
    place.session = "step" + step;
    return std::optional(place);
}

} // namespace

std::optional<std::string> environmentVariable(const std::string& name)
{
    const char* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string firstHost(const std::string& nodeList)
{
    std::string host;
    bool inBrackets = false;
    bool isTaken = false; // of the list in these brackets the first entry is
    for (const char c : nodeList) {
        if (c == '[') {
            inBrackets = true;
            isTaken = false;
        } else if (c == ']') {
            inBrackets = false;
        } else if (inBrackets) {
            isTaken = isTaken || c == ',' || c == '-';
            if (!isTaken)
                host += c;
        } else if (c == ',') {
            break;
        } else {
            host += c;
        }
    }
    return host;
}

Result<std::optional<RankPlace>> rankPlace(const Variables& variables)
{
    if (variables("WORLD_SIZE") || variables("RANK"))
        return placeByTorchrun(variables);
    // A batch script has most of Slurm's variables too, but is one process: only srun makes a step.
    if (variables("SLURM_STEP_ID"))
        return placeBySlurm(variables);
    return std::optional<RankPlace> {};
}

} // namespace palimpsest
