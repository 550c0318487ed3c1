// SPDX-License-Identifier: Apache-2.0
#include "core/data/download.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/units.h"
#include "core/data/text.h"

#include <nlohmann/json.hpp>

#include <curl/curl.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr long kMaxRedirects = 5;
constexpr long kConnectSeconds = 30;
constexpr int kSuccess = 200;
constexpr int kPartial = 206;
constexpr int kRangeNotSatisfiable = 416;

struct FreeCurl {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// TARGET.part, locked against other processes for as long as it is open.
class PartFile {
public:
    static Result<PartFile> open(const fs::path& path)
    {
        PartFile file;
        file.m_path = path;
        file.m_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (file.m_descriptor < 0)
            return failure("could not be written: " + std::string(std::strerror(errno)), path.string());
        if (::flock(file.m_descriptor, LOCK_EX | LOCK_NB) != 0)
            return Error { ErrorKind::Locked,
                "another program is fetching this file; wait for it, or stop it", path.string() };
        file.m_bytes
            = static_cast<std::uint64_t>(std::max<off_t>(0, ::lseek(file.m_descriptor, 0, SEEK_END)));
        return file;
    }
    PartFile(PartFile&& other) noexcept
        : m_path(std::move(other.m_path))
        , m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_bytes(other.m_bytes)
    {
    }
    PartFile& operator=(PartFile&&) = delete;
    ~PartFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }

    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

    bool append(const char* data, std::size_t count)
    {
        while (count > 0) {
            const ssize_t written = ::write(m_descriptor, data, count);
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return false;
            data += written;
            count -= static_cast<std::size_t>(written);
            m_bytes += static_cast<std::uint64_t>(written);
        }
        return true;
    }

    bool clear()
    {
        m_bytes = 0;
        return ::ftruncate(m_descriptor, 0) == 0 && ::lseek(m_descriptor, 0, SEEK_SET) == 0;
    }

    [[nodiscard]] Status finish(const fs::path& target)
    {
        std::error_code error;
        if (::fsync(m_descriptor) == 0)
            fs::rename(m_path, target, error);
        else
            error = std::error_code(errno, std::generic_category());
        if (error)
            return failure("could not be written: " + error.message(), target.string());
        return success();
    }

private:
    PartFile() = default;
    fs::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_bytes = 0;
};

/// What marks the version of a file on a server: its ETag, else its date; kept beside the part.
struct PartInfo {
    std::string url;
    std::string version;
};

PartInfo readInfo(const fs::path& path)
{
    const Result<Json> json = readJsonFile(path);
    if (!json.ok() || !json->is_object())
        return {};
    const auto text = [&](const char* key) {
        const auto value = json->find(key);
        return value != json->end() && value->is_string() ? value->get<std::string>() : std::string();
    };
    return { text("url"), text("version") };
}

/// One request and what comes back, as libcurl's callbacks see it.
struct Transfer {
    const DownloadRequest* request = nullptr;
    const JobContext* context = nullptr;
    PartFile* part = nullptr;
    fs::path infoPath;
    std::uint64_t first = 0; // bytes that were there when it began
    std::map<std::string, std::string> headers; // of the last answer, names in lower case
    long status = 0;
    bool isBodyWanted = false;
    std::optional<Error> error; // that one of the callbacks found
    curl_off_t seen = 0; // bytes at the last progress
    std::chrono::steady_clock::time_point seenAt = std::chrono::steady_clock::now();
    bool isStalled = false;

    [[nodiscard]] std::string header(const std::string& name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

std::size_t onHeader(char* data, std::size_t, std::size_t count, void* user)
{
    auto* transfer = static_cast<Transfer*>(user);
    const std::string_view line(data, count);
    if (line.starts_with("HTTP/")) { // a new answer: after a redirect, or the first
        transfer->headers.clear();
        const std::size_t blank = line.find(' ');
        if (blank != std::string_view::npos)
            std::from_chars(data + blank + 1, data + count, transfer->status);
        return count;
    }
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
        std::string_view value = trim(line.substr(colon + 1));
        while (!value.empty() && value.back() == '\n')
            value = trim(value.substr(0, value.size() - 1));
        transfer->headers[toLower(line.substr(0, colon))] = value;
    }
    return count;
}

/// "bytes 100-199/200" -> 100
std::optional<std::uint64_t> rangeStart(const std::string& contentRange)
{
    constexpr std::string_view kUnit = "bytes ";
    std::uint64_t start = 0;
    if (!contentRange.starts_with(kUnit)
        || std::from_chars(
               contentRange.data() + kUnit.size(), contentRange.data() + contentRange.size(), start)
                .ec
            != std::errc())
        return std::nullopt;
    return start;
}

/// Decides with the first bytes whether and where the body goes.
bool beginBody(Transfer& transfer)
{
    const std::string& url = transfer.request->url;
    if (toLower(transfer.header("content-type")).starts_with("text/html")) {
        transfer.error
            = badInput("a web page came in place of the file; open the address in a browser to see why", url);
        return false;
    }
    const bool goesOn = transfer.status == kPartial;
    if (goesOn && rangeStart(transfer.header("content-range")) != transfer.first) {
        transfer.error = failure("the server sent another part of the file than was asked for", url);
        transfer.part->clear();
        return false;
    }
    if (!goesOn && !transfer.part->clear()) {
        transfer.error = failure(
            "could not be written: " + std::string(std::strerror(errno)), transfer.request->target.string());
        return false;
    }
    if (!goesOn)
        transfer.first = 0;
    const std::string etag = transfer.header("etag");
    const bool isStrong = !etag.empty() && !etag.starts_with("W/"); // a weak one does not tell bytes apart
    const Json info { { "url", url }, { "version", isStrong ? etag : transfer.header("last-modified") } };
    static_cast<void>(writeFileAtomically(transfer.infoPath,
        info.dump(2, ' ', false, Json::error_handler_t::replace) + "\n")); // else it begins anew
    return true;
}

std::size_t onBody(char* data, std::size_t, std::size_t count, void* user)
{
    auto* transfer = static_cast<Transfer*>(user);
    if (transfer->status != kSuccess && transfer->status != kPartial)
        return 0; // the text of an error: not wanted
    if (!transfer->isBodyWanted && !beginBody(*transfer))
        return 0;
    transfer->isBodyWanted = true;
    if (transfer->part->bytes() + count > transfer->request->maxBytes) {
        transfer->error = badInput("the server sends more than the "
                + formatBytes(static_cast<double>(transfer->request->maxBytes)) + " that the file can have",
            transfer->request->url);
        return 0;
    }
    if (!transfer->part->append(data, count)) {
        transfer->error = failure(
            "could not be written: " + std::string(std::strerror(errno)), transfer->request->target.string());
        return 0;
    }
    return count;
}

int onProgress(void* user, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t)
{
    auto* transfer = static_cast<Transfer*>(user);
    const double first = static_cast<double>(transfer->first);
    const std::string name = transfer->request->target.filename().string();
    if (total > 0)
        transfer->context->setProgress(
            (first + static_cast<double>(now)) / (first + static_cast<double>(total)),
            name + ": " + formatBytes(first + static_cast<double>(now)) + " of "
                + formatBytes(first + static_cast<double>(total)));
    else
        transfer->context->setProgress(0.0, name + ": " + formatBytes(first + static_cast<double>(now)));
    const auto time = std::chrono::steady_clock::now();
    if (now != transfer->seen) {
        transfer->seen = now;
        transfer->seenAt = time;
    }
    transfer->isStalled
        = std::chrono::duration<double>(time - transfer->seenAt).count() > transfer->request->stallSeconds;
    return transfer->isStalled || transfer->context->isCanceled() ? 1 : 0;
}

/// How one attempt ended.
enum class Attempt : std::uint8_t { Complete, BrokenOff };

CURL* newHandle(Transfer& transfer)
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    CURL* handle = curl_easy_init();
    if (handle == nullptr)
        throw std::bad_alloc();
    const DownloadRequest& request = *transfer.request;
    const bool isSecure = toLower(request.url).starts_with("https:");
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, isSecure ? "https" : "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXREDIRS, kMaxRedirects);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "palimpsest/" PALIMPSEST_VERSION);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    return handle;
}

/// One request: from the start, or from where the part ends.
Result<Attempt> attempt(const DownloadRequest& request, PartFile& part, const JobContext& context)
{
    Transfer transfer;
    transfer.request = &request;
    transfer.context = &context;
    transfer.part = &part;
    transfer.infoPath = request.target.string() + ".part.json";
    const PartInfo info = readInfo(transfer.infoPath);
    const bool goesOn = part.bytes() > 0 && info.url == request.url && !info.version.empty();
    if (!goesOn && !part.clear())
        return failure("could not be written: " + std::string(std::strerror(errno)), request.target.string());
    transfer.first = part.bytes();

    const std::unique_ptr<CURL, FreeCurl> handle(newHandle(transfer));
    std::unique_ptr<curl_slist, FreeList> headers;
    if (goesOn) {
        headers.reset(
            curl_slist_append(nullptr, ("Range: bytes=" + std::to_string(transfer.first) + "-").c_str()));
        curl_slist_append(headers.get(), ("If-Range: " + info.version).c_str());
        curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    }
    std::array<char, CURL_ERROR_SIZE> text {};
    curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, text.data());
    const CURLcode code = curl_easy_perform(handle.get());
    if (transfer.error)
        return *transfer.error;
    switch (code) {
    case CURLE_OK:
    case CURLE_WRITE_ERROR: // the body of an answer that is no success was refused: see below
        break;
    case CURLE_ABORTED_BY_CALLBACK:
        if (!transfer.isStalled)
            return canceled();
        return Attempt::BrokenOff;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return badInput("expected an address of http or https, also where it leads on to: "
                + std::string(text[0] == '\0' ? curl_easy_strerror(code) : text.data()),
            request.url);
    case CURLE_TOO_MANY_REDIRECTS:
        return badInput(
            "leads on to another address more than " + std::to_string(kMaxRedirects) + " times", request.url);
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return Attempt::BrokenOff;
    default:
        return failure("could not be fetched: "
                + std::string(text[0] == '\0' ? curl_easy_strerror(code) : text.data()) + "; try again later",
            request.url);
    }
    if (transfer.status == kRangeNotSatisfiable
        && goesOn) { // nothing follows what is there, or it is too much
        const std::string total = "*/" + std::to_string(transfer.first);
        if (transfer.header("content-range").ends_with(total))
            return Attempt::Complete;
        if (!part.clear())
            return failure(
                "could not be written: " + std::string(std::strerror(errno)), request.target.string());
        return Attempt::BrokenOff;
    }
    if (transfer.status != kSuccess && transfer.status != kPartial)
        return badInput("the server answered " + std::to_string(transfer.status)
                + " where a file was expected; is the address still right?",
            request.url);
    if (!transfer.isBodyWanted && !beginBody(transfer)) // an empty body
        return *transfer.error;
    return Attempt::Complete;
}

std::string mismatch(const std::string& expected, const std::string& got)
{
    return "has the SHA-256 " + got + ", expected " + expected;
}

} // namespace

Result<DownloadOutcome> download(const DownloadRequest& request, const JobContext& context)
{
    std::error_code error;
    if (fs::exists(request.target, error)) {
        PALIMPSEST_TRY(const std::string hash, sha256File(request.target));
        if (!request.sha256.empty() && hash != request.sha256)
            return badInput(mismatch(request.sha256, hash) + "; remove the file, and it is fetched anew",
                request.target.string());
        return DownloadOutcome { hash, fs::file_size(request.target, error), true };
    }
    fs::create_directories(request.target.parent_path(), error);
    const fs::path partPath = request.target.string() + ".part";
    const fs::path infoPath = request.target.string() + ".part.json";
    PALIMPSEST_TRY(PartFile part, PartFile::open(partPath));
    for (int retry = 0;; ++retry) {
        PALIMPSEST_TRY(const Attempt end, attempt(request, part, context));
        if (end == Attempt::Complete)
            break;
        if (context.isCanceled())
            return canceled();
        if (retry >= request.retries)
            return failure("the transfer broke off after " + formatBytes(static_cast<double>(part.bytes()))
                    + "; try again later: it goes on from there",
                request.url);
    }
    PALIMPSEST_TRY(const std::string hash, sha256File(partPath));
    if (!request.sha256.empty() && hash != request.sha256) {
        fs::remove(partPath, error);
        fs::remove(infoPath, error);
        return badInput("the file that came " + mismatch(request.sha256, hash)
                + "; it was not kept: the file there was changed, or somebody changed it on its way",
            request.url);
    }
    PALIMPSEST_CHECK(part.finish(request.target));
    fs::remove(infoPath, error);
    return DownloadOutcome { hash, part.bytes(), false };
}

} // namespace palimpsest
