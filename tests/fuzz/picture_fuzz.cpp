// SPDX-License-Identifier: Apache-2.0
#include "core/data/picture.h"
#include "tests/fuzz/input_file.h"

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (const auto picture = decodePicture(std::as_bytes(std::span(data, size)), "input")) {
        test::require(picture->values.size() == picture->height * picture->width * picture->channels,
            "a picture has as many values as its sizes say");
        test::require(picture->channels == 1 || picture->channels == 3, "a picture is grey or coloured");
    }
    return 0;
}
