// SPDX-License-Identifier: Apache-2.0
#include "core/backend/gpu_module.h"
#include "core/nn/train.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

/// Networks of tests are tiny, and tests run beside each other: threads that wait for each other would cost more than they
/// give.
class OneThread : public testing::Environment {
public:
    void SetUp() override
    {
        setEngineThreads(1);
        (void)gpuModule(); // before LibTorch is asked for a device: it remembers whether there is CUDA
    }
};

[[maybe_unused]] const auto* const kOneThread = testing::AddGlobalTestEnvironment(new OneThread);

} // namespace
} // namespace palimpsest
