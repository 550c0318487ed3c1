// SPDX-License-Identifier: Apache-2.0
#include "core/data/npz_reader.h"

#include "core/base/float_formats.h"
#include "core/base/units.h"
#include "core/data/npy.h"
#include "core/data/text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// Names of one array, the usual ones first; lower case.
using Names = std::vector<std::string>;

struct SplitNames {
    Names x;
    Names y;
    Names group;
};

const SplitNames kTrainNames { { "x_train", "train_x", "train_images", "train_data" },
    { "y_train", "train_y", "train_labels" }, { "group_train", "train_group", "groups_train" } };
const SplitNames kTestNames { { "x_test", "test_x", "test_images", "test_data" },
    { "y_test", "test_y", "test_labels" }, { "group_test", "test_group", "groups_test" } };
/// Of a file that holds one split alone.
const SplitNames kOnlyNames { { "x", "images", "data" }, { "y", "labels", "label", "target" },
    { "group", "groups" } };

/// The arrays of an .npz file or of a folder of .npy files.
class ArrayFolder {
public:
    static Result<ArrayFolder> open(const fs::path& path)
    {
        ArrayFolder folder;
        folder.m_path = path;
        std::error_code error;
        folder.m_isFolder = fs::is_directory(path, error);
        if (!folder.m_isFolder) {
            PALIMPSEST_TRY(folder.m_names, listNpz(path));
            return folder;
        }
        for (fs::directory_iterator entry(path, error); !error && entry != fs::directory_iterator();
             entry.increment(error))
            if (entry->path().extension() == ".npy")
                folder.m_names.push_back(entry->path().stem().string());
        if (error)
            return badInput("could not be read: " + error.message(), path.string());
        std::sort(folder.m_names.begin(), folder.m_names.end());
        return folder;
    }

    /// The array's own name, where one has one of these names.
    [[nodiscard]] std::optional<std::string> find(const Names& names) const
    {
        for (const std::string& name : names)
            for (const std::string& own : m_names)
                if (toLower(own) == name)
                    return own;
        return std::nullopt;
    }

    [[nodiscard]] Result<Array> read(const std::string& name) const
    {
        if (m_isFolder)
            return readNpy(m_path / (name + ".npy"));
        PALIMPSEST_TRY(
            auto arrays, readNpz(m_path, [&](const std::string& candidate) { return candidate == name; }));
        return std::move(arrays.at(name));
    }

    [[nodiscard]] std::string place(const std::string& name) const
    {
        return m_isFolder ? (m_path / (name + ".npy")).string() : m_path.string() + ", array " + name;
    }

    [[nodiscard]] const fs::path& path() const { return m_path; }
    [[nodiscard]] std::string known() const
    {
        std::string list;
        for (const std::string& name : m_names)
            list += (list.empty() ? "" : ", ") + name;
        return list.empty() ? "no array" : list;
    }
    /// The file itself, or the .npy files of the folder.
    [[nodiscard]] std::vector<fs::path> files() const
    {
        std::vector<fs::path> paths;
        for (const std::string& name : m_names)
            paths.push_back(m_path / (name + ".npy"));
        return m_isFolder ? paths : std::vector { m_path };
    }

private:
    fs::path m_path;
    bool m_isFolder = false;
    std::vector<std::string> m_names;
};

/// What the values of `array` are as numbers, one after the other.
template <class Visit> Status visitWhole(const Array& array, Visit&& visit, const std::string& where)
{
    const auto each = [&](auto values) -> Status {
        for (const auto value : values) {
            const auto number = static_cast<double>(value);
            if (!(number >= 0.0 && number <= std::numeric_limits<std::int32_t>::max())
                || number != std::floor(number))
                return badInput(
                    "expected whole numbers from 0 to 2,147,483,647, found " + std::to_string(number), where);
            visit(static_cast<std::int32_t>(number));
        }
        return success();
    };
    switch (array.type()) {
    case DType::UInt8:
        return each(array.as<std::uint8_t>());
    case DType::Int16:
        return each(array.as<std::int16_t>());
    case DType::Int32:
        return each(array.as<std::int32_t>());
    case DType::Int64:
        return each(array.as<std::int64_t>());
    case DType::UInt32:
        return each(array.as<std::uint32_t>());
    case DType::Float32:
        return each(array.as<float>());
    case DType::Float64:
        return each(array.as<double>());
    default:
        return badInput("expected whole numbers, found " + std::string(toString(array.type())), where);
    }
}

/// Whole numbers, one a sample.
Result<std::vector<std::int32_t>> toNumbers(const Array& array, std::int64_t count, const std::string& where)
{
    Shape shape = array.shape();
    if (shape.size() == 2 && shape[1] == 1)
        shape.pop_back();
    if (shape != Shape { count })
        return badInput("expected one number for each of the " + formatCount(count) + " samples, found shape "
                + toString(array.shape()),
            where);
    std::vector<std::int32_t> numbers;
    numbers.reserve(array.size());
    PALIMPSEST_CHECK(visitWhole(
        array, [&](std::int32_t number) { numbers.push_back(number); }, where));
    return numbers;
}

template <class To, class From, class Convert>
Array converted(const Array& array, std::span<const From> values, Convert convert)
{
    Array changed(DTypeOf<To>::kValue, array.shape());
    std::transform(values.begin(), values.end(), changed.as<To>().begin(), convert);
    return changed;
}

/// Samples in one of the types of RawSamples.
Result<Array> toSampleType(Array array, const std::string& where)
{
    switch (array.type()) {
    case DType::Int64: {
        const auto values = std::as_const(array).as<std::int64_t>();
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        if (*least < std::numeric_limits<std::int32_t>::min()
            || *most > std::numeric_limits<std::int32_t>::max())
            return badInput("holds whole numbers beyond 32 bits; save the samples as float64", where);
        return converted<std::int32_t>(
            array, values, [](std::int64_t value) { return static_cast<std::int32_t>(value); });
    }
    case DType::UInt32:
        return converted<double>(array, std::as_const(array).as<std::uint32_t>(),
            [](std::uint32_t value) { return static_cast<double>(value); });
    case DType::Float16: {
        Array changed(DType::Float32, array.shape());
        const std::span<float> to = changed.as<float>();
        for (std::size_t i = 0; i < to.size(); ++i) {
            std::uint16_t bits = 0;
            std::memcpy(&bits, array.bytes().data() + 2 * i, sizeof(bits));
            to[i] = floatFromHalf(bits);
        }
        return changed;
    }
    default:
        return array;
    }
}

class NpzReader : public DataReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& /*control*/) const override
    {
        const bool isTest = part == Part::Test;
        const bool isApart = isTest && !settings.test.empty();
        PALIMPSEST_TRY(
            const ArrayFolder folder, ArrayFolder::open(base / (isApart ? settings.test : settings.path)));
        const SplitNames& names = isTest ? kTestNames : kTrainNames;
        const bool isOnly = (!isTest || isApart) && !folder.find(names.x) && folder.find(kOnlyNames.x);
        PALIMPSEST_TRY(const std::string xName, nameOf(folder, isOnly ? kOnlyNames.x : names.x));
        PALIMPSEST_TRY(const std::string yName, nameOf(folder, isOnly ? kOnlyNames.y : names.y));
        const std::optional<std::string> groupName = folder.find(isOnly ? kOnlyNames.group : names.group);

        RawSamples samples;
        PALIMPSEST_TRY(samples.x, folder.read(xName));
        PALIMPSEST_TRY(samples.x, toSampleType(std::move(samples.x), folder.place(xName)));
        const Shape shape = samples.x.shape();
        if (shape.size() < 2)
            return badInput(
                "expected samples of shape [count, ...], found " + toString(shape), folder.place(xName));
        if (shape.size() == 3 && samples.x.type() == DType::UInt8 && !settings.channelsLast)
            samples.x.reshape({ shape[0], 1, shape[1], shape[2] });
        PALIMPSEST_TRY(const Array labels, folder.read(yName));
        PALIMPSEST_TRY(samples.y, toNumbers(labels, shape[0], folder.place(yName)));
        if (groupName) {
            PALIMPSEST_TRY(const Array groups, folder.read(*groupName));
            PALIMPSEST_TRY(samples.group, toNumbers(groups, shape[0], folder.place(*groupName)));
        }
        return samples;
    }

    Result<std::vector<fs::path>> files(const DataSettings& settings, const fs::path& base) const override
    {
        PALIMPSEST_TRY(const ArrayFolder folder, ArrayFolder::open(base / settings.path));
        std::vector<fs::path> paths = folder.files();
        if (!settings.test.empty()) {
            PALIMPSEST_TRY(const ArrayFolder test, ArrayFolder::open(base / settings.test));
            for (const fs::path& path : test.files())
                paths.push_back(path);
        }
        return paths;
    }

    Result<bool> hasTest(const DataSettings& settings, const fs::path& base) const override
    {
        if (!settings.test.empty())
            return true;
        PALIMPSEST_TRY(const ArrayFolder folder, ArrayFolder::open(base / settings.path));
        return folder.find(kTestNames.x).has_value();
    }

private:
    static Result<std::string> nameOf(const ArrayFolder& folder, const Names& names)
    {
        if (const std::optional<std::string> name = folder.find(names))
            return *name;
        std::string expected;
        for (const std::string& name : names)
            expected += (expected.empty() ? "" : ", ") + name;
        return badInput(
            "expected an array called " + expected + "; it holds " + folder.known(), folder.path().string());
    }
};

} // namespace

std::shared_ptr<const DataReader> makeNpzReader()
{
    return std::make_shared<NpzReader>();
}

} // namespace palimpsest
