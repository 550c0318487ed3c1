// SPDX-License-Identifier: Apache-2.0
#include "core/data/mat_reader.h"

#include "core/base/units.h"
#include "core/data/file_pair.h"
#include "core/data/mat_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kSampleNames { "x", "data", "images" };
const std::vector<std::string> kLabelNames { "y", "labels", "label" };

struct MatSplit {
    Array x; // as in the file, column-major
    std::vector<std::int32_t> y;
};

const Array* findArray(const std::map<std::string, Array>& arrays, const std::vector<std::string>& names)
{
    for (const std::string& name : names)
        if (const auto found = arrays.find(name); found != arrays.end())
            return &found->second;
    return nullptr;
}

template <class T>
Result<std::vector<std::int32_t>> wholeNumbers(std::span<const T> values, const fs::path& path)
{
    std::vector<std::int32_t> numbers;
    numbers.reserve(values.size());
    for (const T value : values) {
        const auto number = static_cast<double>(value);
        if (!(std::abs(number) <= 1e9) || number != std::floor(number))
            return badInput("label " + std::to_string(number) + " of sample "
                    + std::to_string(numbers.size() + 1) + " is no class number",
                path.string());
        numbers.push_back(static_cast<std::int32_t>(number));
    }
    return numbers;
}

Result<std::vector<std::int32_t>> toLabels(const Array& array, const fs::path& path)
{
    switch (array.type()) {
    case DType::UInt8:
        return wholeNumbers(array.as<std::uint8_t>(), path);
    case DType::Int16:
        return wholeNumbers(array.as<std::int16_t>(), path);
    case DType::Int32:
        return wholeNumbers(array.as<std::int32_t>(), path);
    case DType::Float32:
        return wholeNumbers(array.as<float>(), path);
    default:
        return wholeNumbers(array.as<double>(), path);
    }
}

Result<MatSplit> readSplit(const fs::path& path)
{
    std::vector<std::string> names = kSampleNames;
    names.insert(names.end(), kLabelNames.begin(), kLabelNames.end());
    PALIMPSEST_TRY(const auto arrays, readMatFile(path, names));
    const Array* x = findArray(arrays, kSampleNames);
    const Array* y = findArray(arrays, kLabelNames);
    if (x == nullptr || y == nullptr)
        return badInput("expected a variable "
                + std::string(
                    x == nullptr ? "X (or data, images) with the samples" : "y (or labels) with the classes")
                + ", found none",
            path.string());
    MatSplit split;
    PALIMPSEST_TRY(split.y, toLabels(*y, path));
    split.x = *x;
    return split;
}

/// Column-major [..., count] or [count, features] as row-major [count, sample...].
Result<Array> toSamples(const Array& x, std::size_t count, const fs::path& path)
{
    const Shape& shape = x.shape();
    const auto samples = static_cast<std::int64_t>(count);
    const bool isTable = shape.size() == 2 && shape[0] == samples;
    if (shape.size() > 4 || (!isTable && shape.back() != samples))
        return badInput("holds " + formatCount(samples) + " labels for samples of size " + toString(shape)
                + "; expected [height, width, channels, samples], [height, width, samples] or [samples, "
                  "features]",
            path.string());
    // Axes of the file in the order of the result, outermost first; the result is walked row-major.
    std::vector<std::size_t> axes;
    if (isTable)
        axes = { 0, 1 };
    else if (shape.size() == 4)
        axes = { 3, 2, 0, 1 };
    else if (shape.size() == 3)
        axes = { 2, 0, 1 };
    else
        axes = { 1, 0 };
    std::vector<std::size_t> strides(shape.size(), 1); // of the file, in values
    for (std::size_t axis = 1; axis < shape.size(); ++axis)
        strides[axis] = strides[axis - 1] * static_cast<std::size_t>(shape[axis - 1]);
    Shape sizes;
    std::vector<std::size_t> steps;
    for (const std::size_t axis : axes) {
        sizes.push_back(shape[axis]);
        steps.push_back(strides[axis]);
    }
    while (sizes.size() < 4) { // walked as four sizes, whatever it has
        sizes.insert(sizes.begin() + 1, 1);
        steps.insert(steps.begin() + 1, 0);
    }
    Array rows(x.type(), sizes);
    const std::size_t width = byteSize(x.type());
    std::byte* to = rows.bytes().data();
    const auto size = [&](std::size_t axis) { return static_cast<std::size_t>(sizes[axis]); };
    for (std::size_t a = 0; a < size(0); ++a)
        for (std::size_t b = 0; b < size(1); ++b)
            for (std::size_t c = 0; c < size(2); ++c)
                for (std::size_t d = 0; d < size(3); ++d, to += width)
                    std::memcpy(to,
                        x.bytes().data()
                            + width * (a * steps[0] + b * steps[1] + c * steps[2] + d * steps[3]),
                        width);
    if (shape.size() == 2)
        rows.reshape({ sizes[0], sizes[3] });
    return rows;
}

/// The number of classes where labels count from 1, else 0.
std::int32_t lastLabel(const std::vector<std::int32_t>& train, std::int64_t classes)
{
    const auto [least, most] = std::minmax_element(train.begin(), train.end());
    const bool countsFromOne = *least >= 1 && (classes == 0 || *most == classes);
    return countsFromOne ? *most : 0;
}

class MatReader : public FilePairReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& /*control*/) const override
    {
        fs::path path = base / settings.path;
        PALIMPSEST_TRY(MatSplit split, readSplit(path));
        const std::int32_t last = lastLabel(split.y, settings.classes);
        if (part == Part::Test) {
            if (settings.test.empty())
                return badInput("there is no test split: data.test names no file", path.string());
            path = base / settings.test;
            PALIMPSEST_TRY(split, readSplit(path));
        }
        for (std::int32_t& label : split.y)
            if (label == last)
                label = 0;
            else if (last != 0 && label == 0)
                return badInput("holds the label 0, but those of train go from 1 to " + std::to_string(last),
                    path.string());
        RawSamples samples;
        PALIMPSEST_TRY(samples.x, toSamples(split.x, split.y.size(), path));
        samples.y = std::move(split.y);
        return samples;
    }
};

} // namespace

std::shared_ptr<const DataReader> makeMatReader()
{
    return std::make_shared<MatReader>();
}

} // namespace palimpsest
