// SPDX-License-Identifier: Apache-2.0
#include "core/matching/rematch.h"
#include "core/matching/strategy.h"

namespace palimpsest {
namespace {

class SequentialStrategy final : public Strategy {
public:
    [[nodiscard]] Result<StrategyResult> match(const StrategyInput& input) const override
    {
        SlotState state(input.pages, input.settings.cost);
        std::size_t done = 0;
        for (const std::size_t t : input.pages.largestFirst()) {
            input.context.setProgress(
                static_cast<double>(done++) / static_cast<double>(input.pages.taskCount()),
                taskName(input.problem, t));
            if (!placeTask(state, t, input.context.stopToken()))
                return canceled();
        }
        return StrategyResult { state.tables(), 0 };
    }
};

} // namespace

std::unique_ptr<Strategy> makeSequentialStrategy()
{
    return std::make_unique<SequentialStrategy>();
}

} // namespace palimpsest
