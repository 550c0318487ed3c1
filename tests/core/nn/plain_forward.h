// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace palimpsest::test {

/// Values [C, H, W] in float64; sequences have H = 1, features H = W = 1.
struct Activation {
    std::int64_t channels = 0, height = 1, width = 1;
    std::vector<double> values;

    Activation(std::int64_t c, std::int64_t h, std::int64_t w)
        : channels(c)
        , height(h)
        , width(w)
        , values(static_cast<std::size_t>(c * h * w), 0.0)
    {
    }
    explicit Activation(const Shape& shape)
        : Activation(shape.at(0), shape.size() == 3 ? shape[1] : 1, shape.size() == 1 ? 1 : shape.back())
    {
    }
    double& at(std::int64_t c, std::int64_t h, std::int64_t w)
    {
        return values.at(static_cast<std::size_t>((c * height + h) * width + w));
    }
    /// 0 outside of the image.
    double padded(std::int64_t c, std::int64_t h, std::int64_t w) const
    {
        return inside(h, w) ? values.at(static_cast<std::size_t>((c * height + h) * width + w)) : 0.0;
    }
    bool inside(std::int64_t h, std::int64_t w) const { return h >= 0 && h < height && w >= 0 && w < width; }
};

/// One network on one sample in evaluation mode, by loops over indices alone: what nn::forward() is checked against.
class PlainForward {
public:
    PlainForward(const Network& network, const Weights& weights)
        : m_network(network)
        , m_weights(weights)
    {
    }

    std::vector<double> operator()(std::span<const float> sample) const
    {
        Activation x(m_network.inputShape);
        x.values.assign(sample.begin(), sample.end());
        std::map<std::string, Activation> outputs;
        for (std::size_t i = 0; i < m_network.layers.size(); ++i) {
            const Layer& layer = m_network.layers[i];
            x = apply(layer, x, m_network.outputShapes.at(i), outputs);
            outputs.insert_or_assign(layer.name, x);
        }
        return x.values;
    }

private:
    const std::vector<float>& values(const Layer& layer, const std::string& suffix) const
    {
        return m_weights.find(layer.name + suffix)->values;
    }
    bool tensorFlow() const { return m_network.layout == TensorLayout::TensorFlow; }
    static std::int64_t axis(
        const Shape& given, bool isHeight, std::int64_t fallback, std::int64_t alongHeight)
    {
        if (given.empty())
            return fallback;
        return given.size() == 1 ? (isHeight ? alongHeight : given[0]) : given.at(isHeight ? 0 : 1);
    }

    Activation apply(const Layer& layer, const Activation& x, const Shape& shape,
        const std::map<std::string, Activation>& outputs) const
    {
        Activation y(shape);
        switch (layer.kind) {
        case LayerKind::Conv1d:
        case LayerKind::Conv2d:
            convolve(layer, x, y);
            break;
        case LayerKind::Linear:
            multiply(layer, x, y);
            break;
        case LayerKind::MaxPool:
        case LayerKind::AveragePool:
            pool(layer, x, y);
            break;
        case LayerKind::GlobalAveragePool:
            for (std::int64_t c = 0; c < x.channels; ++c) {
                for (std::int64_t h = 0; h < x.height; ++h)
                    for (std::int64_t w = 0; w < x.width; ++w)
                        y.at(c, 0, 0) += x.padded(c, h, w);
                y.at(c, 0, 0) /= static_cast<double>(x.height * x.width);
            }
            break;
        case LayerKind::Flatten: {
            std::size_t next = 0;
            if (tensorFlow()) {
                for (std::int64_t h = 0; h < x.height; ++h)
                    for (std::int64_t w = 0; w < x.width; ++w)
                        for (std::int64_t c = 0; c < x.channels; ++c)
                            y.values.at(next++) = x.padded(c, h, w);
            } else {
                y.values = x.values;
            }
            break;
        }
        case LayerKind::BatchNorm:
            for (std::int64_t c = 0; c < x.channels; ++c) {
                const auto i = static_cast<std::size_t>(c);
                const double scale = values(layer, ".weight").at(i)
                    / std::sqrt(values(layer, ".running_var").at(i) + layer.epsilon);
                for (std::int64_t h = 0; h < x.height; ++h)
                    for (std::int64_t w = 0; w < x.width; ++w)
                        y.at(c, h, w) = (x.padded(c, h, w) - values(layer, ".running_mean").at(i)) * scale
                            + values(layer, ".bias").at(i);
            }
            break;
        default:
            for (std::size_t i = 0; i < x.values.size(); ++i)
                y.values[i] = elementwise(layer, x.values[i],
                    layer.kind == LayerKind::Add ? outputs.at(layer.from).values.at(i) : 0.0);
        }
        return y;
    }

    static double elementwise(const Layer& layer, double x, double other)
    {
        switch (layer.kind) {
        case LayerKind::LeakyRelu:
            return x > 0.0 ? x : layer.slope * x;
        case LayerKind::Relu:
            return std::max(x, 0.0);
        case LayerKind::Sigmoid:
            return 1.0 / (1.0 + std::exp(-x));
        case LayerKind::Tanh:
            return std::tanh(x);
        default: // Add; dropout does nothing in evaluation mode
            return x + other;
        }
    }

    void convolve(const Layer& layer, const Activation& x, Activation& y) const
    {
        const auto& weight = values(layer, ".weight");
        const std::int64_t kh = axis(layer.kernel, true, 1, 1);
        const std::int64_t kw = axis(layer.kernel, false, 1, 1);
        for (std::int64_t o = 0; o < y.channels; ++o)
            for (std::int64_t h = 0; h < y.height; ++h)
                for (std::int64_t w = 0; w < y.width; ++w) {
                    double sum = layer.bias ? values(layer, ".bias").at(static_cast<std::size_t>(o)) : 0.0;
                    for (std::int64_t c = 0; c < x.channels; ++c)
                        for (std::int64_t i = 0; i < kh; ++i)
                            for (std::int64_t j = 0; j < kw; ++j) {
                                const std::int64_t index = tensorFlow()
                                    ? ((i * kw + j) * x.channels + c) * y.channels + o
                                    : ((o * x.channels + c) * kh + i) * kw + j;
                                sum += weight.at(static_cast<std::size_t>(index))
                                    * x.padded(c,
                                        h * axis(layer.stride, true, 1, 1) + i
                                            - axis(layer.padding, true, 0, 0),
                                        w * axis(layer.stride, false, 1, 1) + j
                                            - axis(layer.padding, false, 0, 0));
                            }
                    y.at(o, h, w) = sum;
                }
    }

    void multiply(const Layer& layer, const Activation& x, Activation& y) const
    {
        const auto& weight = values(layer, ".weight");
        for (std::int64_t o = 0; o < y.channels; ++o) {
            double sum = layer.bias ? values(layer, ".bias").at(static_cast<std::size_t>(o)) : 0.0;
            for (std::int64_t i = 0; i < x.channels; ++i)
                sum += x.values.at(static_cast<std::size_t>(i))
                    * weight.at(
                        static_cast<std::size_t>(tensorFlow() ? i * y.channels + o : o * x.channels + i));
            y.at(o, 0, 0) = sum;
        }
    }

    static void pool(const Layer& layer, const Activation& x, Activation& y)
    {
        const std::int64_t kh = axis(layer.kernel, true, 1, 1);
        const std::int64_t kw = axis(layer.kernel, false, 1, 1);
        const Shape& stride = layer.stride.empty() ? layer.kernel : layer.stride;
        for (std::int64_t c = 0; c < y.channels; ++c)
            for (std::int64_t h = 0; h < y.height; ++h)
                for (std::int64_t w = 0; w < y.width; ++w) {
                    double sum = 0.0;
                    double largest = -std::numeric_limits<double>::infinity();
                    for (std::int64_t i = 0; i < kh; ++i)
                        for (std::int64_t j = 0; j < kw; ++j) {
                            const std::int64_t row
                                = h * axis(stride, true, 1, 1) + i - axis(layer.padding, true, 0, 0);
                            const std::int64_t column
                                = w * axis(stride, false, 1, 1) + j - axis(layer.padding, false, 0, 0);
                            sum += x.padded(c, row, column);
                            if (x.inside(row, column))
                                largest = std::max(largest, x.padded(c, row, column));
                        }
                    y.at(c, h, w)
                        = layer.kind == LayerKind::MaxPool ? largest : sum / static_cast<double>(kh * kw);
                }
    }

    const Network& m_network;
    const Weights& m_weights;
};

} // namespace palimpsest::test
