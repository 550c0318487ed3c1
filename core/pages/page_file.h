// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pages/page_codec.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace palimpsest {

/// Stored pages as one run of bytes, as files hold them: the scales of all pages (float16, little-endian), then the packed bits
/// of all pages, and nothing else. The scales come first so that a mapped file has them at an even address.
[[nodiscard]] std::string pageFileContent(const StoredPages& pages);

/// Bytes of that run: what memory plans count for pages and scales.
[[nodiscard]] std::int64_t pageFileBytes(Storage storage, std::int64_t pageSize, std::int64_t pageCount);

/// The inverse of pageFileContent(). @throws std::invalid_argument where `content` has another size
[[nodiscard]] StoredPages pagesOfFile(
    std::string_view content, Storage storage, std::int64_t pageSize, std::int64_t pageCount);

/// The same in place. @param content  pageFileBytes() bytes at an even address, which outlive the view
[[nodiscard]] PageStore pageFileView(
    const std::byte* content, Storage storage, std::int64_t pageSize, std::int64_t pageCount);

} // namespace palimpsest
