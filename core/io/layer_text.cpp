// SPDX-License-Identifier: Apache-2.0
#include "core/io/layer_text.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace palimpsest {

namespace {

constexpr std::int64_t kMaximumSize = 1'000'000; ///< of one axis

/// Takes one text apart from left to right.
class Scanner {
public:
    explicit Scanner(std::string_view text)
        : m_rest(text)
    {
        skipSpaces();
    }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] char next() const { return m_rest.empty() ? '\0' : m_rest.front(); }

    /// Up to the next space; empty at the end.
    std::string word()
    {
        const std::size_t length = std::min(m_rest.find(' '), m_rest.size());
        return std::string(take(length));
    }

    bool accept(std::string_view expected)
    {
        if (!m_rest.starts_with(expected)
            || (m_rest.size() > expected.size() && m_rest[expected.size()] != ' '))
            return false;
        take(expected.size());
        return true;
    }

    /// "(3, 3, 1, 8)", "(8,)" or "[1, 2, 2, 1]": sizes from 1 to 1,000,000.
    std::optional<Shape> sizes(char open, char close)
    {
        const std::size_t end = m_rest.find(close);
        if (next() != open || end == std::string_view::npos)
            return std::nullopt;
        std::string_view inside = m_rest.substr(1, end - 1);
        Shape values;
        while (!inside.empty()) {
            if (inside.front() == ' ' || inside.front() == ',') {
                inside.remove_prefix(1);
                continue;
            }
            std::int64_t value = 0;
            const auto [stop, problem] = std::from_chars(inside.data(), inside.data() + inside.size(), value);
            if (problem != std::errc() || value < 1 || value > kMaximumSize || values.size() == 8)
                return std::nullopt;
            values.push_back(value);
            inside.remove_prefix(static_cast<std::size_t>(stop - inside.data()));
        }
        take(end + 1);
        return values;
    }

    std::optional<double> number()
    {
        const std::string text = word();
        double value = 0.0;
        const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        return problem == std::errc() && stop == text.data() + text.size() ? std::optional(value)
                                                                           : std::nullopt;
    }

private:
    std::string_view take(std::size_t length)
    {
        const std::string_view taken = m_rest.substr(0, length);
        m_rest.remove_prefix(length);
        skipSpaces();
        return taken;
    }
    void skipSpaces() { m_rest.remove_prefix(std::min(m_rest.find_first_not_of(' '), m_rest.size())); }

    std::string_view m_rest;
};

std::string lower(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

/// Builds the layers one text after the other and follows the shape of what flows through them.
class Builder {
public:
    Builder(const Shape& inputShape, std::string where)
        : m_shape(inputShape)
        , m_where(std::move(where))
    {
    }

    Status add(const std::string& text, std::size_t index)
    {
        m_place = m_where + ": layers[" + std::to_string(index) + "]";
        m_text = text.size() <= 200 ? text : text.substr(0, 200) + "...";
        Scanner scanner(text);
        const std::string word = lower(scanner.word());
        if (word == "conv2d")
            return convolution(scanner);
        if (word == "matmul")
            return linear(scanner);
        if (word == "+")
            return bias(scanner);
        if (word == "maxpool")
            return pool(scanner);
        if (word == "reshape")
            return reshape(scanner);
        if (word == "leakyrelu" || word == "relu" || word == "sigmoid" || word == "tanh" || word == "dropout")
            return activation(word, scanner);
        return problem("unknown layer; known are Conv2D, MatMul, + (bias), MaxPool, Reshape, LeakyRelu, "
                       "Relu, Sigmoid, Tanh, dropout");
    }

    LayerTexts take() { return std::move(m_result); }

private:
    [[nodiscard]] Error problem(const std::string& message) const
    {
        return badInput(message + "; the text is \"" + m_text + "\"", m_place);
    }

    /// What may follow a layer: the name of its node, in brackets.
    Status finish(Scanner& scanner, Layer layer)
    {
        if (scanner.next() == '(')
            static_cast<void>(scanner.word());
        if (!scanner.atEnd())
            return problem("expected the end of the text after the layer");
        m_result.layers.push_back(std::move(layer));
        return success();
    }

    /// "-> (26, 26, 8)" must be what comes out.
    Status output(Scanner& scanner, Shape computed)
    {
        const std::optional<Shape> stated = scanner.accept("->") ? scanner.sizes('(', ')') : std::nullopt;
        if (!stated)
            return problem("expected \"-> (...)\" with the shape that comes out");
        if (*stated != computed)
            return problem(
                "the shape that comes out is " + toString(computed) + ", not " + toString(*stated));
        m_shape = std::move(computed);
        return success();
    }

    /// "stride [1, 2, 2, 1] VALID" of a window: fills stride and padding, and gives back [height, width] that comes out.
    Result<Shape> window(Scanner& scanner, Layer& layer)
    {
        const std::optional<Shape> stride = scanner.accept("stride") ? scanner.sizes('[', ']') : std::nullopt;
        if (!stride || stride->size() != 4 || stride->front() != 1 || stride->back() != 1)
            return problem("expected \"stride [1, height, width, 1]\"");
        layer.stride = { (*stride)[1], (*stride)[2] };
        const std::string padding = scanner.word();
        if (padding != "VALID" && padding != "SAME")
            return problem("expected padding VALID or SAME");
        Shape out;
        for (std::size_t axis = 0; axis < 2; ++axis) {
            const std::int64_t size = m_shape[axis];
            const std::int64_t kernel = layer.kernel[axis];
            const std::int64_t step = layer.stride[axis];
            std::int64_t zeros = 0; // on both sides together
            if (padding == "SAME")
                zeros = std::max(((size + step - 1) / step - 1) * step + kernel - size, std::int64_t { 0 });
            if (zeros % 2 != 0)
                return problem("padding SAME puts " + std::to_string(zeros)
                    + " zeros on two sides here, one more at the end than at the start; only equal sides can "
                      "be described: "
                      "use an odd kernel with stride 1, or VALID");
            if (size + zeros < kernel)
                return problem("the window of " + toString(layer.kernel) + " is larger than what comes in, "
                    + toString(m_shape));
            layer.padding.push_back(zeros / 2);
            out.push_back((size + zeros - kernel) / step + 1);
        }
        if (padding == "VALID")
            layer.padding.clear();
        return out;
    }

    Status convolution(Scanner& scanner)
    {
        Layer layer;
        layer.kind = LayerKind::Conv2d;
        layer.bias = false;
        layer.weightName = scanner.word();
        const std::optional<Shape> shape = scanner.sizes('(', ')');
        if (layer.weightName.empty() || !shape || shape->size() != 4)
            return problem("expected \"Conv2D NAME (height, width, in, out) stride [...] VALID -> (...)\"");
        if (m_shape.size() != 3 || m_shape[2] != (*shape)[2])
            return problem("the kernel takes " + std::to_string((*shape)[2])
                + " channels, and what comes in has shape " + toString(m_shape)
                + " (height, width, channels)");
        layer.kernel = { (*shape)[0], (*shape)[1] };
        layer.outputs = (*shape)[3];
        PALIMPSEST_TRY(Shape out, window(scanner, layer));
        out.push_back(layer.outputs);
        PALIMPSEST_CHECK(output(scanner, std::move(out)));
        return addTensor(layer.weightName, *shape, scanner, layer);
    }

    Status linear(Scanner& scanner)
    {
        Layer layer;
        layer.kind = LayerKind::Linear;
        layer.bias = false;
        layer.weightName = scanner.word();
        const std::optional<Shape> shape = scanner.sizes('(', ')');
        if (layer.weightName.empty() || !shape || shape->size() != 2)
            return problem("expected \"MatMul NAME (in, out) -> (out,)\"");
        if (m_shape != Shape { (*shape)[0] })
            return problem("the matrix takes " + std::to_string((*shape)[0])
                + " features, and what comes in has shape " + toString(m_shape));
        layer.outputs = (*shape)[1];
        PALIMPSEST_CHECK(output(scanner, { layer.outputs }));
        return addTensor(layer.weightName, *shape, scanner, layer);
    }

    Status addTensor(const std::string& name, const Shape& shape, Scanner& scanner, const Layer& layer)
    {
        m_result.tensors.push_back(name);
        m_result.shapes.push_back(shape);
        return finish(scanner, layer);
    }

    Status bias(Scanner& scanner)
    {
        const std::string name = scanner.word();
        const std::optional<Shape> shape = scanner.sizes('(', ')');
        if (name.empty() || !shape || shape->size() != 1 || !scanner.atEnd())
            return problem("expected \"+ NAME (size,)\"");
        if (m_result.layers.empty() || m_result.layers.back().weightName.empty()
            || m_result.layers.back().bias)
            return problem("expected a bias right after its Conv2D or MatMul");
        Layer& layer = m_result.layers.back();
        if (shape->front() != layer.outputs)
            return problem("the layer has " + std::to_string(layer.outputs) + " outputs, and the bias "
                + std::to_string(shape->front()));
        layer.bias = true;
        layer.biasName = name;
        m_result.tensors.push_back(name);
        m_result.shapes.push_back(*shape);
        return success();
    }

    Status pool(Scanner& scanner)
    {
        Layer layer;
        layer.kind = LayerKind::MaxPool;
        const std::optional<Shape> kernel = scanner.sizes('[', ']');
        if (!kernel || kernel->size() != 4 || kernel->front() != 1 || kernel->back() != 1)
            return problem("expected \"MaxPool [1, height, width, 1] stride [...] VALID -> (...)\"");
        if (m_shape.size() != 3)
            return problem("expected an image to come in, got shape " + toString(m_shape));
        layer.kernel = { (*kernel)[1], (*kernel)[2] };
        PALIMPSEST_TRY(Shape out, window(scanner, layer));
        out.push_back(m_shape[2]);
        PALIMPSEST_CHECK(output(scanner, std::move(out)));
        return finish(scanner, std::move(layer));
    }

    /// Flattening. Of what is flat already, it changes nothing.
    Status reshape(Scanner& scanner)
    {
        const bool isFlat = m_shape.size() == 1;
        PALIMPSEST_CHECK(output(scanner, { elementCount(m_shape) }));
        Layer layer;
        layer.kind = LayerKind::Flatten;
        PALIMPSEST_CHECK(finish(scanner, std::move(layer)));
        if (isFlat)
            m_result.layers.pop_back();
        return success();
    }

    Status activation(const std::string& word, Scanner& scanner)
    {
        Layer layer;
        layer.kind = word == "leakyrelu" ? LayerKind::LeakyRelu
            : word == "relu"             ? LayerKind::Relu
            : word == "sigmoid"          ? LayerKind::Sigmoid
            : word == "tanh"             ? LayerKind::Tanh
                                         : LayerKind::Dropout;
        if (layer.kind == LayerKind::LeakyRelu) {
            const std::optional<double> slope = scanner.accept("alpha") ? scanner.number() : std::nullopt;
            if (!slope || !(*slope >= 0.0 && *slope < 1.0))
                return problem("expected \"LeakyRelu alpha NUMBER\" with a number from 0 to 1");
            layer.slope = *slope;
        }
        return finish(scanner, std::move(layer));
    }

    Shape m_shape;
    std::string m_where;
    std::string m_place;
    std::string m_text;
    LayerTexts m_result;
};

} // namespace

Result<LayerTexts> parseLayerTexts(
    const std::vector<std::string>& texts, const Shape& inputShape, const std::string& where)
{
    Builder builder(inputShape, where);
    for (std::size_t i = 0; i < texts.size(); ++i)
        PALIMPSEST_CHECK(builder.add(texts[i], i));
    return builder.take();
}

} // namespace palimpsest
