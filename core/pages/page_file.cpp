// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_file.h"

#include <bit>
#include <cstring>
#include <stdexcept>

namespace palimpsest {

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

std::string pageFileContent(const StoredPages& pages)
{
    std::string content(
        reinterpret_cast<const char*>(pages.scales.data()), pages.scales.size() * sizeof(std::uint16_t));
    content.append(reinterpret_cast<const char*>(pages.bytes.data()), pages.bytes.size());
    return content;
}

std::int64_t pageFileBytes(Storage storage, std::int64_t pageSize, std::int64_t pageCount)
{
    return pageCount * (scaleBytes(storage, pageSize) + packedBytes(storage, pageSize));
}

StoredPages pagesOfFile(
    std::string_view content, Storage storage, std::int64_t pageSize, std::int64_t pageCount)
{
    if (static_cast<std::int64_t>(content.size()) != pageFileBytes(storage, pageSize, pageCount))
        throw std::invalid_argument("pagesOfFile: " + std::to_string(content.size()) + " bytes for "
            + std::to_string(pageCount) + " pages");
    StoredPages pages { storage, pageSize, pageCount, {}, {} };
    pages.scales.resize(static_cast<std::size_t>(pageCount * scaleCount(storage, pageSize)));
    const std::size_t first = pages.scales.size() * sizeof(std::uint16_t);
    if (first > 0)
        std::memcpy(pages.scales.data(), content.data(), first);
    pages.bytes.assign(content.begin() + static_cast<std::ptrdiff_t>(first), content.end());
    return pages;
}

PageStore pageFileView(
    const std::byte* content, Storage storage, std::int64_t pageSize, std::int64_t pageCount)
{
    return { content + pageCount * scaleBytes(storage, pageSize),
        reinterpret_cast<const std::uint16_t*>(content), storage };
}

} // namespace palimpsest
