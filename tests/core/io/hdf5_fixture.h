// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hdf5.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// Writes HDF5 files as other programs do: plain calls, no code of core/io.
class Hdf5Writer {
public:
    explicit Hdf5Writer(const std::filesystem::path& path)
        : m_file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT))
    {
    }
    ~Hdf5Writer() { H5Fclose(m_file); }
    Hdf5Writer(const Hdf5Writer&) = delete;
    Hdf5Writer& operator=(const Hdf5Writer&) = delete;

    [[nodiscard]] hid_t file() const { return m_file; }

    /// @param memory  type of `values`;  @param stored  type in the file
    /// @param isPacked  chunks with shuffle and gzip
    template <class T>
    void dataset(const std::string& name, hid_t memory, hid_t stored, const std::vector<hsize_t>& shape,
        const std::vector<T>& values, bool isPacked = false)
    {
        const hid_t links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(links, 1);
        const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
        if (isPacked) {
            H5Pset_chunk(properties, static_cast<int>(shape.size()), shape.data());
            H5Pset_shuffle(properties);
            H5Pset_deflate(properties, 9);
        }
        const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
        const hid_t handle = H5Dcreate2(m_file, name.c_str(), stored, space, links, properties, H5P_DEFAULT);
        if (!values.empty())
            H5Dwrite(handle, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Dclose(handle);
        H5Sclose(space);
        H5Pclose(properties);
        H5Pclose(links);
    }

    /// Texts of variable length, as h5py writes them.
    void texts(const std::string& attribute, const std::vector<std::string>& values)
    {
        std::vector<const char*> pointers;
        for (const std::string& value : values)
            pointers.push_back(value.c_str());
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, H5T_VARIABLE);
        H5Tset_cset(type, H5T_CSET_UTF8);
        write(attribute, type, values.size(), pointers.data());
        H5Tclose(type);
    }

    void numbers(const std::string& attribute, const std::vector<long long>& values)
    {
        write(attribute, H5T_NATIVE_LLONG, values.size(), values.data());
    }

private:
    void write(const std::string& attribute, hid_t type, std::size_t count, const void* values)
    {
        const hsize_t size = count;
        const hid_t space = H5Screate_simple(1, &size, nullptr);
        const hid_t handle = H5Acreate2(m_file, attribute.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(handle, type, values);
        H5Aclose(handle);
        H5Sclose(space);
    }

    hid_t m_file;
};

} // namespace palimpsest
