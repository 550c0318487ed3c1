// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <protozero/exception.hpp>

// protozero asserts that a field has the wire type that it is read as. In a file from outside this is bad input, not a bug, so it
// throws, as protozero does for all else that is malformed. Include protozero through this header alone.
#ifdef protozero_assert
#error "include core/formats/protobuf.h before any header of protozero"
#endif

namespace palimpsest {

struct WireTypeError final : protozero::exception {
    [[nodiscard]] const char* what() const noexcept override
    {
        return "a field has another type than it should";
    }
};

} // namespace palimpsest

#define protozero_assert(condition)                                                                          \
    (static_cast<bool>(condition) ? void() : throw ::palimpsest::WireTypeError())

#include <protozero/pbf_reader.hpp> // IWYU pragma: export
