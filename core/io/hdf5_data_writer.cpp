// SPDX-License-Identifier: Apache-2.0
#include "core/io/hdf5_data_writer.h"

#include "core/base/file.h"
#include "core/io/hdf5_handle.h"

#include <algorithm>
#include <stdexcept>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

using hdf5::Handle;
using hdf5::owned;

constexpr std::size_t kChunkBytes = std::size_t { 1 } << 20U;
constexpr unsigned kGzipLevel = 4; // higher ones take many times as long for some per cent

class DataWriter {
public:
    explicit DataWriter(std::string where)
        : m_where(std::move(where))
        , m_links(H5Pcreate(H5P_LINK_CREATE))
    {
        H5Pset_create_intermediate_group(m_links.get(), 1);
    }

    Status create(const fs::path& path)
    {
        PALIMPSEST_TRY(m_file,
            owned(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), "cannot be created",
                m_where));
        return success();
    }

    Status array(const std::string& name, const Array& array)
    {
        const std::vector<hsize_t> sizes(array.shape().begin(), array.shape().end());
        const std::size_t rowBytes = std::max<std::size_t>(
            1, array.bytes().size() / static_cast<std::size_t>(std::max<hsize_t>(1, sizes[0])));
        std::vector<hsize_t> chunk = sizes;
        chunk[0] = std::clamp<hsize_t>(kChunkBytes / rowBytes, 1, std::max<hsize_t>(1, sizes[0]));
        const Handle properties(H5Pcreate(H5P_DATASET_CREATE));
        H5Pset_obj_track_times(properties.get(), 0);
        H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
        if (byteSize(array.type()) > 1)
            H5Pset_shuffle(properties.get());
        H5Pset_deflate(properties.get(), kGzipLevel);
        const Handle type = hdf5::makeType(array.type());
        PALIMPSEST_TRY(const Handle space,
            owned(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
                "cannot be created", m_where));
        PALIMPSEST_TRY(const Handle dataset,
            owned(H5Dcreate2(m_file.get(), name.c_str(), type.get(), space.get(), m_links.get(),
                      properties.get(), H5P_DEFAULT),
                "cannot be created", m_where + ": " + name));
        if (H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, array.bytes().data()) < 0)
            return hdf5::lastError("cannot be written", m_where + ": " + name);
        return success();
    }

    /// A root attribute of one or several texts.
    Status texts(const std::string& name, const std::vector<std::string>& values, bool isList)
    {
        const Handle type(H5Tcopy(H5T_C_S1));
        H5Tset_size(type.get(), H5T_VARIABLE);
        H5Tset_cset(type.get(), H5T_CSET_UTF8);
        const hsize_t count = values.size();
        std::vector<const char*> pointers;
        for (const std::string& value : values)
            pointers.push_back(value.c_str());
        return attribute(name, type,
            Handle(isList ? H5Screate_simple(1, &count, nullptr) : H5Screate(H5S_SCALAR)), pointers.data());
    }

    Status number(const std::string& name, double value)
    {
        return attribute(name, Handle(H5Tcopy(H5T_IEEE_F64LE)), Handle(H5Screate(H5S_SCALAR)), &value);
    }

    Status close()
    {
        const bool isWritten = H5Fflush(m_file.get(), H5F_SCOPE_GLOBAL) >= 0;
        m_file = Handle();
        return isWritten ? success() : Status(hdf5::lastError("cannot be written", m_where));
    }

private:
    Status attribute(const std::string& name, const Handle& type, const Handle& space, const void* value)
    {
        PALIMPSEST_TRY(const Handle attribute,
            owned(H5Acreate2(m_file.get(), name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                "cannot be created", m_where + ", attribute " + name));
        if (H5Awrite(attribute.get(), type.get(), value) < 0)
            return hdf5::lastError("cannot be written", m_where + ", attribute " + name);
        return success();
    }

    std::string m_where;
    Handle m_links;
    Handle m_file;
};

Status writeSplit(DataWriter& writer, const std::string& group, const RawSamples& samples)
{
    if (samples.x.shape().empty() || samples.x.shape()[0] != static_cast<std::int64_t>(samples.count())
        || (!samples.group.empty() && samples.group.size() != samples.count())
        || (!samples.isValidation.empty() && samples.isValidation.size() != samples.count()))
        throw std::invalid_argument("writeHdf5Data: samples, labels and groups of different numbers");
    PALIMPSEST_CHECK(writer.array(group + "/x", samples.x));
    PALIMPSEST_CHECK(writer.array(group + "/y", Array::from(samples.y)));
    if (!samples.group.empty())
        PALIMPSEST_CHECK(writer.array(group + "/group", Array::from(samples.group)));
    if (!samples.isValidation.empty())
        PALIMPSEST_CHECK(writer.array(group + "/validation", Array::from(samples.isValidation)));
    return success();
}

} // namespace

Status writeHdf5Data(const fs::path& path, const RawSamples& train, const RawSamples& test,
    const std::map<std::string, std::string>& texts)
{
    return replaceFileAtomically(path, [&](const fs::path& temporary) -> Status {
        const hdf5::Session session;
        DataWriter writer(path.string());
        PALIMPSEST_CHECK(writer.create(temporary));
        PALIMPSEST_CHECK(writeSplit(writer, "/train", train));
        PALIMPSEST_CHECK(writeSplit(writer, "/test", test));
        if (!train.classNames.empty())
            PALIMPSEST_CHECK(writer.texts("classes", train.classNames, true));
        if (train.sampleRate > 0.0)
            PALIMPSEST_CHECK(writer.number("sample_rate", train.sampleRate));
        for (const auto& [name, text] : texts)
            PALIMPSEST_CHECK(writer.texts(name, { text }, false));
        return writer.close();
    });
}

} // namespace palimpsest
