// SPDX-License-Identifier: Apache-2.0
#include "media_fixtures.h"

#include <cstdio>

#include <jpeglib.h>
#include <png.h>
#include <sndfile.h>

#include <cmath>
#include <cstdlib>
#include <numbers>
#include <stdexcept>

namespace palimpsest::test {

namespace {

std::string png(
    std::size_t height, std::size_t width, int colour, int bits, const std::vector<std::uint8_t>& bytes)
{
    std::string file;
    png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(writer);
    png_set_write_fn(
        writer, &file,
        [](png_structp png, png_bytep data, png_size_t count) {
            static_cast<std::string*>(png_get_io_ptr(png))
                ->append(reinterpret_cast<const char*>(data), count);
        },
        nullptr);
    png_set_IHDR(writer, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), bits,
        colour, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(writer, info);
    const std::size_t rowBytes = bytes.size() / height;
    for (std::size_t y = 0; y < height; ++y)
        png_write_row(writer, bytes.data() + y * rowBytes);
    png_write_end(writer, nullptr);
    png_destroy_write_struct(&writer, &info);
    return file;
}

} // namespace

std::string pngFile(
    std::size_t height, std::size_t width, std::size_t channels, const std::vector<std::uint8_t>& values)
{
    constexpr int kColours[] { PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
        PNG_COLOR_TYPE_RGB_ALPHA };
    return png(height, width, kColours[channels - 1], 8, values);
}

std::string pngFile(const Picture& picture)
{
    return pngFile(picture.height, picture.width, picture.channels, picture.values);
}

std::string png16File(std::size_t height, std::size_t width, const std::vector<std::uint16_t>& values)
{
    std::vector<std::uint8_t> bytes;
    for (const std::uint16_t value : values) {
        bytes.push_back(static_cast<std::uint8_t>(value >> 8U));
        bytes.push_back(static_cast<std::uint8_t>(value & 0xFFU));
    }
    return png(height, width, PNG_COLOR_TYPE_GRAY, 16, bytes);
}

std::string jpegFile(std::size_t height, std::size_t width, std::size_t channels,
    const std::vector<std::uint8_t>& values, bool isProgressive)
{
    jpeg_compress_struct info {};
    jpeg_error_mgr errors {};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long bytes = 0;
    jpeg_mem_dest(&info, &buffer, &bytes);
    info.image_width = static_cast<JDIMENSION>(width);
    info.image_height = static_cast<JDIMENSION>(height);
    info.input_components = static_cast<int>(channels);
    info.in_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 100, TRUE);
    for (int i = 0; i < info.num_components; ++i)
        info.comp_info[i].h_samp_factor = info.comp_info[i].v_samp_factor = 1;
    if (isProgressive)
        jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    std::vector<std::uint8_t> row(width * channels);
    while (info.next_scanline < info.image_height) {
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(info.next_scanline * row.size()), row.size(),
            row.begin());
        JSAMPROW rows = row.data();
        jpeg_write_scanlines(&info, &rows, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::string file(reinterpret_cast<const char*>(buffer), bytes);
    std::free(buffer);
    return file;
}

void writeSound(const std::filesystem::path& path, SoundKind kind, int sampleRate, int channels,
    const std::vector<float>& samples)
{
    std::filesystem::create_directories(path.parent_path());
    constexpr int kFormats[] { SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_WAV | SF_FORMAT_FLOAT,
        SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_OGG | SF_FORMAT_VORBIS };
    SF_INFO info {};
    info.samplerate = sampleRate;
    info.channels = channels;
    info.format = kFormats[static_cast<int>(kind)];
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    if (file == nullptr)
        throw std::runtime_error(sf_strerror(nullptr));
    sf_writef_float(file, samples.data(), static_cast<sf_count_t>(samples.size()) / channels);
    sf_close(file);
}

std::vector<float> sine(double frequency, double sampleRate, std::size_t frames)
{
    std::vector<float> samples;
    for (std::size_t i = 0; i < frames; ++i)
        samples.push_back(static_cast<float>(
            0.5 * std::sin(2.0 * std::numbers::pi * frequency * static_cast<double>(i) / sampleRate)));
    return samples;
}

} // namespace palimpsest::test
