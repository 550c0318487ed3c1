// SPDX-License-Identifier: Apache-2.0
#include "core/data/picture_decoders.h"

#include <png.h>

#include <csetjmp>
#include <cstring>

namespace palimpsest {

namespace {

/// What libpng's callbacks work on. libpng leaves by longjmp, so functions between setjmp and it keep no
/// objects with destructors.
struct PngInput {
    std::span<const std::byte> rest;
    std::string message; // of the error that ended it
};

void readPng(png_structp png, png_bytep into, png_size_t count)
{
    auto* input = static_cast<PngInput*>(png_get_io_ptr(png));
    if (count > input->rest.size())
        png_error(png, "the file ends too early");
    std::memcpy(into, input->rest.data(), count);
    input->rest = input->rest.subspan(count);
}

[[noreturn]] void failPng(png_structp png, png_const_charp message)
{
    auto* input = static_cast<PngInput*>(png_get_error_ptr(png));
    input->message = message;
    png_longjmp(png, 1);
}

void ignoreWarning(png_structp /*png*/, png_const_charp /*message*/) { }

class PngReader {
public:
    explicit PngReader(PngInput& input)
        : m_png(png_create_read_struct(PNG_LIBPNG_VER_STRING, &input, failPng, ignoreWarning))
        , m_info(m_png == nullptr ? nullptr : png_create_info_struct(m_png))
    {
        if (m_info == nullptr) {
            png_destroy_read_struct(&m_png, nullptr, nullptr);
            throw std::bad_alloc();
        }
        png_set_read_fn(m_png, &input, readPng);
        png_set_user_limits(m_png, kMaxPictureSide, kMaxPictureSide);
        png_set_chunk_cache_max(m_png, 128); // of texts and the like
        png_set_chunk_malloc_max(m_png, 8'000'000);
    }
    ~PngReader() { png_destroy_read_struct(&m_png, &m_info, nullptr); }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;

    /// Reads up to the pixels and sets what they are converted to. False: libpng failed.
    bool readHeader()
    {
        if (setjmp(png_jmpbuf(m_png)) != 0) // NOLINT(cert-err52-cpp): libpng's way
            return false;
        png_read_info(m_png, m_info);
        png_set_expand(m_png); // palettes, 1, 2 and 4 bits, transparent colours
        png_set_scale_16(m_png);
        png_set_strip_alpha(m_png);
        (void)png_set_interlace_handling(m_png);
        png_read_update_info(m_png, m_info);
        return true;
    }

    /// @param rows  [height] pointers to rows of rowBytes()
    bool readPixels(png_bytepp rows)
    {
        if (setjmp(png_jmpbuf(m_png)) != 0) // NOLINT(cert-err52-cpp)
            return false;
        png_read_image(m_png, rows);
        png_read_end(m_png, nullptr); // the checksum of the last chunk
        return true;
    }

    [[nodiscard]] std::size_t height() const { return png_get_image_height(m_png, m_info); }
    [[nodiscard]] std::size_t width() const { return png_get_image_width(m_png, m_info); }
    [[nodiscard]] std::size_t channels() const { return png_get_channels(m_png, m_info); }
    [[nodiscard]] std::size_t rowBytes() const { return png_get_rowbytes(m_png, m_info); }

private:
    png_structp m_png;
    png_infop m_info;
};

} // namespace

Result<Picture> decodePng(std::span<const std::byte> file, const std::string& where)
{
    PngInput input { file, {} };
    PngReader reader(input);
    const auto damaged
        = [&] { return badInput("the PNG is damaged (" + input.message + "): get the file again", where); };
    if (!reader.readHeader())
        return damaged();
    PALIMPSEST_CHECK(checkPictureSize(reader.width(), reader.height(), where));
    Picture picture { reader.height(), reader.width(), reader.channels(), {} };
    if ((picture.channels != 1 && picture.channels != 3)
        || reader.rowBytes() != picture.width * picture.channels)
        throw std::logic_error("decodePng: " + std::to_string(picture.channels) + " channels");
    picture.values.resize(picture.height * picture.width * picture.channels);
    std::vector<png_bytep> rows(picture.height);
    for (std::size_t y = 0; y < picture.height; ++y)
        rows[y] = picture.values.data() + y * picture.width * picture.channels;
    if (!reader.readPixels(rows.data()))
        return damaged();
    return picture;
}

} // namespace palimpsest
