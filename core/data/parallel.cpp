// SPDX-License-Identifier: Apache-2.0
#include "core/data/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace palimpsest {

Status forEachParallel(
    std::size_t count, const ReadControl& control, const std::function<Status(std::size_t)>& work)
{
    std::atomic<std::size_t> next { 0 };
    std::atomic<bool> isEnding { false };
    std::mutex mutex; // of the three below
    std::optional<Error> error;
    std::size_t errorIndex = count;
    std::exception_ptr thrown;

    const auto run = [&] {
        try {
            for (std::size_t i = next++; i < count && !isEnding; i = next++) {
                if (control.isCanceled()) {
                    isEnding = true;
                    return;
                }
                control.setProgress(static_cast<double>(i) / static_cast<double>(count));
                const Status status = work(i);
                if (status.ok())
                    continue;
                isEnding = true;
                const std::scoped_lock lock(mutex);
                if (i < errorIndex) {
                    errorIndex = i;
                    error = status.error();
                }
            }
        } catch (...) {
            isEnding = true;
            const std::scoped_lock lock(mutex);
            thrown = std::current_exception();
        }
    };
    {
        const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < std::min(cores, count); ++i)
            others.emplace_back(run);
        run();
    }
    if (thrown)
        std::rethrow_exception(thrown);
    if (error)
        return *error;
    if (control.isCanceled())
        return canceled();
    return success();
}

} // namespace palimpsest
