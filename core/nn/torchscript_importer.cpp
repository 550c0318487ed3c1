// SPDX-License-Identifier: Apache-2.0
#include "core/nn/torchscript_importer.h"

#include "core/formats/trusted_files.h"
#include "core/nn/script_walk.h"

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFormat = "TorchScript";
constexpr std::int64_t kLargestGuess = 256; ///< height and width of samples that are tried
constexpr std::int64_t kMostGuessed = 4'000'000; ///< numbers in a module for which sizes are tried

Result<NetworkImport> convert(const torch::jit::Module& module, const torch::jit::Graph& graph,
    const Shape& sample, const fs::path& file)
{
    NetworkBuilder builder(sample);
    Result<GraphValue> output = nn::ScriptWalk(module, builder).run(graph);
    if (!output)
        return badInput(output.error().message, file.string());
    PALIMPSEST_TRY(
        NetworkImport result, builder.finish(std::move(*output), file.stem().string(), file.string()));
    result.format = kFormat;
    return result;
}

Error needsShape(const fs::path& file, const std::string& reason)
{
    return badInput("the file does not say how large its samples are" + reason
            + "; say it with --input-shape, as in --input-shape 3,32,32",
        file.string());
}

/// The weight of the layer that comes first in the program; none where there is no such layer.
std::optional<Shape> firstWeight(const torch::jit::Module& module)
{
    for (const at::Tensor& parameter : module.parameters())
        if (parameter.dim() >= 2)
            return parameter.sizes().vec();
    return std::nullopt;
}

/// Without a shape from the user: the only square image, or the only length, with which everything fits together.
Result<NetworkImport> guessShape(const torch::jit::Module& module, const torch::jit::Graph& graph,
    std::int64_t numbers, const fs::path& file)
{
    const std::optional<Shape> weight = firstWeight(module);
    if (!weight || weight->size() > 4)
        return needsShape(file, "");
    if (weight->size() == 2)
        return convert(module, graph, { (*weight)[1] }, file);
    if (numbers > kMostGuessed)
        return needsShape(file, "");
    std::optional<NetworkImport> found;
    for (std::int64_t size = 1; size <= kLargestGuess; ++size) {
        const Shape sample
            = weight->size() == 3 ? Shape { (*weight)[1], size } : Shape { (*weight)[1], size, size };
        Result<NetworkImport> imported = convert(module, graph, sample, file);
        if (imported && found)
            return needsShape(file, ", and more than one size fits");
        if (imported)
            found = std::move(*imported);
    }
    if (!found) {
        const Shape common
            = weight->size() == 3 ? Shape { (*weight)[1], 128 } : Shape { (*weight)[1], 32, 32 };
        const Result<NetworkImport> tried = convert(module, graph, common, file);
        return needsShape(file,
            ", and no " + std::string(weight->size() == 3 ? "length" : "square one")
                + " up to 256 fits (with " + toString(common) + ": "
                + (tried ? "fits" : tried.error().message) + ")");
    }
    found->notes.push_back("The file does not say how large its samples are; "
        + toString(found->network.network.inputShape) + " is the only such size that fits.");
    return std::move(*found);
}

class TorchScriptImporter final : public NetworkImporter {
public:
    [[nodiscard]] std::string_view format() const override { return kFormat; }

    [[nodiscard]] bool recognises(const fs::path& file, std::span<const std::byte> /*head*/) const override
    {
        const std::string ending = file.extension().string();
        return ending == ".pt" || ending == ".pth" || ending == ".torchscript";
    }

    [[nodiscard]] Result<NetworkImport> read(
        const fs::path& file, const ImportOptions& options) const override
    {
        PALIMPSEST_CHECK(checkTrust(file, options.trust));
        try {
            torch::jit::Module module = torch::jit::load(file.string(), at::kCPU);
            module.eval();
            std::int64_t numbers = 0;
            for (const at::Tensor& parameter : module.parameters())
                numbers += parameter.numel();
            if (numbers == 0)
                return badInput(
                    "the module is frozen: it has 0 parameters, because its weights are constants of its "
                    "program; save it again before torch.jit.freeze() or optimize_for_inference()",
                    file.string());
            const std::shared_ptr<torch::jit::Graph> graph = module.get_method("forward").graph()->copy();
            torch::jit::Inline(*graph);
            return options.inputShape.empty() ? guessShape(module, *graph, numbers, file)
                                              : convert(module, *graph, options.inputShape, file);
        } catch (const c10::Error& error) {
            const std::string reason = error.what_without_backtrace();
            return badInput("this is no TorchScript module ("
                    + reason.substr(0, reason.find('\n')).substr(0, 200)
                    + "); save it with torch.jit.script(model).save(FILE), or its weights as safetensors",
                file.string());
        }
    }
};

} // namespace

std::shared_ptr<const NetworkImporter> torchScriptImporter()
{
    return std::make_shared<TorchScriptImporter>();
}

} // namespace palimpsest
