// SPDX-License-Identifier: Apache-2.0
// The first byte says what the rest is: 0 a whole index, else the content of its one data block, which gets an index block, a footer
// and right CRCs, so that the parser of blocks and messages is reached.
#include "core/formats/crc32c.h"
#include "core/formats/tensorflow_bundle.h"
#include "tests/fuzz/input_file.h"

#include <cstring>
#include <span>
#include <string>
#include <utility>

using namespace palimpsest;

namespace {

void appendFixed32(std::string& bytes, std::uint32_t value)
{
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

std::string varint(std::size_t value)
{
    std::string bytes;
    for (; value >= 0x80; value >>= 7U)
        bytes += static_cast<char>(value | 0x80U);
    return bytes + static_cast<char>(value);
}

/// Appends a block with its trailer. @return its handle
std::string appendBlock(std::string& table, std::string block)
{
    std::string handle = varint(table.size()) + varint(block.size());
    block += '\0'; // not compressed
    const std::uint32_t crc = maskedCrc32c(std::as_bytes(std::span(block)));
    table += block;
    appendFixed32(table, crc);
    return handle;
}

std::string tableOf(const std::string& content)
{
    std::string table;
    const std::string data = appendBlock(table, content);
    std::string index = std::string("\0\1", 2) + varint(data.size()) + "z" + data;
    appendFixed32(index, 0);
    appendFixed32(index, 1); // one restart point, at 0
    const std::string handle = appendBlock(table, index);
    std::string footer = handle + handle; // the meta index is not read
    footer.resize(40, '\0');
    footer += "\x57\xFB\x80\x8B\x24\x75\x47\xDB";
    return table + footer;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] != 0)
        bytes = tableOf(bytes);
    const auto index = tensorflow::parseBundleIndex(std::as_bytes(std::span(std::as_const(bytes))), "input");
    if (index)
        for (const tensorflow::BundleEntry& entry : index->entries)
            test::require(index->find(entry.name) == &entry, "every tensor is found by its name");
    return 0;
}
