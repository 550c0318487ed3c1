// SPDX-License-Identifier: Apache-2.0
#include "core/io/record_file.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/io/hdf5_handle.h"

#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>

namespace palimpsest {

namespace {

using hdf5::Handle;
using hdf5::lastError;
using hdf5::owned;

constexpr std::size_t kHeaderBytes
    = 512; // an HDF5 user block: the library looks for its own signature at 0, 512, 1024, ...
constexpr std::string_view kMagic = "palimpsest-record ";
constexpr int kVersion = 1;
constexpr int kMaximumDepth = 32; ///< of groups in groups
constexpr const char* kArrays = "/arrays";
constexpr const char* kTexts = "/texts";

/// Each name must be a path of groups that HDF5 reads as it was written: no empty segment, no "." and no "..", and no other name as
/// one of its groups.
template <class Value> void requireNames(const std::map<std::string, Value>& items)
{
    for (const auto& [name, value] : items) {
        std::size_t begin = 0;
        for (int depth = 1;; ++depth) {
            const std::size_t end = std::min(name.find('/', begin), name.size());
            const std::string_view segment = std::string_view(name).substr(begin, end - begin);
            if (segment.empty() || segment == "." || segment == ".."
                || segment.find('\0') != std::string_view::npos || depth > kMaximumDepth
                || (end < name.size() && items.contains(name.substr(0, end))))
                throw std::invalid_argument(
                    "writeRecord: \"" + name + "\" cannot be the name of an array or a text here");
            if (end == name.size())
                break;
            begin = end + 1;
        }
    }
}

// ---- Writing ----

/// Property lists under which equal records give equal bytes: no times, one library version, no growth by blocks.
struct Properties {
    Handle file { H5Pcreate(H5P_FILE_ACCESS) };
    Handle dataset { H5Pcreate(H5P_DATASET_CREATE) };
    Handle group { H5Pcreate(H5P_GROUP_CREATE) };
    Handle links { H5Pcreate(H5P_LINK_CREATE) };

    Properties()
    {
        H5Pset_fapl_core(file.get(), std::size_t { 1 } << 20U, 0); // in memory, not kept
        H5Pset_libver_bounds(file.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
        H5Pset_obj_track_times(dataset.get(), 0);
        H5Pset_obj_track_times(group.get(), 0);
        H5Pset_fill_time(dataset.get(), H5D_FILL_TIME_NEVER);
        H5Pset_alloc_time(dataset.get(), H5D_ALLOC_TIME_EARLY);
        H5Pset_create_intermediate_group(links.get(), 1);
    }
};

Status writeDataset(const Properties& properties, hid_t file, const std::string& name, const Handle& type,
    const Handle& space, const void* values, bool isEmpty, const std::string& where)
{
    PALIMPSEST_TRY(const Handle dataset,
        owned(H5Dcreate2(file, name.c_str(), type.get(), space.get(), properties.links.get(),
                  properties.dataset.get(), H5P_DEFAULT),
            "cannot be created", where + ": " + name));
    if (!isEmpty && H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
        return lastError("cannot be written", where + ": " + name);
    return success();
}

Status writeArray(const Properties& properties, hid_t file, const std::string& name, const Array& array,
    const std::string& where)
{
    const std::vector<hsize_t> sizes(array.shape().begin(), array.shape().end());
    PALIMPSEST_TRY(const Handle space,
        owned(sizes.empty() ? H5Screate(H5S_SCALAR)
                            : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
            "cannot be created", where + ": " + name));
    return writeDataset(properties, file, name, hdf5::makeType(array.type()), space, array.bytes().data(),
        array.bytes().empty(), where);
}

/// A text is a scalar string of exactly its length; an empty one has no value at all, because HDF5 has no string of length 0.
Status writeText(const Properties& properties, hid_t file, const std::string& name, const std::string& text,
    const std::string& where)
{
    const Handle type(H5Tcopy(H5T_C_S1));
    H5Tset_size(type.get(), std::max(text.size(), std::size_t { 1 }));
    H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    PALIMPSEST_TRY(const Handle space,
        owned(H5Screate(text.empty() ? H5S_NULL : H5S_SCALAR), "cannot be created", where + ": " + name));
    return writeDataset(properties, file, name, type, space, text.data(), text.empty(), where);
}

/// The HDF5 part of the file, as bytes.
Result<std::string> makeImage(const Record& record, const std::string& where)
{
    const hdf5::Session session;
    const Properties properties;
    PALIMPSEST_TRY(const Handle file,
        owned(H5Fcreate("record", H5F_ACC_TRUNC, H5P_DEFAULT, properties.file.get()), "cannot be created",
            where));
    for (const char* group : { kArrays, kTexts }) {
        PALIMPSEST_TRY(const Handle handle,
            owned(H5Gcreate2(file.get(), group, H5P_DEFAULT, properties.group.get(), H5P_DEFAULT),
                "cannot be created", where));
    }
    for (const auto& [name, array] : record.arrays)
        PALIMPSEST_CHECK(writeArray(properties, file.get(), std::string(kArrays) + "/" + name, array, where));
    for (const auto& [name, text] : record.texts)
        PALIMPSEST_CHECK(writeText(properties, file.get(), std::string(kTexts) + "/" + name, text, where));
    if (H5Fflush(file.get(), H5F_SCOPE_GLOBAL) < 0)
        return lastError("cannot be written", where);
    const ssize_t size = H5Fget_file_image(file.get(), nullptr, 0);
    if (size < 0)
        return lastError("cannot be written", where);
    std::string image(static_cast<std::size_t>(size), '\0');
    if (H5Fget_file_image(file.get(), image.data(), image.size()) != size)
        return lastError("cannot be written", where);
    return image;
}

/// The first 512 bytes: what the rest must be. A damaged rest is never given to HDF5.
std::string makeHeader(const std::string& image)
{
    std::string header = std::string(kMagic) + std::to_string(kVersion) + "\nbytes "
        + std::to_string(image.size()) + "\nsha256 " + sha256(image) + "\n";
    header.resize(kHeaderBytes, '\0');
    return header;
}

// ---- Reading ----

/// Takes `prefix` and a decimal number up to a line end from the front of `text`.
std::optional<std::uint64_t> takeNumber(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return std::nullopt;
    text.remove_prefix(prefix.size());
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (problem != std::errc() || length == text.size() || *end != '\n')
        return std::nullopt;
    text.remove_prefix(length + 1);
    return number;
}

/// The HDF5 part of the bytes, after it was found to be whole.
Result<std::string_view> checkedImage(std::string_view bytes, const std::string& where)
{
    std::string_view header = bytes.substr(0, kHeaderBytes);
    const std::optional<std::uint64_t> version = takeNumber(header, kMagic);
    if (!version || *version < 1)
        return badInput(
            "expected a result file of palimpsest, got another sort of file or a damaged one", where);
    if (*version > kVersion)
        return badInput("has version " + std::to_string(*version)
                + " of the result file format, and this program (palimpsest " + PALIMPSEST_VERSION
                + ") reads up to version " + std::to_string(kVersion)
                + "; use the newer palimpsest that wrote it",
            where);
    const std::optional<std::uint64_t> size = takeNumber(header, "bytes ");
    constexpr std::string_view kHash = "sha256 ";
    if (!size || !header.starts_with(kHash) || header.size() < kHash.size() + 65
        || bytes.size() < kHeaderBytes)
        return badInput(
            "the file's header is damaged; delete the file, and the stage that wrote it runs again", where);
    const std::string_view image = bytes.substr(kHeaderBytes);
    if (*size != image.size())
        return badInput("expected " + std::to_string(*size) + " bytes after the header, found "
                + std::to_string(image.size()) + "; delete the file, and the stage that wrote it runs again",
            where);
    if (sha256(image) != header.substr(kHash.size(), 64))
        return badInput("the content does not match its SHA-256: the file is damaged; delete it, and the "
                        "stage that wrote it runs again",
            where);
    return image;
}

Result<std::string> readText(
    hid_t file, const std::string& name, std::size_t fileBytes, const std::string& where)
{
    const std::string place = where + ": " + name;
    PALIMPSEST_TRY(const Handle dataset, hdf5::openDataset(file, name, where));
    PALIMPSEST_TRY(const Handle type, owned(H5Dget_type(dataset.get()), "cannot be read", place));
    PALIMPSEST_TRY(const Handle space, owned(H5Dget_space(dataset.get()), "cannot be read", place));
    const H5S_class_t kind = H5Sget_simple_extent_type(space.get());
    if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) != 0
        || (kind != H5S_NULL && kind != H5S_SCALAR) || H5Tget_size(type.get()) > fileBytes)
        return badInput("expected a text", place);
    if (kind == H5S_NULL)
        return std::string();
    std::string text(H5Tget_size(type.get()), '\0');
    if (H5Dread(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()) < 0)
        return lastError("cannot be read", place);
    return text;
}

Result<std::vector<std::string>> linkNames(hid_t group, const std::string& where)
{
    std::vector<std::string> names;
    const herr_t status = H5Literate(
        group, H5_INDEX_NAME, H5_ITER_INC, nullptr,
        [](hid_t, const char* name, const H5L_info_t* link, void* out) -> herr_t {
            if (link->type != H5L_TYPE_HARD)
                return -1;
            static_cast<std::vector<std::string>*>(out)->emplace_back(name);
            return 0;
        },
        &names);
    if (status < 0)
        return lastError("cannot be listed", where);
    return names;
}

/// Calls visit(path below `root`) for each dataset below a group.
template <class Visit>
Status forEachDataset(hid_t file, const std::string& root, const std::string& below, int depth,
    const std::string& where, Visit&& visit)
{
    const std::string path = below.empty() ? root : root + "/" + below;
    if (depth > kMaximumDepth)
        return badInput("groups lie in each other too deep", where + ": " + path);
    PALIMPSEST_TRY(const Handle group,
        owned(H5Gopen2(file, path.c_str(), H5P_DEFAULT), "expected a group", where + ": " + path));
    PALIMPSEST_TRY(const std::vector<std::string> names, linkNames(group.get(), where + ": " + path));
    for (const std::string& name : names) {
        const std::string child = below.empty() ? name : below + "/" + name;
        H5O_info_t info {};
        if (H5Oget_info_by_name2(group.get(), name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0)
            return lastError("cannot be read", where + ": " + path + "/" + name);
        if (info.type == H5O_TYPE_GROUP)
            PALIMPSEST_CHECK(forEachDataset(file, root, child, depth + 1, where, visit));
        else
            PALIMPSEST_CHECK(visit(child));
    }
    return success();
}

} // namespace

Result<std::string> serializeRecord(const Record& record, const std::string& where)
{
    requireNames(record.arrays);
    requireNames(record.texts);
    PALIMPSEST_TRY(const std::string image, makeImage(record, where));
    return makeHeader(image) + image;
}

Result<Record> parseRecord(std::string_view bytes, const std::string& where)
{
    PALIMPSEST_TRY(const std::string_view image, checkedImage(bytes, where));
    const hdf5::Session session;
    const Handle access(H5Pcreate(H5P_FILE_ACCESS));
    H5Pset_fapl_core(access.get(), std::size_t { 1 } << 16U, 0);
    // The library copies the image, and does not write to it.
    H5Pset_file_image(access.get(), const_cast<char*>(image.data()), image.size());
    PALIMPSEST_TRY(const Handle file,
        owned(H5Fopen("record", H5F_ACC_RDONLY, access.get()), "cannot be opened as an HDF5 file", where));
    Record record;
    PALIMPSEST_CHECK(
        forEachDataset(file.get(), kArrays, {}, 1, where, [&](const std::string& name) -> Status {
            PALIMPSEST_TRY(
                record.arrays[name], hdf5::readDataset(file.get(), std::string(kArrays) + "/" + name, where));
            return success();
        }));
    PALIMPSEST_CHECK(forEachDataset(file.get(), kTexts, {}, 1, where, [&](const std::string& name) -> Status {
        PALIMPSEST_TRY(
            record.texts[name], readText(file.get(), std::string(kTexts) + "/" + name, image.size(), where));
        return success();
    }));
    return record;
}

Status writeRecord(const std::filesystem::path& path, const Record& record)
{
    PALIMPSEST_TRY(const std::string bytes, serializeRecord(record, path.string()));
    return writeFileAtomically(path, bytes, [&](const std::filesystem::path& temporary) -> Status {
        PALIMPSEST_TRY(const std::string written, readFile(temporary));
        PALIMPSEST_TRY(const Record again, parseRecord(written, path.string()));
        if (!(again == record))
            return failure("reads back as something else than was written", path.string());
        return success();
    });
}

Result<Record> readRecord(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(const std::string bytes, readFile(path));
    return parseRecord(bytes, path.string());
}

} // namespace palimpsest
