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
            if (i == 0)
                outputs.insert_or_assign(std::string(kNetworkInput), x);
            if (!layer.input.empty())
                x = outputs.at(layer.input);
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

    /// Padding above (height) or to the left (width).
    static std::int64_t before(const Layer& layer, bool isHeight)
    {
        const std::size_t axes = layer.kernel.size();
        if (layer.padding.empty() || (isHeight && axes == 1))
            return 0;
        return layer.padding.at(isHeight || axes == 1 ? 0 : 1); // the first numbers stand for this side
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
        case LayerKind::Flatten:
            y.values = inOrder(x);
            break;
        case LayerKind::Reshape: {
            const std::vector<double> values = inOrder(x);
            for (std::size_t next = 0; next < values.size(); ++next)
                orderedPlace(y, static_cast<std::int64_t>(next)) = values[next];
            break;
        }
        case LayerKind::Permute:
            permute(layer, x, y);
            break;
        case LayerKind::Concat: {
            y.values.clear();
            for (const std::string& part : layer.parts) {
                const auto& more = outputs.at(part).values;
                y.values.insert(y.values.end(), more.begin(), more.end());
            }
            break;
        }
        case LayerKind::Pad:
            pad(layer, x, y);
            break;
        case LayerKind::Scale:
            for (std::int64_t c = 0; c < x.channels; ++c)
                for (std::int64_t h = 0; h < x.height; ++h)
                    for (std::int64_t w = 0; w < x.width; ++w)
                        y.at(c, h, w)
                            = x.padded(c, h, w) * values(layer, ".weight").at(static_cast<std::size_t>(c))
                            + values(layer, ".bias").at(static_cast<std::size_t>(c));
            break;
        case LayerKind::Softmax:
            for (std::int64_t h = 0; h < x.height; ++h)
                for (std::int64_t w = 0; w < x.width; ++w) {
                    double sum = 0.0;
                    for (std::int64_t c = 0; c < x.channels; ++c)
                        sum += std::exp(x.padded(c, h, w));
                    for (std::int64_t c = 0; c < x.channels; ++c)
                        y.at(c, h, w) = std::exp(x.padded(c, h, w)) / sum;
                }
            break;
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

    /// Where the number lies that flattening puts at place `index`.
    double& orderedPlace(Activation& x, std::int64_t index) const
    {
        if (!tensorFlow())
            return x.values.at(static_cast<std::size_t>(index));
        const std::int64_t position = index / x.channels;
        return x.at(index % x.channels, position / x.width, position % x.width);
    }
    std::vector<double> inOrder(Activation x) const
    {
        std::vector<double> values;
        for (std::size_t i = 0; i < x.values.size(); ++i)
            values.push_back(orderedPlace(x, static_cast<std::int64_t>(i)));
        return values;
    }

    /// Of sequences [C, L], axis 1 is the width.
    static void permute(const Layer& layer, const Activation& x, Activation& y)
    {
        Shape order = layer.order;
        if (order.size() == 2)
            order = { order[0] == 0 ? 0 : 2, 1, order[1] == 1 ? 2 : 0 };
        for (std::int64_t c = 0; c < y.channels; ++c)
            for (std::int64_t h = 0; h < y.height; ++h)
                for (std::int64_t w = 0; w < y.width; ++w) {
                    Shape from(3);
                    from.at(static_cast<std::size_t>(order[0])) = c;
                    from.at(static_cast<std::size_t>(order[1])) = h;
                    from.at(static_cast<std::size_t>(order[2])) = w;
                    y.at(c, h, w) = x.padded(from[0], from[1], from[2]);
                }
    }

    static void pad(const Layer& layer, const Activation& x, Activation& y)
    {
        const bool isImage = layer.padding.size() == 4;
        const std::int64_t top = isImage ? layer.padding[0] : 0;
        const std::int64_t left = layer.padding[isImage ? 1 : 0];
        for (std::int64_t c = 0; c < y.channels; ++c)
            for (std::int64_t h = 0; h < y.height; ++h)
                for (std::int64_t w = 0; w < y.width; ++w)
                    y.at(c, h, w)
                        = x.inside(h - top, w - left) ? x.padded(c, h - top, w - left) : layer.value;
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
        case LayerKind::Clip:
            return std::min(std::max(x, layer.minimum), layer.maximum);
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
                    const std::int64_t inputs = x.channels / layer.groups;
                    const std::int64_t first = o / (y.channels / layer.groups) * inputs;
                    for (std::int64_t c = 0; c < inputs; ++c)
                        for (std::int64_t i = 0; i < kh; ++i)
                            for (std::int64_t j = 0; j < kw; ++j) {
                                const std::int64_t index = tensorFlow()
                                    ? ((i * kw + j) * inputs + c) * y.channels + o
                                    : ((o * inputs + c) * kh + i) * kw + j;
                                sum += weight.at(static_cast<std::size_t>(index))
                                    * x.padded(first + c,
                                        h * axis(layer.stride, true, 1, 1)
                                            + i * axis(layer.dilation, true, 1, 1) - before(layer, true),
                                        w * axis(layer.stride, false, 1, 1)
                                            + j * axis(layer.dilation, false, 1, 1) - before(layer, false));
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
                    std::int64_t inside = 0;
                    for (std::int64_t i = 0; i < kh; ++i)
                        for (std::int64_t j = 0; j < kw; ++j) {
                            const std::int64_t row = h * axis(stride, true, 1, 1) + i - before(layer, true);
                            const std::int64_t column
                                = w * axis(stride, false, 1, 1) + j - before(layer, false);
                            sum += x.padded(c, row, column);
                            if (!x.inside(row, column))
                                continue;
                            ++inside;
                            largest = std::max(largest, x.padded(c, row, column));
                        }
                    y.at(c, h, w) = layer.kind == LayerKind::MaxPool
                        ? largest
                        : sum / static_cast<double>(layer.countPadding ? kh * kw : inside);
                }
    }

    const Network& m_network;
    const Weights& m_weights;
};

} // namespace palimpsest::test
