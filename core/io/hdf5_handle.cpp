// SPDX-License-Identifier: Apache-2.0
#include "core/io/hdf5_handle.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <utility>

namespace palimpsest::hdf5 {

static_assert(std::endian::native == std::endian::little,
    "arrays are copied to and from the little-endian file as they are");

namespace {

std::mutex& sessionMutex()
{
    static std::mutex mutex;
    return mutex;
}

/// Deflate cannot make more out of one byte (RFC 1951: 258 bytes out of two bits at best).
constexpr std::int64_t kMaximumExpansion = 1032;
constexpr std::int64_t kMaximumAttributeItems = 1'000'000;

constexpr DType kAllTypes[] { DType::UInt8, DType::Int16, DType::Int32, DType::Int64, DType::UInt32,
    DType::Float16, DType::Float32, DType::Float64 };

Result<Handle> openAttribute(hid_t object, const std::string& attribute, const std::string& where)
{
    if (H5Aexists(object, attribute.c_str()) <= 0)
        return badInput("expected the attribute \"" + attribute + "\", found none", where);
    return owned(H5Aopen(object, attribute.c_str(), H5P_DEFAULT), "cannot be opened",
        where + ", attribute " + attribute);
}

Result<std::size_t> itemCount(hid_t attribute, const std::string& where)
{
    PALIMPSEST_TRY(const Handle space, owned(H5Aget_space(attribute), "cannot be opened", where));
    const hssize_t count = H5Sget_simple_extent_npoints(space.get());
    if (count < 0 || count > kMaximumAttributeItems)
        return badInput("expected at most 1,000,000 values, got another size", where);
    return static_cast<std::size_t>(count);
}

} // namespace

Session::Session()
    : m_lock(sessionMutex())
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); // of this thread
}

/// What went wrong is kept for each thread; of a thread that has ended the library can no longer let go of it, and says so at exit.
Session::~Session()
{
    H5Eclear2(H5E_DEFAULT);
}

Handle::~Handle()
{
    if (m_id >= 0)
        H5Idec_ref(m_id);
}

Handle::Handle(Handle&& other) noexcept
    : m_id(std::exchange(other.m_id, -1))
{
}

Handle& Handle::operator=(Handle&& other) noexcept
{
    std::swap(m_id, other.m_id);
    return *this;
}

Error lastError(const std::string& action, const std::string& where)
{
    std::string reason;
    H5Ewalk2(
        H5E_DEFAULT, H5E_WALK_UPWARD,
        [](unsigned, const H5E_error2_t* entry, void* text) -> herr_t {
            if (auto& out = *static_cast<std::string*>(text); out.empty() && entry->desc != nullptr)
                out = entry->desc;
            return 0;
        },
        &reason);
    return badInput(action + (reason.empty() ? "" : ": " + reason), where);
}

Result<Handle> owned(hid_t id, const std::string& action, const std::string& where)
{
    if (id < 0)
        return lastError(action, where);
    return Handle(id);
}

Handle makeType(DType type)
{
    switch (type) {
    case DType::UInt8:
        return Handle(H5Tcopy(H5T_STD_U8LE));
    case DType::Int16:
        return Handle(H5Tcopy(H5T_STD_I16LE));
    case DType::Int32:
        return Handle(H5Tcopy(H5T_STD_I32LE));
    case DType::Int64:
        return Handle(H5Tcopy(H5T_STD_I64LE));
    case DType::UInt32:
        return Handle(H5Tcopy(H5T_STD_U32LE));
    case DType::Float16: {
        Handle half(H5Tcopy(H5T_IEEE_F32LE)); // IEEE 754 binary16: 1 sign, 5 exponent, 10 mantissa bits
        H5Tset_fields(half.get(), 15, 10, 5, 0, 10);
        H5Tset_size(half.get(), 2);
        H5Tset_ebias(half.get(), 15);
        return half;
    }
    case DType::Float32:
        return Handle(H5Tcopy(H5T_IEEE_F32LE));
    case DType::Float64:
        return Handle(H5Tcopy(H5T_IEEE_F64LE));
    }
    return {};
}

std::optional<DType> elementType(hid_t type)
{
    for (const DType candidate : kAllTypes)
        if (const Handle made = makeType(candidate); H5Tequal(type, made.get()) > 0)
            return candidate;
    return std::nullopt;
}

Result<Shape> shapeOf(hid_t dataspace, const std::string& where)
{
    const H5S_class_t kind = H5Sget_simple_extent_type(dataspace);
    const int rank = H5Sget_simple_extent_ndims(dataspace);
    if ((kind != H5S_SIMPLE && kind != H5S_SCALAR) || rank < 0)
        return badInput("expected an array, got an object without values", where);
    std::vector<hsize_t> sizes(static_cast<std::size_t>(rank));
    H5Sget_simple_extent_dims(dataspace, sizes.data(), nullptr);
    Shape shape;
    std::int64_t product = 1;
    for (const hsize_t size : sizes) {
        if (size > hsize_t { 1 } << 40U
            || __builtin_mul_overflow(product, static_cast<std::int64_t>(size), &product))
            return badInput("declares an impossible size", where);
        shape.push_back(static_cast<std::int64_t>(size));
    }
    return shape;
}

Result<Handle> openFile(const std::filesystem::path& path)
{
    const std::string where = path.string();
    if (std::error_code problem; !std::filesystem::is_regular_file(path, problem))
        return badInput(
            problem ? "cannot be opened: " + problem.message() : "expected a file, got a folder or a device",
            where);
    return owned(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT),
        "expected an HDF5 file, got one that cannot be opened as such", where);
}

bool exists(hid_t file, const std::string& name)
{
    for (std::size_t end = name.find('/', 1);; end = name.find('/', end + 1)) {
        const std::string prefix = name.substr(0, end);
        H5L_info_t link {};
        if (H5Lexists(file, prefix.c_str(), H5P_DEFAULT) <= 0
            || H5Lget_info(file, prefix.c_str(), &link, H5P_DEFAULT) < 0
            || (link.type != H5L_TYPE_HARD && link.type != H5L_TYPE_SOFT)
            || H5Oexists_by_name(file, prefix.c_str(), H5P_DEFAULT) <= 0)
            return false;
        if (end == std::string::npos)
            return true;
    }
}

Result<Handle> openDataset(hid_t file, const std::string& name, const std::string& where)
{
    if (!exists(file, name))
        return badInput("expected the dataset " + name + ", found none", where);
    return owned(
        H5Dopen2(file, name.c_str(), H5P_DEFAULT), "cannot be opened as a dataset", where + ": " + name);
}

namespace {

/// Refuses layouts whose values lie elsewhere, and sizes that the stored bytes cannot give.
Status checkStorage(hid_t dataset, std::int64_t byteCount, std::size_t elementBytes, const std::string& where)
{
    PALIMPSEST_TRY(const Handle properties, owned(H5Dget_create_plist(dataset), "cannot be read", where));
    const H5D_layout_t layout = H5Pget_layout(properties.get());
    if ((layout != H5D_COMPACT && layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED)
        || H5Pget_external_count(properties.get()) != 0)
        return badInput("keeps its values in another file; copy them into this one", where);
    std::int64_t declared = byteCount;
    if (layout == H5D_CHUNKED) {
        hsize_t sizes[H5S_MAX_RANK] {};
        const int rank = H5Pget_chunk(properties.get(), H5S_MAX_RANK, sizes);
        auto chunk = static_cast<std::int64_t>(elementBytes);
        for (int i = 0; i < rank; ++i)
            if (__builtin_mul_overflow(chunk, static_cast<std::int64_t>(sizes[i]), &chunk))
                return badInput("declares chunks of an impossible size", where);
        declared = byteCount == 0 ? 0 : std::max(declared, chunk);
    }
    const auto stored = static_cast<std::int64_t>(H5Dget_storage_size(dataset));
    const bool isFiltered = H5Pget_nfilters(properties.get()) > 0;
    if (stored < (isFiltered ? (declared + kMaximumExpansion - 1) / kMaximumExpansion : byteCount))
        return badInput("declares " + std::to_string(declared) + " bytes, but the file holds only "
                + std::to_string(stored) + " of them; it is damaged or was not written to its end",
            where);
    return success();
}

} // namespace

Result<Array> readDataset(hid_t file, const std::string& name, const std::string& where)
{
    const std::string place = where + ": " + name;
    PALIMPSEST_TRY(const Handle dataset, openDataset(file, name, where));
    PALIMPSEST_TRY(const Handle type, owned(H5Dget_type(dataset.get()), "cannot be read", place));
    const std::optional<DType> element = elementType(type.get());
    if (!element)
        return badInput("expected little-endian numbers (uint8, int16, int32, int64, uint32, float16, "
                        "float32 or float64), got "
                        "another type",
            place);
    return readDatasetAs(file, name, *element, where);
}

Result<Array> readDatasetAs(hid_t file, const std::string& name, DType element, const std::string& where)
{
    const std::string place = where + ": " + name;
    PALIMPSEST_TRY(const Handle dataset, openDataset(file, name, where));
    PALIMPSEST_TRY(const Handle type, owned(H5Dget_type(dataset.get()), "cannot be read", place));
    if (const H5T_class_t kind = H5Tget_class(type.get()); kind != H5T_INTEGER && kind != H5T_FLOAT)
        return badInput("expected numbers, got another type", place);
    PALIMPSEST_TRY(const Handle space, owned(H5Dget_space(dataset.get()), "cannot be read", place));
    PALIMPSEST_TRY(Shape shape, shapeOf(space.get(), place));
    const std::size_t stored = H5Tget_size(type.get()); // of one element in the file
    const auto widest = static_cast<std::int64_t>(std::max(stored, byteSize(element)));
    std::int64_t bytes = 0;
    if (stored == 0 || __builtin_mul_overflow(elementCount(shape), widest, &bytes))
        return badInput("declares an impossible size", place);
    PALIMPSEST_CHECK(
        checkStorage(dataset.get(), elementCount(shape) * static_cast<std::int64_t>(stored), stored, place));
    const Handle memory = makeType(element);
    Array array(element, std::move(shape));
    if (bytes > 0
        && H5Dread(dataset.get(), memory.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, array.bytes().data()) < 0)
        return lastError("cannot be read", place);
    return array;
}

Result<std::vector<std::string>> readTexts(
    hid_t object, const std::string& attribute, const std::string& where)
{
    const std::string place = where + ", attribute " + attribute;
    PALIMPSEST_TRY(const Handle handle, openAttribute(object, attribute, where));
    PALIMPSEST_TRY(const Handle type, owned(H5Aget_type(handle.get()), "cannot be read", place));
    PALIMPSEST_TRY(const std::size_t count, itemCount(handle.get(), place));
    if (H5Tget_class(type.get()) != H5T_STRING)
        return badInput("expected text, got another type", place);
    std::vector<std::string> texts;
    if (H5Tis_variable_str(type.get()) > 0) {
        PALIMPSEST_TRY(const Handle space, owned(H5Aget_space(handle.get()), "cannot be read", place));
        std::vector<char*> pointers(count, nullptr);
        const bool ok = count == 0 || H5Aread(handle.get(), type.get(), pointers.data()) >= 0;
        const Error problem = ok ? Error {} : lastError("cannot be read", place);
        for (const char* text : pointers)
            texts.emplace_back(text == nullptr ? "" : text);
        H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, pointers.data());
        if (!ok)
            return problem;
        return texts;
    }
    const std::size_t width = H5Tget_size(type.get());
    if (width == 0 || width > (std::size_t { 64 } << 20U) / std::max(count, std::size_t { 1 }))
        return badInput("declares more than 64 MiB of text", place);
    std::vector<char> buffer(width * count);
    if (count > 0 && H5Aread(handle.get(), type.get(), buffer.data()) < 0)
        return lastError("cannot be read", place);
    for (std::size_t i = 0; i < count; ++i) {
        const auto begin = buffer.begin() + static_cast<std::ptrdiff_t>(i * width);
        texts.emplace_back(begin, std::find(begin, begin + static_cast<std::ptrdiff_t>(width), '\0'));
    }
    return texts;
}

Result<std::vector<double>> readNumbers(hid_t object, const std::string& attribute, const std::string& where)
{
    const std::string place = where + ", attribute " + attribute;
    PALIMPSEST_TRY(const Handle handle, openAttribute(object, attribute, where));
    PALIMPSEST_TRY(const Handle type, owned(H5Aget_type(handle.get()), "cannot be read", place));
    PALIMPSEST_TRY(const std::size_t count, itemCount(handle.get(), place));
    if (const H5T_class_t kind = H5Tget_class(type.get()); kind != H5T_INTEGER && kind != H5T_FLOAT)
        return badInput("expected numbers, got another type", place);
    std::vector<double> numbers(count);
    if (count > 0 && H5Aread(handle.get(), H5T_NATIVE_DOUBLE, numbers.data()) < 0)
        return lastError("cannot be read", place);
    return numbers;
}

} // namespace palimpsest::hdf5
