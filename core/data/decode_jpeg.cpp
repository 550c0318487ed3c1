// SPDX-License-Identifier: Apache-2.0
#include "core/data/picture_decoders.h"

// The order matters: jpeglib.h needs the types of stdio.h.
#include <cstdio>

#include <jpeglib.h>

#include <jerror.h>

#include <array>
#include <csetjmp>

namespace palimpsest {

namespace {

/// A progressive file may hold any number of scans over all its pixels; pictures have at most a few dozen.
constexpr int kMaxScans = 100;

/// libjpeg's error manager and where it jumps to; `base` comes first, as libjpeg hands back a pointer to it.
struct JpegErrors {
    jpeg_error_mgr base;
    std::jmp_buf jump;
    std::array<char, JMSG_LENGTH_MAX> message;
};

[[noreturn]] void failJpeg(j_common_ptr info)
{
    auto* errors = reinterpret_cast<JpegErrors*>(info->err);
    if (errors->message[0] == '\0')
        info->err->format_message(info, errors->message.data());
    std::longjmp(errors->jump, 1); // NOLINT(cert-err52-cpp): libjpeg's way
}

/// Warnings about content that is not there are errors: libjpeg would fill the rest with grey.
void countWarning(j_common_ptr info, int level)
{
    if (level >= 0)
        return;
    switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
        failJpeg(info);
    default:
        break;
    }
}

void limitScans(j_common_ptr info)
{
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= kMaxScans)
        return;
    auto* errors = reinterpret_cast<JpegErrors*>(info->err);
    std::snprintf(errors->message.data(), errors->message.size(), "more than %d scans", kMaxScans);
    failJpeg(info);
}

/// Functions between setjmp and libjpeg keep no objects with destructors.
class JpegReader {
public:
    explicit JpegReader(std::span<const std::byte> file)
    {
        m_info.err = jpeg_std_error(&m_errors.base);
        m_errors.base.error_exit = failJpeg;
        m_errors.base.emit_message = countWarning;
        m_errors.message[0] = '\0';
        m_progress.progress_monitor = limitScans;
        if (setjmp(m_errors.jump) != 0) // NOLINT(cert-err52-cpp)
            throw std::bad_alloc();
        jpeg_create_decompress(&m_info);
        m_info.progress = &m_progress;
        m_info.mem->max_memory_to_use = 1L << 30L;
        jpeg_mem_src(&m_info, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    }
    ~JpegReader() { jpeg_destroy_decompress(&m_info); }
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;

    bool readHeader()
    {
        if (setjmp(m_errors.jump) != 0) // NOLINT(cert-err52-cpp)
            return false;
        jpeg_read_header(&m_info, TRUE);
        return true;
    }

    /// @param values  [height, width, channels]
    bool readPixels(std::uint8_t* values)
    {
        if (setjmp(m_errors.jump) != 0) // NOLINT(cert-err52-cpp)
            return false;
        m_info.out_color_space = channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
        m_info.dct_method = JDCT_ISLOW;
        jpeg_start_decompress(&m_info);
        while (m_info.output_scanline < m_info.output_height) {
            JSAMPROW row = values + static_cast<std::size_t>(m_info.output_scanline) * width() * channels();
            jpeg_read_scanlines(&m_info, &row, 1);
        }
        jpeg_finish_decompress(&m_info);
        return true;
    }

    [[nodiscard]] std::size_t height() const { return m_info.image_height; }
    [[nodiscard]] std::size_t width() const { return m_info.image_width; }
    [[nodiscard]] int components() const { return m_info.num_components; }
    [[nodiscard]] std::size_t channels() const { return m_info.num_components == 1 ? 1 : 3; }
    [[nodiscard]] std::string message() const { return m_errors.message.data(); }

private:
    jpeg_decompress_struct m_info {};
    JpegErrors m_errors {};
    jpeg_progress_mgr m_progress {};
};

} // namespace

Result<Picture> decodeJpeg(std::span<const std::byte> file, const std::string& where)
{
    JpegReader reader(file);
    const auto damaged = [&] {
        return badInput("the JPEG is damaged (" + reader.message() + "): get the file again", where);
    };
    if (!reader.readHeader())
        return damaged();
    PALIMPSEST_CHECK(checkPictureSize(reader.width(), reader.height(), where));
    if (reader.components() != 1 && reader.components() != 3)
        return badInput("is a JPEG of " + std::to_string(reader.components())
                + " colours (CMYK); convert it to RGB first",
            where);
    Picture picture { reader.height(), reader.width(), reader.channels(), {} };
    picture.values.resize(picture.height * picture.width * picture.channels);
    if (!reader.readPixels(picture.values.data()))
        return damaged();
    return picture;
}

} // namespace palimpsest
