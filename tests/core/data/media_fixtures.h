// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/picture.h"

#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest::test {

/// A PNG of 8 bits; `channels` 1 grey, 2 grey with alpha, 3 colour, 4 colour with alpha.
[[nodiscard]] std::string pngFile(
    std::size_t height, std::size_t width, std::size_t channels, const std::vector<std::uint8_t>& values);
/// A PNG of 16 bits a value (grey).
[[nodiscard]] std::string png16File(
    std::size_t height, std::size_t width, const std::vector<std::uint16_t>& values);
/// A JPEG of the best quality; `channels` 1, 3 or 4 (CMYK).
[[nodiscard]] std::string jpegFile(std::size_t height, std::size_t width, std::size_t channels,
    const std::vector<std::uint8_t>& values, bool isProgressive = false);
[[nodiscard]] std::string pngFile(const Picture& picture);

enum class SoundKind { Wav16, WavFloat, Flac, Ogg };
/// Writes a sound; `samples` are [frames, channels] in -1..1.
void writeSound(const std::filesystem::path& path, SoundKind kind, int sampleRate, int channels,
    const std::vector<float>& samples);
/// A sine of this frequency in Hz, amplitude 0.5.
[[nodiscard]] std::vector<float> sine(double frequency, double sampleRate, std::size_t frames);

} // namespace palimpsest::test
