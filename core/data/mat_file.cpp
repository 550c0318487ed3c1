// SPDX-License-Identifier: Apache-2.0
#include "core/data/mat_file.h"

#include "core/base/file.h"
#include "core/base/units.h"
#include "core/data/byte_stream.h"
#include "core/data/mat_structure.h"
#include "core/data/text.h"

#include <matio.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMaxDeflateRatio = 1032; // zlib's technical notes
constexpr int kMaxRank = 8;

struct CloseMat {
    void operator()(mat_t* file) const { Mat_Close(file); }
};
struct FreeVariable {
    void operator()(matvar_t* variable) const { Mat_VarFree(variable); }
};
using Variable = std::unique_ptr<matvar_t, FreeVariable>;

/// The first warning or error of matio since it was cleared. matio reports to one function for the whole
/// process, so a mutex lets one file be read at a time.
std::string& firstComplaint()
{
    static std::string text;
    return text;
}

void keepComplaint(int level, char* message)
{
    const bool isComplaint
        = (static_cast<unsigned>(level)
              & (MATIO_LOG_LEVEL_ERROR | MATIO_LOG_LEVEL_CRITICAL | MATIO_LOG_LEVEL_WARNING))
        != 0;
    if (isComplaint && firstComplaint().empty())
        firstComplaint() = message;
}

Error damaged(const fs::path& path)
{
    const std::string_view complaint = trim(firstComplaint());
    return badInput("is damaged" + (complaint.empty() ? std::string() : " (" + std::string(complaint) + ")")
            + ": get the file again",
        path.string());
}

/// What values of a MATLAB class become, if they are numbers that are read.
std::optional<DType> typeOf(const matvar_t& variable)
{
    switch (variable.class_type) {
    case MAT_C_UINT8:
        return DType::UInt8;
    case MAT_C_INT8:
    case MAT_C_INT16:
        return DType::Int16;
    case MAT_C_UINT16:
    case MAT_C_INT32:
        return DType::Int32;
    case MAT_C_SINGLE:
        return DType::Float32;
    case MAT_C_DOUBLE:
        return DType::Float64;
    default:
        return std::nullopt;
    }
}

template <class From, class To> void widen(const void* from, std::span<To> to)
{
    for (std::size_t i = 0; i < to.size(); ++i) {
        From value {};
        std::memcpy(&value, static_cast<const std::byte*>(from) + i * sizeof(From), sizeof(From));
        to[i] = value;
    }
}

/// Bytes of a stored value.
std::size_t widthOf(matio_classes type)
{
    return type == MAT_C_UINT8 || type == MAT_C_INT8  ? 1
        : type == MAT_C_INT16 || type == MAT_C_UINT16 ? 2
        : type == MAT_C_DOUBLE                        ? 8
                                                      : 4;
}

/// Sizes that a file of this length can hold, or nothing.
std::optional<Shape> shapeOf(const matvar_t& variable, std::uint64_t maxBytes)
{
    if (variable.rank < 1 || variable.rank > kMaxRank || variable.dims == nullptr)
        return std::nullopt;
    Shape shape;
    std::uint64_t left = maxBytes / widthOf(variable.class_type);
    for (int axis = 0; axis < variable.rank; ++axis) {
        const std::uint64_t size = variable.dims[axis];
        if (size == 0 || size > left)
            return std::nullopt;
        left /= size;
        shape.push_back(static_cast<std::int64_t>(size));
    }
    return shape;
}

Result<Array> readVariable(mat_t* file, matvar_t& variable, std::uint64_t maxBytes, const fs::path& path)
{
    const std::string where = path.string() + ", variable " + variable.name;
    const std::optional<DType> type = typeOf(variable);
    if (!type || variable.isComplex != 0)
        return badInput("is no array of real numbers of 8, 16 or 32 bits, single or double", where);
    const std::optional<Shape> shape = shapeOf(variable, maxBytes);
    if (!shape)
        return badInput("declares no values, or more than the file can hold or than is read into memory ("
                + formatBytes(static_cast<double>(maxBytes)) + "): the file is damaged",
            where);
    const auto count = static_cast<std::size_t>(elementCount(*shape));
    const std::size_t width = widthOf(variable.class_type);
    if (Mat_VarReadDataAll(file, &variable) != 0 || variable.data == nullptr || !firstComplaint().empty()
        || variable.nbytes != count * width || static_cast<std::size_t>(variable.data_size) != width)
        return damaged(path);
    Array array(*type, *shape);
    if (variable.class_type == MAT_C_INT8)
        widen<std::int8_t>(variable.data, array.as<std::int16_t>());
    else if (variable.class_type == MAT_C_UINT16)
        widen<std::uint16_t>(variable.data, array.as<std::int32_t>());
    else
        std::memcpy(array.bytes().data(), variable.data, count * width);
    return array;
}

} // namespace

Result<std::map<std::string, Array>> readMatFile(const fs::path& path, const std::vector<std::string>& names)
{
    std::uint64_t maxBytes = 0;
    {
        PALIMPSEST_TRY(const MappedFile mapped, MappedFile::open(path));
        PALIMPSEST_CHECK(checkMatStructure(mapped.bytes(), path));
        maxBytes = std::min<std::uint64_t>(kMaxDecodedBytes, mapped.bytes().size() * kMaxDeflateRatio);
    }
    static std::mutex mutex;
    const std::scoped_lock lock(mutex);
    firstComplaint().clear();
    Mat_LogInitFunc("palimpsest", keepComplaint);
    const std::unique_ptr<mat_t, CloseMat> file(Mat_Open(path.c_str(), MAT_ACC_RDONLY));
    if (!file)
        return damaged(path);
    std::map<std::string, Array> arrays;
    while (const Variable variable { Mat_VarReadNextInfo(file.get()) }) {
        if (!firstComplaint().empty() || variable->name == nullptr)
            return damaged(path);
        const std::string name = toLower(variable->name);
        if (std::find(names.begin(), names.end(), name) == names.end())
            continue;
        PALIMPSEST_TRY(Array array, readVariable(file.get(), *variable, maxBytes, path));
        if (!arrays.emplace(name, std::move(array)).second)
            return badInput("holds two variables called " + name, path.string());
    }
    if (!firstComplaint().empty())
        return damaged(path);
    return arrays;
}

} // namespace palimpsest
