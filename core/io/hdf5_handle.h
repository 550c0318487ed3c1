// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <hdf5.h>

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest::hdf5 {

/// Whoever calls HDF5 holds a Session meanwhile: one thread at a time (the library is not thread-safe in every build), and the
/// library prints nothing. Sessions do not nest: functions of this header need one, and take none.
class Session {
public:
    Session();
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

private:
    std::scoped_lock<std::mutex> m_lock;
};

/// Owns one HDF5 identifier of any sort and closes it.
class Handle {
public:
    Handle() = default;
    explicit Handle(hid_t id)
        : m_id(id)
    {
    }
    ~Handle();
    Handle(Handle&& other) noexcept;
    Handle& operator=(Handle&& other) noexcept;

    [[nodiscard]] hid_t get() const { return m_id; }
    [[nodiscard]] bool isValid() const { return m_id >= 0; }

private:
    hid_t m_id = -1;
};

/// BadInput with the innermost message of the library's error stack: "FILE: /weights/w: cannot be read: ...".
[[nodiscard]] Error lastError(const std::string& action, const std::string& where);

/// The handle, or lastError() where the library gave none.
[[nodiscard]] Result<Handle> owned(hid_t id, const std::string& action, const std::string& where);

/// The file type of an element type, little-endian. Not owned by the library: close it.
[[nodiscard]] Handle makeType(DType type);
/// The element type that equals a file's type; empty where there is none (other byte order, compound, text, ...).
[[nodiscard]] std::optional<DType> elementType(hid_t type);

/// Sizes of a dataset or an attribute; BadInput where it is neither simple nor scalar.
[[nodiscard]] Result<Shape> shapeOf(hid_t dataspace, const std::string& where);

[[nodiscard]] Result<Handle> openFile(const std::filesystem::path& path);
[[nodiscard]] Result<Handle> openDataset(hid_t file, const std::string& name, const std::string& where);
/// Whether `name` can be reached, one group after the other, without a link into another file.
[[nodiscard]] bool exists(hid_t file, const std::string& name);

/// Reads a whole dataset in its own type. Refused before anything is allocated: a size that the bytes stored in the file cannot give
/// (deflate makes at most 1,032 bytes of one), values in other files.
[[nodiscard]] Result<Array> readDataset(hid_t file, const std::string& name, const std::string& where);

/// The same, converted by HDF5 to `element`; values out of its range become its nearest ones.
[[nodiscard]] Result<Array> readDatasetAs(
    hid_t file, const std::string& name, DType element, const std::string& where);

/// Texts of a string attribute, scalar or one-dimensional, of fixed or variable length. BadInput where it is missing.
[[nodiscard]] Result<std::vector<std::string>> readTexts(
    hid_t object, const std::string& attribute, const std::string& where);
/// Numbers of an integer or float attribute, scalar or one-dimensional. BadInput where it is missing.
[[nodiscard]] Result<std::vector<double>> readNumbers(
    hid_t object, const std::string& attribute, const std::string& where);

} // namespace palimpsest::hdf5
