// SPDX-License-Identifier: Apache-2.0
#include "fixtures.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace palimpsest::test {

TempFolder::TempFolder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "palimpsest-data-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary folder");
    m_path = pattern;
}

TempFolder::~TempFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::filesystem::path TempFolder::write(const std::string& name, const std::string& content) const
{
    const std::filesystem::path path = m_path / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

std::string gzip(const std::string& content)
{
    z_stream stream {};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY)
        != Z_OK)
        throw std::runtime_error("deflateInit2");
    std::string packed(deflateBound(&stream, content.size()) + 32, '\0');
    std::string input = content;
    stream.next_in = reinterpret_cast<unsigned char*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<unsigned char*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int status = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END)
        throw std::runtime_error("deflate");
    return packed;
}

std::string zip(const std::vector<std::pair<std::string, std::string>>& members, bool isDeflated)
{
    std::size_t most = 4096;
    for (const auto& [name, content] : members)
        most += content.size() + 2 * name.size() + 1024;
    std::string packed(most, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_write_set_format_zip(writer);
    archive_write_set_options(writer, isDeflated ? "compression=deflate" : "compression=store");
    archive_write_set_bytes_per_block(writer, 0);
    archive_write_open_memory(writer, packed.data(), packed.size(), &used);
    for (const auto& [name, content] : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, content.data(), content.size());
        archive_entry_free(entry);
    }
    const bool isWhole = archive_write_close(writer) == ARCHIVE_OK;
    archive_write_free(writer);
    if (!isWhole)
        throw std::runtime_error("archive_write_close");
    packed.resize(used);
    return packed;
}

std::string headerOf(const std::string& descr, const std::string& shape, bool isFortran)
{
    return "{'descr': '" + descr + "', 'fortran_order': " + (isFortran ? "True" : "False")
        + ", 'shape': " + shape + ", }          \n";
}

std::string npyFile(const std::string& header, const std::string& values)
{
    std::string text = "\x93NUMPY";
    text += std::string("\x01\x00", 2);
    text += static_cast<char>(header.size() & 0xFFU);
    text += static_cast<char>(header.size() >> 8U);
    return text + header + values;
}

namespace {

void appendBigEndian(std::string& text, std::uint64_t value, std::size_t width)
{
    for (std::size_t i = width; i-- > 0;)
        text += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

} // namespace

std::string idxFile(unsigned typeCode, const std::vector<std::uint32_t>& sizes,
    const std::vector<std::uint64_t>& values, std::size_t width)
{
    std::string text { '\0', '\0', static_cast<char>(typeCode), static_cast<char>(sizes.size()) };
    for (const std::uint32_t size : sizes)
        appendBigEndian(text, size, 4);
    for (const std::uint64_t value : values)
        appendBigEndian(text, value, width);
    return text;
}

} // namespace palimpsest::test
