// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/matching/strategy.h"

#include <numeric>

namespace palimpsest {
namespace {

class RandomStrategy final : public Strategy {
public:
    [[nodiscard]] Result<StrategyResult> match(const StrategyInput& input) const override
    {
        Random random(input.seed);
        const auto slotCount = static_cast<std::size_t>(input.pages.slotCount());
        std::vector<std::int32_t> slots(slotCount);
        StrategyResult result;
        for (std::size_t t = 0; t < input.pages.taskCount(); ++t) {
            auto& table
                = result.tables.emplace_back(static_cast<std::size_t>(input.pages.pageCount(t)), kExclusive);
            std::size_t next = 0;
            for (const std::int32_t page : input.pages.sharable(t)) {
                if (next % slotCount == 0) {
                    std::iota(slots.begin(), slots.end(), 0);
                    random.shuffle(std::span(slots));
                }
                table[static_cast<std::size_t>(page)] = slots[next++ % slotCount];
            }
        }
        return result;
    }
};

} // namespace

std::unique_ptr<Strategy> makeRandomStrategy()
{
    return std::make_unique<RandomStrategy>();
}

} // namespace palimpsest
