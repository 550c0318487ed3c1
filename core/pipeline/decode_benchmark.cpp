// SPDX-License-Identifier: Apache-2.0
// bench decode: how fast the CPU makes a network of packed pages.
#include "core/backend/page_decoders.h"
#include "core/base/random.h"
#include "core/pages/page_codec.h"
#include "core/pipeline/benchmarks.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <memory>
#include <numeric>

namespace palimpsest {

namespace {

constexpr std::size_t kAlignment = 64; ///< bytes, as the executor's scratch network has it

template <class Work> double leastMicroseconds(std::int64_t repetitions, const Work& work)
{
    double least = std::numeric_limits<double>::infinity();
    for (std::int64_t i = 0; i < repetitions; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
        least = std::min(least, spent.count());
    }
    return least;
}

} // namespace

Result<std::vector<Json>> benchDecode(const DecodeBenchRequest& request, const JobContext& context)
{
    constexpr std::int64_t kMostWeights = std::int64_t { 1 } << 28U;
    if (request.pageSize < 1 || request.weights < request.pageSize || request.weights > kMostWeights)
        return badInput("expected a page size of at least 1 and from one page to "
            + std::to_string(kMostWeights) + " weights, got pages of " + std::to_string(request.pageSize)
            + " and " + std::to_string(request.weights) + " weights");
    const std::int64_t pages = request.weights / request.pageSize;
    const auto count = static_cast<std::size_t>(pages * request.pageSize);
    Random random(1);
    std::vector<float> weights(count), memory(count + kAlignment / sizeof(float));
    void* place = memory.data();
    std::size_t space = memory.size() * sizeof(float);
    auto* const image = static_cast<float*>(std::align(kAlignment, count * sizeof(float), place, space));
    for (float& weight : weights)
        weight = static_cast<float>(random.normal());
    std::vector<std::int64_t> order(static_cast<std::size_t>(pages));
    std::iota(order.begin(), order.end(), 0);
    random.shuffle(std::span(order));

    const double copyUs = leastMicroseconds(
        request.repetitions, [&] { std::memcpy(image, weights.data(), count * sizeof(float)); });
    std::vector<Json> lines;
    for (const Storage storage : { Storage::Float16, Storage::Int8, Storage::Int6, Storage::Int4,
             Storage::Int3, Storage::Ternary, Storage::Binary }) {
        const StoredPages stored = encodePages(weights, request.pageSize, storage);
        const std::int64_t pageBytes = packedBytes(storage, request.pageSize);
        const std::int64_t pageScales = scaleCount(storage, request.pageSize);
        for (const PageDecoders& decoders : pageDecoders()) {
            if (context.isCanceled())
                return canceled();
            const PageDecoders::Decode decode = decoders.of(storage);
            const double us = leastMicroseconds(request.repetitions, [&] {
                float* out = image;
                for (const std::int64_t page : order) {
                    decode(stored.bytes.data() + page * pageBytes, stored.scales.data() + page * pageScales,
                        request.pageSize, out);
                    out += request.pageSize;
                }
            });
            const auto networkBytes = static_cast<double>(count * sizeof(float));
            lines.push_back({ { "bench", "decode" }, { "storage", toString(storage) },
                { "instructions", decoders.name }, { "weights", count }, { "pageSize", request.pageSize },
                { "storedBytes", stored.byteCount() }, { "us", us }, { "copyUs", copyUs },
                { "overCopy", us / copyUs }, { "gigabytesPerSecond", networkBytes / us * 1e-3 } });
        }
    }
    return lines;
}

} // namespace palimpsest
