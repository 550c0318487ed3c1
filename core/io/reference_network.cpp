// SPDX-License-Identifier: Apache-2.0
#include "core/io/reference_network.h"

#include "core/io/hdf5_handle.h"
#include "core/io/layer_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace palimpsest {

namespace {

using hdf5::Handle;

/// [height, width, channels], or [features].
Result<Shape> readInputShape(hid_t file, const std::string& where)
{
    PALIMPSEST_TRY(const std::vector<double> sizes, hdf5::readNumbers(file, "input_shape_nhwc", where));
    Shape shape;
    for (const double size : sizes) {
        if (!(size >= 1 && size <= 1e6) || size != std::floor(size))
            return badInput("expected sizes from 1 to 1,000,000", where + ", attribute input_shape_nhwc");
        shape.push_back(static_cast<std::int64_t>(size));
    }
    if (shape.size() != 3 && shape.size() != 1)
        return badInput("expected [height, width, channels] or [features], got " + toString(shape),
            where + ", attribute input_shape_nhwc");
    return shape;
}

/// All tensors of /weights or /fisher, in the order of the network.
Result<Weights> readTensors(
    hid_t file, const std::string& group, const LayerTexts& texts, const std::string& where)
{
    Weights weights;
    for (std::size_t i = 0; i < texts.tensors.size(); ++i) {
        const std::string name = group + "/" + texts.tensors[i];
        PALIMPSEST_TRY(const Array array, hdf5::readDataset(file, name, where));
        if (array.type() != DType::Float32)
            return badInput(
                "expected float32, got " + std::string(toString(array.type())), where + ": " + name);
        if (array.shape() != texts.shapes[i])
            return badInput("expected shape " + toString(texts.shapes[i]) + " as its layer says, got "
                    + toString(array.shape()),
                where + ": " + name);
        const auto values = array.as<float>();
        weights.tensors.push_back({ texts.tensors[i], array.shape(), { values.begin(), values.end() } });
    }
    return weights;
}

Status checkFisher(const Weights& fisher, const std::string& where)
{
    for (const Tensor& tensor : fisher.tensors)
        for (const float value : tensor.values)
            if (!(value >= 0.0F) || std::isinf(value))
                return badInput("expected Fisher information that is finite and not negative, got "
                        + std::to_string(value),
                    where + ": /fisher/" + tensor.name);
    return success();
}

} // namespace

Result<ImportedNetwork> readReferenceNetwork(const std::filesystem::path& path)
{
    const std::string where = path.string();
    const hdf5::Session session;
    PALIMPSEST_TRY(const Handle file, hdf5::openFile(path));
    PALIMPSEST_TRY(const std::vector<std::string> order, hdf5::readTexts(file.get(), "order", where));
    PALIMPSEST_TRY(const std::vector<std::string> layers, hdf5::readTexts(file.get(), "layers", where));
    PALIMPSEST_TRY(const Shape input, readInputShape(file.get(), where));
    PALIMPSEST_TRY(LayerTexts texts, parseLayerTexts(layers, input, where));
    if (texts.tensors != order)
        return badInput("expected the tensors in the order in which the layers use them, got another order "
                        "or other names",
            where + ", attribute order");

    ImportedNetwork imported;
    imported.network.name = path.stem().string();
    imported.network.inputShape = input.size() == 3 ? Shape { input[2], input[0], input[1] } : input;
    imported.network.layout = TensorLayout::TensorFlow;
    imported.network.layers = texts.layers;
    PALIMPSEST_CHECK(completeNetwork(imported.network, where));
    PALIMPSEST_TRY(Weights weights, readTensors(file.get(), "/weights", texts, where));
    PALIMPSEST_TRY(imported.weights, checkWeights(imported.network, std::move(weights), where));
    if (hdf5::exists(file.get(), "/fisher")) {
        PALIMPSEST_TRY(Weights fisher, readTensors(file.get(), "/fisher", texts, where));
        PALIMPSEST_CHECK(checkFisher(fisher, where));
        imported.fisher = std::move(fisher);
    }
    return imported;
}

namespace {

class ReferenceNetworkImporter final : public NetworkImporter {
public:
    [[nodiscard]] std::string_view format() const override { return "reference network (HDF5)"; }

    [[nodiscard]] bool recognises(
        const std::filesystem::path& file, std::span<const std::byte> head) const override
    {
        constexpr std::array<unsigned char, 8> kMagic { 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n' };
        return file.extension() == ".h5" || file.extension() == ".hdf5"
            || (head.size() >= kMagic.size() && std::memcmp(head.data(), kMagic.data(), kMagic.size()) == 0);
    }

    [[nodiscard]] Result<NetworkImport> read(
        const std::filesystem::path& file, const ImportOptions& /*options*/) const override
    {
        NetworkImport result;
        result.format = format();
        PALIMPSEST_TRY(result.network, readReferenceNetwork(file));
        for (const Tensor& tensor : result.network.weights.tensors)
            result.tensors.push_back(
                { "/weights/" + tensor.name, tensor.shape, tensor.name, tensor.shape, {} });
        if (result.network.fisher)
            for (const Tensor& tensor : result.network.fisher->tensors)
                result.tensors.push_back({ "/fisher/" + tensor.name, tensor.shape, tensor.name, tensor.shape,
                    "Fisher information" });
        return result;
    }
};

} // namespace

std::shared_ptr<const NetworkImporter> referenceNetworkImporter()
{
    return std::make_shared<ReferenceNetworkImporter>();
}

} // namespace palimpsest
