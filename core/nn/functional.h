// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/nn alone: this header names LibTorch.

#include "core/data/samples.h"
#include "core/network/network.h"
#include "core/nn/torch_headers.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace palimpsest::nn {

/// What a forward pass leaves behind for the Fisher information: each layer's input and output. Sequences are images of
/// height 1: [batch, C, 1, L]. In grad mode, the outputs of layers with tensors require a gradient even where no tensor
/// does: a backward pass to them then computes no gradient of a tensor.
struct Tape {
    std::vector<at::Tensor> inputs; ///< one a layer
    std::vector<at::Tensor> outputs; ///< one a layer
};

struct ForwardOptions {
    bool training = false; ///< dropout on, batch statistics used and running ones updated in place
    std::optional<at::Generator> generator; ///< of dropout; needed where training
    Tape* tape = nullptr;
};

/// Runs a network on tensors that somebody else owns.
/// @param tensors  one a TensorSpec of network.tensors, in order and in the network's layout; views are
/// welcome
/// @param input    [batch, inputShape...] float32
/// @return logits  [batch, classes]
/// @throws std::invalid_argument if the number of tensors is wrong, or if dropout has no generator in
/// training
[[nodiscard]] at::Tensor forward(const Network& network, std::span<const at::Tensor> tensors,
    const at::Tensor& input, const ForwardOptions& options = {});

/// A network's tensors as views of one flat float32 buffer, with their gradients as views of another, so that
/// one optimiser call, one gather and one scatter-add serve the whole network.
///
/// `tensors[i]` is a leaf that requires a gradient (state does not); its .grad() is a view of `gradients`, so
/// backward() adds in place. Zero `gradients` before each step; never reset .grad().
struct FlatNetwork {
    at::Tensor values; ///< [size]
    at::Tensor gradients; ///< [size]; positions of state stay 0
    std::vector<at::Tensor> tensors; ///< in the order of network.tensors
};

/// Tensor i of the network as a view of values[offsets[i] ...], its .grad() as the same view of `gradients`: as in a FlatNetwork.
/// The buffers may be larger than the tensors need (page padding) and hold several networks.
[[nodiscard]] std::vector<at::Tensor> bindTensors(const Network& network,
    std::span<const std::int64_t> offsets, const at::Tensor& values, const at::Tensor& gradients);
/// Buffers of `size` values, and bindTensors().
[[nodiscard]] FlatNetwork makeFlatNetwork(const Network& network, std::span<const std::int64_t> offsets,
    std::int64_t size, at::Device device = at::kCPU);
/// First all that is trained (network.trainableCount() values), then all state, each in the order of
/// network.tensors.
[[nodiscard]] FlatNetwork makeFlatNetwork(const Network& network, at::Device device = at::kCPU);
/// @pre `weights` passed checkWeights(). @throws std::invalid_argument for other shapes
void loadWeights(FlatNetwork& flat, const Weights& weights);
[[nodiscard]] Weights storeWeights(const Network& network, const FlatNetwork& flat);

/// A tensor that shares the memory of `tensor`, which must outlive it; no gradient.
[[nodiscard]] at::Tensor viewOf(const Tensor& tensor);
[[nodiscard]] std::vector<at::Tensor> viewsOf(const Weights& weights);
/// viewsOf() on the CPU, copies elsewhere.
[[nodiscard]] std::vector<at::Tensor> tensorsOn(const Weights& weights, at::Device device);

/// Copies what an optimiser kept in a checkpoint into its own tensors.
/// @param who  names the optimiser in errors
/// @throws std::invalid_argument where number or shapes differ
void restoreTensors(
    const std::vector<at::Tensor>& own, const std::vector<at::Tensor>& state, const std::string& who);

/// AdamW over whole buffers by at::_fused_adamw_: rate and step are tensors, so that a step can be captured
/// as a graph. betas 0.9, 0.999, epsilon 1e-8. Decay acts on all that it is given: keep running statistics
/// out.
class FusedAdam {
public:
    explicit FusedAdam(std::vector<at::Tensor> parameters, double weightDecay = 0.0);
    /// @param gradients  one a parameter, same shapes
    void step(const std::vector<at::Tensor>& gradients, double learningRate);
    /// @param learningRate  scalar tensor on the parameters' device
    void step(const std::vector<at::Tensor>& gradients, const at::Tensor& learningRate);
    /// First and second moments and step counts, for checkpoints: [m..., v..., steps...]
    [[nodiscard]] std::vector<at::Tensor> state() const;
    void setState(const std::vector<at::Tensor>& state);

private:
    std::vector<at::Tensor> m_parameters, m_first, m_second, m_steps;
    at::Tensor m_rate;
    double m_weightDecay;
};

/// Samples as one tensor [count, sampleShape...] that shares their memory, and labels as int64.
[[nodiscard]] at::Tensor inputTensor(const LabelledSamples& samples);
[[nodiscard]] at::Tensor labelTensor(const LabelledSamples& samples);

/// An endless stream of shuffled minibatches: every epoch a new seeded permutation; the last, smaller batch
/// of an epoch is joined by the first samples of the next, so that all batches have `batch` samples (fewer
/// where the set is smaller).
class BatchStream {
public:
    BatchStream(std::int64_t count, std::int64_t batch, std::uint64_t seed);
    [[nodiscard]] std::int64_t batch() const { return m_batch; }
    /// Indices of the next minibatch, int64 [batch].
    [[nodiscard]] at::Tensor next();
    /// Continues as after `batches` calls of next(): for resuming.
    void skip(std::int64_t batches);

private:
    std::int64_t m_count, m_batch;
    std::uint64_t m_seed;
    std::int64_t m_position = 0, m_epoch = 0;
    std::vector<std::int64_t> m_order; ///< permutation of this epoch
    void startEpoch(std::int64_t epoch);
};

/// What the samples of a request must be to go through the network, or one sentence why they are not.
[[nodiscard]] Status checkSamples(
    const Network& network, const LabelledSamples& samples, const std::string& where);

} // namespace palimpsest::nn
