// SPDX-License-Identifier: Apache-2.0
#include "core/io/hdf5_data.h"

#include "core/base/units.h"
#include "core/io/hdf5_handle.h"

#include <algorithm>
#include <limits>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

using hdf5::Handle;
using hdf5::owned;

/// The element type in which samples of a file's type are kept, if any: the narrowest of RawSamples that holds all its values.
std::optional<DType> sampleType(hid_t type)
{
    const std::size_t bytes = H5Tget_size(type);
    const bool isSigned = H5Tget_sign(type) == H5T_SGN_2;
    switch (H5Tget_class(type)) {
    case H5T_INTEGER:
        if (bytes == 1)
            return isSigned ? DType::Int16 : DType::UInt8;
        if (bytes == 2)
            return isSigned ? DType::Int16 : DType::Int32;
        return bytes == 4 && isSigned ? std::optional(DType::Int32) : std::nullopt;
    case H5T_FLOAT:
        if (bytes == 2 || bytes == 4)
            return DType::Float32;
        return bytes == 8 ? std::optional(DType::Float64) : std::nullopt;
    default:
        return std::nullopt;
    }
}

Result<Array> readSamples(hid_t file, const std::string& name, const std::string& where)
{
    PALIMPSEST_TRY(const Handle dataset, hdf5::openDataset(file, name, where));
    PALIMPSEST_TRY(
        const Handle type, owned(H5Dget_type(dataset.get()), "cannot be read", where + ": " + name));
    const std::optional<DType> element = sampleType(type.get());
    if (!element)
        return badInput(
            "expected samples of 8, 16 or 32 bit integers or of 16, 32 or 64 bit floats, got another type",
            where + ": " + name);
    return hdf5::readDatasetAs(file, name, *element, where);
}

/// Whole numbers of any type that fit the range of class ids and group numbers.
Result<std::vector<std::int32_t>> readIds(
    hid_t file, const std::string& name, std::size_t count, const std::string& where)
{
    const std::string place = where + ": " + name;
    PALIMPSEST_TRY(const Handle dataset, hdf5::openDataset(file, name, where));
    PALIMPSEST_TRY(const Handle type, owned(H5Dget_type(dataset.get()), "cannot be read", place));
    if (H5Tget_class(type.get()) != H5T_INTEGER)
        return badInput("expected integers, got another type", place);
    PALIMPSEST_TRY(const Array array, hdf5::readDatasetAs(file, name, DType::Int64, where));
    if (array.shape() != Shape { static_cast<std::int64_t>(count) })
        return badInput("expected one number for each of the " + formatCount(static_cast<std::int64_t>(count))
                + " samples, got an array of shape " + toString(array.shape()),
            place);
    std::vector<std::int32_t> ids;
    ids.reserve(count);
    for (const std::int64_t id : array.as<std::int64_t>()) {
        if (id < 0 || id > std::numeric_limits<std::int32_t>::max())
            return badInput("expected numbers from 0 to 2,147,483,647, got " + std::to_string(id)
                    + " for sample " + std::to_string(ids.size()),
                place);
        ids.push_back(static_cast<std::int32_t>(id));
    }
    return ids;
}

Status readAttributes(hid_t file, const std::string& where, RawSamples& samples)
{
    if (H5Aexists(file, "sample_rate") > 0) {
        PALIMPSEST_TRY(const std::vector<double> rate, hdf5::readNumbers(file, "sample_rate", where));
        if (rate.size() != 1 || !(rate[0] > 0.0))
            return badInput("expected one number above 0 (Hz)", where + ", attribute sample_rate");
        samples.sampleRate = rate[0];
    }
    if (H5Aexists(file, "classes") > 0) {
        PALIMPSEST_TRY(samples.classNames, hdf5::readTexts(file, "classes", where));
    }
    return success();
}

class Hdf5Reader : public DataReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& /*control*/) const override
    {
        PALIMPSEST_TRY(const fs::path path, file(settings, base));
        const std::string where = path.string();
        const std::string group = part == Part::Train ? "/train" : "/test";
        const hdf5::Session session;
        PALIMPSEST_TRY(const Handle handle, hdf5::openFile(path));
        RawSamples samples;
        PALIMPSEST_TRY(samples.x, readSamples(handle.get(), group + "/x", where));
        const Shape& shape = samples.x.shape();
        if (shape.size() < 2 || std::find(shape.begin(), shape.end(), 0) != shape.end())
            return badInput("expected samples of shape [N, ...] with no size 0, got " + toString(shape),
                where + ": " + group + "/x");
        const auto count = static_cast<std::size_t>(shape.front());
        PALIMPSEST_TRY(samples.y, readIds(handle.get(), group + "/y", count, where));
        if (hdf5::exists(handle.get(), group + "/group")) {
            PALIMPSEST_TRY(samples.group, readIds(handle.get(), group + "/group", count, where));
        }
        if (part == Part::Train && hdf5::exists(handle.get(), group + "/validation")) {
            PALIMPSEST_TRY(const std::vector<std::int32_t> marks,
                readIds(handle.get(), group + "/validation", count, where));
            if (std::find_if(marks.begin(), marks.end(), [](std::int32_t mark) { return mark > 1; })
                != marks.end())
                return badInput("expected marks of 0 and 1", where + ": " + group + "/validation");
            samples.isValidation.assign(marks.begin(), marks.end());
        }
        PALIMPSEST_CHECK(readAttributes(handle.get(), where, samples));
        return samples;
    }

    Result<std::vector<fs::path>> files(const DataSettings& settings, const fs::path& base) const override
    {
        PALIMPSEST_TRY(const fs::path path, file(settings, base));
        return std::vector<fs::path> { path };
    }

    Result<bool> hasTest(const DataSettings& settings, const fs::path& base) const override
    {
        PALIMPSEST_TRY(const fs::path path, file(settings, base));
        const hdf5::Session session;
        PALIMPSEST_TRY(const Handle handle, hdf5::openFile(path));
        return hdf5::exists(handle.get(), "/test/x");
    }

private:
    static Result<fs::path> file(const DataSettings& settings, const fs::path& base)
    {
        if (!settings.test.empty())
            return badInput(
                "format \"hdf5\" keeps both splits in one file, /train and /test; leave data.test empty",
                settings.test);
        return base / settings.path;
    }
};

} // namespace

std::shared_ptr<const DataReader> makeHdf5Reader()
{
    return std::make_shared<const Hdf5Reader>();
}

DataReaders allReaders()
{
    DataReaders readers = standardReaders();
    readers["hdf5"] = makeHdf5Reader();
    return readers;
}

} // namespace palimpsest
