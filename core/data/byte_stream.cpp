// SPDX-License-Identifier: Apache-2.0
#include "core/data/byte_stream.h"

#include "core/base/units.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBufferBytes = std::size_t { 1 } << 18U;
constexpr int kGzipWindow = 16 + MAX_WBITS; // zlib: expect a gzip header, check its CRC
constexpr std::uint64_t kMaxDeflateRatio = 1032; // zlib's technical notes

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

} // namespace

struct ByteStream::State {
    fs::path path;
    std::unique_ptr<std::FILE, CloseFile> file;
    std::uint64_t fileBytes = 0;
    std::vector<unsigned char> buffer;
    std::size_t begin = 0; // of the unread part of the buffer
    std::size_t end = 0;
    z_stream inflater {};
    bool compressed = false;
    bool inMember = false;

    ~State()
    {
        if (compressed)
            inflateEnd(&inflater);
    }

    [[nodiscard]] std::size_t available() const { return end - begin; }

    /// Makes at least `wanted` bytes available, as far as the file holds them.
    Status fill(std::size_t wanted)
    {
        if (available() >= wanted)
            return success();
        std::memmove(buffer.data(), buffer.data() + begin, available());
        end = available();
        begin = 0;
        while (end < wanted) {
            const std::size_t got = std::fread(buffer.data() + end, 1, buffer.size() - end, file.get());
            end += got;
            if (got == 0) {
                if (std::ferror(file.get()) != 0)
                    return badInput("could not be read: " + std::string(std::strerror(errno)), path.string());
                break;
            }
        }
        return success();
    }

    Result<bool> isAtGzipHeader()
    {
        PALIMPSEST_CHECK(fill(2));
        return available() >= 2 && buffer[begin] == 0x1F && buffer[begin + 1] == 0x8B;
    }

    Result<std::size_t> readPlain(std::span<std::byte> into)
    {
        std::size_t done = 0;
        while (done < into.size()) {
            PALIMPSEST_CHECK(fill(1));
            if (available() == 0)
                break;
            const std::size_t count = std::min(available(), into.size() - done);
            std::memcpy(into.data() + done, buffer.data() + begin, count);
            begin += count;
            done += count;
        }
        return done;
    }

    Result<std::size_t> inflateInto(std::span<std::byte> into)
    {
        std::size_t done = 0;
        while (done < into.size()) {
            PALIMPSEST_CHECK(fill(1));
            if (!inMember) {
                if (available() == 0)
                    break;
                PALIMPSEST_TRY(const bool isMember, isAtGzipHeader());
                if (!isMember)
                    return badInput(
                        "the gzip data are followed by other bytes; the file is damaged", path.string());
                if (inflateReset(&inflater) != Z_OK)
                    throw std::runtime_error("zlib: inflateReset failed");
                inMember = true;
            }
            if (available() == 0)
                return badInput(
                    "the gzip data end too early; the file is cut short: get it again", path.string());
            const auto room = static_cast<uInt>(std::min(into.size() - done, std::size_t { 1 } << 30U));
            inflater.next_in = buffer.data() + begin;
            inflater.avail_in = static_cast<uInt>(available());
            inflater.next_out = reinterpret_cast<unsigned char*>(into.data() + done);
            inflater.avail_out = room;
            const int status = inflate(&inflater, Z_NO_FLUSH);
            begin = end - inflater.avail_in;
            done += room - inflater.avail_out;
            if (status == Z_STREAM_END)
                inMember = false;
            else if (status == Z_MEM_ERROR)
                throw std::bad_alloc();
            else if (status != Z_OK)
                return badInput("the gzip data are damaged ("
                        + std::string(inflater.msg == nullptr ? "unexpected content" : inflater.msg)
                        + "): get the file again",
                    path.string());
        }
        return done;
    }

    /// A member whose content has been read to its last byte may still have its CRC unread.
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into)
    {
        return compressed ? inflateInto(into) : readPlain(into);
    }
};

Result<ByteStream> ByteStream::open(const fs::path& path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
        return badInput("there is no such file", path.string());
    if (!fs::is_regular_file(status))
        return badInput(
            "expected a file, found " + std::string(fs::is_directory(status) ? "a folder" : "none"),
            path.string());
    auto state = std::make_unique<State>();
    state->path = path;
    state->fileBytes = fs::file_size(path, error);
    state->file.reset(std::fopen(path.c_str(), "rbe"));
    if (error || !state->file)
        return badInput(
            "could not be opened: " + (error ? error.message() : std::string(std::strerror(errno))),
            path.string());
    std::setvbuf(state->file.get(), nullptr, _IONBF, 0);
    state->buffer.resize(kBufferBytes);
    PALIMPSEST_TRY(const bool isGzip, state->isAtGzipHeader());
    if (isGzip) {
        if (inflateInit2(&state->inflater, kGzipWindow) != Z_OK)
            throw std::bad_alloc();
        state->compressed = true;
        state->inMember = true;
    }
    return ByteStream(std::move(state));
}

ByteStream::ByteStream(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

Result<std::size_t> ByteStream::read(std::span<std::byte> into)
{
    return m_state->read(into);
}

bool ByteStream::isCompressed() const
{
    return m_state->compressed;
}

std::uint64_t ByteStream::maxContentBytes() const
{
    return isCompressed() ? m_state->fileBytes * kMaxDeflateRatio : m_state->fileBytes;
}

Result<std::string> readText(const fs::path& path, std::uint64_t maxBytes)
{
    constexpr std::size_t kFirstBytes = std::size_t { 1 } << 20U;
    PALIMPSEST_TRY(ByteStream stream, ByteStream::open(path));
    const std::uint64_t most = std::min(stream.maxContentBytes(), maxBytes) + 1; // one more: to see the end
    std::string text;
    std::size_t done = 0;
    do {
        const std::uint64_t next = stream.isCompressed() ? std::max(kFirstBytes, 2 * done) : most;
        text.resize(static_cast<std::size_t>(std::min(next, most)));
        PALIMPSEST_TRY(
            const std::size_t got, stream.read(std::as_writable_bytes(std::span(text).subspan(done))));
        done += got;
        if (done > maxBytes)
            return badInput("holds more than " + formatBytes(static_cast<double>(maxBytes))
                    + " of text, the most that is read into memory",
                path.string());
    } while (done == text.size());
    text.resize(done);
    return text;
}

} // namespace palimpsest
