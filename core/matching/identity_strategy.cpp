// SPDX-License-Identifier: Apache-2.0
#include "core/matching/strategy.h"

namespace palimpsest {
namespace {

class IdentityStrategy final : public Strategy {
public:
    [[nodiscard]] Result<StrategyResult> match(const StrategyInput& input) const override
    {
        StrategyResult result;
        for (std::size_t t = 0; t < input.pages.taskCount(); ++t) {
            auto& table
                = result.tables.emplace_back(static_cast<std::size_t>(input.pages.pageCount(t)), kExclusive);
            std::int64_t next = 0;
            for (const std::int32_t page : input.pages.sharable(t)) {
                table[static_cast<std::size_t>(page)]
                    = static_cast<std::int32_t>(next++ % input.pages.slotCount());
            }
        }
        return result;
    }
};

} // namespace

std::unique_ptr<Strategy> makeIdentityStrategy()
{
    return std::make_unique<IdentityStrategy>();
}

} // namespace palimpsest
