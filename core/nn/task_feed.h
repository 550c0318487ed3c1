// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/augmenter.h"
#include "core/nn/compute_device.h"
#include "core/nn/functional.h"
#include "core/nn/joint.h"

#include <cstdint>
#include <string>
#include <vector>

namespace palimpsest::nn {

/// The training samples of one task as an endless stream of minibatches, with what distillation asks for, and the random numbers
/// of its dropout. Samples are augmented as they are drawn, and the teacher sees what the network sees. Seeded by the task's name, so that a task sees the same minibatches in every kind of run.
class TaskFeed {
public:
    /// The samples are copied to the device once. With distillation, and without augmentation, the teacher's
    /// outputs for all of them are computed here.
    TaskFeed(const JointTask& task, const OptimisationSettings& settings, std::uint64_t seed,
        const ComputeDevice& device);

    /// The last rows of a minibatch may be mixtures of two samples, which have no label.
    struct Minibatch {
        at::Tensor input; ///< [batch, inputShape...]
        at::Tensor labels; ///< int64 [plain rows]
        at::Tensor
            targets; ///< softened outputs of the teacher, [batch, classes]; undefined without distillation
    };
    /// What a minibatch is made of, one row each.
    struct Draws {
        at::Tensor positions; ///< int64 [minibatches, batch]
        at::Tensor partners; ///< int64 [minibatches, mixed rows]: the second sample of each mixture
        at::Tensor shares; ///< float32 [minibatches, mixed rows]: of the first sample
        at::Tensor changes; ///< int64 [minibatches, augmented rows, Augmenter::kDraws]: batch, then partners
    };
    [[nodiscard]] Minibatch next();
    /// Of the next minibatches, on the CPU: for minibatchAt().
    [[nodiscard]] Draws nextDraws(std::int64_t minibatches);
    /// @param draws  of one minibatch: without their first axis, on the device
    [[nodiscard]] Minibatch minibatchAt(const Draws& draws) const;
    void skip(std::int64_t minibatches);
    /// Samples of a minibatch: fewer than asked for where the set is smaller.
    [[nodiscard]] std::int64_t batch() const { return m_stream.batch(); }
    [[nodiscard]] std::int64_t mixedRows() const { return m_mixed; }
    /// Samples that a minibatch is made of, those of mixtures included; 0 without augmentation.
    [[nodiscard]] std::int64_t augmentedRows() const { return m_augmenter.isOn() ? batch() + m_mixed : 0; }
    [[nodiscard]] at::Generator& generator() { return m_generator; }

private:
    [[nodiscard]] bool hasTeacher() const { return m_teacher != nullptr; }
    void makeTeacher(const JointTask& task, const ComputeDevice& device);
    /// Some of the training samples. @param firstRow  of `changes` for them
    [[nodiscard]] at::Tensor samplesAt(
        const at::Tensor& positions, const at::Tensor& changes, std::int64_t firstRow) const;

    at::Tensor m_input, m_labels;
    BatchStream m_stream;
    at::Generator m_generator;
    Augmenter m_augmenter;
    std::uint64_t m_mixSeed;
    std::int64_t m_minibatch = 0; ///< minibatches that were drawn
    std::int64_t m_mixed = 0;
    double m_temperature;
    const Network* m_teacher = nullptr;
    std::vector<at::Tensor> m_teacherTensors;
    at::Tensor m_teacherLogits; ///< [samples, classes]; undefined with augmentation
};

} // namespace palimpsest::nn
