// SPDX-License-Identifier: Apache-2.0
#include "core/data/download.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "fixtures.h"
#include "http_server.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

using test::badInputText;
using test::HttpReply;
using test::HttpRequest;
using test::HttpServer;
using test::require;
using test::serveFile;
using test::TempFolder;

/// 300,000 bytes that differ from place to place.
std::string makeContent()
{
    std::string content;
    for (int i = 0; content.size() < 300'000; ++i)
        content += std::to_string(i) + ",";
    content.resize(300'000);
    return content;
}

const std::string kContent = makeContent();
const std::string kHash = sha256(kContent);

class DownloadTest : public testing::Test {
protected:
    Result<DownloadOutcome> get(const HttpServer& server, const std::string& path, std::string hash = kHash)
    {
        DownloadRequest request = m_request;
        request.url = server.url(path);
        request.target = target();
        request.sha256 = std::move(hash);
        return download(request, JobContext(m_channel, m_stop.get_token()));
    }
    fs::path target() const { return m_folder.path() / "deep" / "file.bin"; }
    fs::path part() const { return target().string() + ".part"; }
    std::string content() const { return require(readFile(target())); }

    TempFolder m_folder;
    DownloadRequest m_request;
    JobChannel m_channel;
    std::stop_source m_stop;
};

HttpServer::Handler wholeFile()
{
    return
        [](const HttpRequest& request, HttpReply& reply) { serveFile(request, reply, kContent, "\"v1\""); };
}

TEST_F(DownloadTest, GetsAFileOnce)
{
    const HttpServer server(wholeFile());
    const DownloadOutcome outcome = require(get(server, "/file"));
    EXPECT_EQ(outcome.sha256, kHash);
    EXPECT_EQ(outcome.bytes, kContent.size());
    EXPECT_FALSE(outcome.wasThere);
    EXPECT_EQ(content(), kContent);
    EXPECT_FALSE(fs::exists(part()));
    EXPECT_FALSE(fs::exists(part().string() + ".json"));
    EXPECT_TRUE(require(get(server, "/file")).wasThere);
    EXPECT_EQ(server.requests().size(), 1U);
    EXPECT_CONTAINS(
        badInputText(get(server, "/file", std::string(64, '0'))), "remove the file, and it is fetched anew");
    const JobChannel::Update update = m_channel.take();
    EXPECT_CONTAINS(update.phase, "file.bin: 300 KB of 300 KB");
}

TEST_F(DownloadTest, AnyHashWillDoWhereNoneIsKnown)
{
    const HttpServer server(wholeFile());
    EXPECT_EQ(require(get(server, "/file", "")).sha256, kHash);
}

TEST_F(DownloadTest, GoesOnByItselfWhereATransferBreaksOff)
{
    int broken = 0;
    const HttpServer server([&](const HttpRequest& request, HttpReply& reply) {
        if (++broken > 3)
            return serveFile(request, reply, kContent, "\"v1\"");
        // Each time a third of what is left, and no more.
        const auto range = request.headers.find("range");
        const std::size_t first = range == request.headers.end() ? 0 : std::stoul(range->second.substr(6));
        const std::string left = std::to_string(kContent.size() - first);
        if (first == 0)
            reply.head("200 OK", { "Content-Length: " + left, "ETag: \"v1\"" });
        else
            reply.head("206 Partial Content",
                { "Content-Length: " + left, "ETag: \"v1\"",
                    "Content-Range: bytes " + std::to_string(first) + "-299999/300000" });
        reply.send(kContent.substr(first, (kContent.size() - first) / 3));
    });
    EXPECT_EQ(require(get(server, "/file")).sha256, kHash);
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 4U);
    EXPECT_EQ(requests[1].headers.at("range"), "bytes=100000-");
    EXPECT_EQ(requests[1].headers.at("if-range"), "\"v1\"");
    EXPECT_EQ(content(), kContent);
}

TEST_F(DownloadTest, ALaterCallGoesOnToo)
{
    {
        const HttpServer server(
            [&](const HttpRequest&, HttpReply& reply) { // lies about the length, at each try
                reply.head(
                    "200 OK", { "Content-Length: 300000", "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT" });
                reply.send(kContent.substr(0, 1000));
            });
        m_request.retries = 1;
        const auto broken = get(server, "/file");
        ASSERT_FALSE(broken.ok());
        EXPECT_EQ(broken.error().kind, ErrorKind::Failed);
        EXPECT_CONTAINS(
            broken.error().text(), "broke off after 1.00 KB; try again later: it goes on from there");
        EXPECT_EQ(server.requests().size(), 2U);
        EXPECT_EQ(require(readFile(part())), kContent.substr(0, 1000));
    }
    EXPECT_FALSE(fs::exists(target())) << "never a part under the name of the whole";
}

TEST_F(DownloadTest, BeginsAnewWhereTheFileChanged)
{
    int count = 0;
    const HttpServer server([&](const HttpRequest& request, HttpReply& reply) {
        if (++count == 1) {
            reply.head("200 OK", { "Content-Length: 300000", "ETag: \"old\"" });
            reply.send(std::string(5000, 'x'));
        } else {
            serveFile(request, reply, kContent, "\"v1\"");
        }
    });
    EXPECT_EQ(require(get(server, "/file")).sha256, kHash);
    EXPECT_EQ(server.requests()[1].headers.at("if-range"), "\"old\"");
    EXPECT_EQ(content(), kContent);
}

TEST_F(DownloadTest, DoesNotGoOnWithAPartOfUnknownOrigin)
{
    const HttpServer server(wholeFile());
    m_folder.write("deep/file.bin.part", "left by somebody");
    EXPECT_EQ(require(get(server, "/file")).sha256, kHash);
    EXPECT_FALSE(server.requests()[0].headers.contains("range"));
    fs::remove(target());
    m_folder.write("deep/file.bin.part", "left by somebody");
    m_folder.write(
        "deep/file.bin.part.json", "{\"url\": \"http://elsewhere/file\", \"version\": \"\\\"v1\\\"\"}");
    EXPECT_EQ(require(get(server, "/file")).sha256, kHash);
    EXPECT_FALSE(server.requests()[1].headers.contains("range"));
}

TEST_F(DownloadTest, AWholePartNeedsNoByteMore)
{
    const HttpServer server(wholeFile());
    m_folder.write("deep/file.bin.part", kContent);
    m_folder.write(
        "deep/file.bin.part.json", "{\"url\": \"" + server.url("/file") + "\", \"version\": \"\\\"v1\\\"\"}");
    EXPECT_EQ(require(get(server, "/file")).sha256, kHash);
    EXPECT_EQ(server.requests()[0].headers.at("range"), "bytes=300000-");
}

TEST_F(DownloadTest, RefusesOtherBytesAndKeepsNothingOfThem)
{
    std::string other = kContent;
    other[150'000] = '!';
    const HttpServer server(
        [&](const HttpRequest& request, HttpReply& reply) { serveFile(request, reply, other, "\"v1\""); });
    const std::string text = badInputText(get(server, "/file"));
    EXPECT_CONTAINS(text, "the file that came has the SHA-256 " + sha256(other) + ", expected " + kHash);
    EXPECT_CONTAINS(text, "it was not kept");
    EXPECT_FALSE(fs::exists(target()));
    EXPECT_FALSE(fs::exists(part()));
}

TEST_F(DownloadTest, ALengthThatIsTooShortIsAnotherFile)
{
    const HttpServer server([](const HttpRequest&, HttpReply& reply) {
        reply.head("200 OK", { "Content-Length: 1000" });
        reply.send(kContent);
    });
    EXPECT_CONTAINS(badInputText(get(server, "/file")), "SHA-256 " + sha256(kContent.substr(0, 1000)));
}

TEST_F(DownloadTest, FollowsRedirectsButNotAnywhere)
{
    HttpServer* self = nullptr;
    HttpServer server([&](const HttpRequest& request, HttpReply& reply) {
        const auto redirect = [&](const std::string& to) {
            reply.head("302 Found", { "Location: " + to, "Content-Length: 5", "ETag: \"wrong\"" });
            reply.send("moved");
        };
        if (request.path == "/old")
            redirect(self->url("/new"));
        else if (request.path == "/circle")
            redirect(self->url("/circle"));
        else if (request.path == "/disk")
            redirect("file:///etc/passwd");
        else
            serveFile(request, reply, kContent, "\"v1\"");
    });
    self = &server;
    EXPECT_CONTAINS(badInputText(get(server, "/circle")), "more than 5 times");
    EXPECT_CONTAINS(badInputText(get(server, "/disk")), "expected an address of http or https");
    EXPECT_EQ(require(get(server, "/old")).sha256, kHash);
    DownloadRequest file;
    file.url = "file:///etc/passwd";
    file.target = m_folder.path() / "x";
    EXPECT_CONTAINS(badInputText(download(file, JobContext(m_channel, m_stop.get_token()))), "http or https");
}

TEST_F(DownloadTest, AnAnswerThatIsNoFileIsASentence)
{
    const HttpServer server([](const HttpRequest& request, HttpReply& reply) {
        if (request.path == "/gone") {
            reply.head("404 Not Found", { "Content-Length: 4" });
            reply.send("none");
        } else if (request.path == "/page") {
            reply.head("200 OK", { "Content-Type: text/html; charset=utf-8", "Content-Length: 4" });
            reply.send("<p/>");
        } else if (request.path == "/endless") {
            reply.head("200 OK", { "Transfer-Encoding: chunked" });
            while (reply.send("400\r\n" + std::string(1024, 'x') + "\r\n")) { }
        } else if (request.path == "/garbage") {
            reply.send("no http at all\r\n\r\n");
        }
    });
    EXPECT_CONTAINS(badInputText(get(server, "/gone")), "the server answered 404");
    EXPECT_CONTAINS(badInputText(get(server, "/page")), "a web page came in place of the file");
    m_request.maxBytes = 100'000;
    EXPECT_CONTAINS(badInputText(get(server, "/endless")), "sends more than the 100 KB");
    m_request.retries = 0;
    EXPECT_FALSE(get(server, "/garbage").ok());
    EXPECT_FALSE(get(server, "/silence").ok()) << "the connection is closed without a word";
    EXPECT_FALSE(fs::exists(target()));
}

TEST_F(DownloadTest, AWrongRangeIsNotTaken)
{
    int count = 0;
    const HttpServer server([&](const HttpRequest&, HttpReply& reply) {
        if (++count == 1) {
            reply.head("200 OK", { "Content-Length: 300000", "ETag: \"v1\"" });
            reply.send(kContent.substr(0, 5000));
        } else {
            reply.head("206 Partial Content", { "Content-Length: 10", "Content-Range: bytes 7-16/300000" });
            reply.send("0123456789");
        }
    });
    const auto result = get(server, "/file");
    ASSERT_FALSE(result.ok());
    EXPECT_CONTAINS(result.error().text(), "sent another part of the file than was asked for");
}

TEST_F(DownloadTest, ASilentServerCountsAsBrokenOff)
{
    const HttpServer server([](const HttpRequest&, HttpReply& reply) {
        reply.head("200 OK", { "Content-Length: 300000", "ETag: \"v1\"" });
        reply.send("first");
        reply.waitForClose();
    });
    m_request.retries = 0;
    m_request.stallSeconds = 1.0;
    const auto result = get(server, "/file");
    ASSERT_FALSE(result.ok());
    EXPECT_CONTAINS(result.error().text(), "broke off after 5 B");
}

TEST_F(DownloadTest, IsCanceledAndKeepsThePart)
{
    const HttpServer server([&](const HttpRequest&, HttpReply& reply) {
        reply.head("200 OK", { "Content-Length: 300000", "ETag: \"v1\"" });
        reply.send(kContent.substr(0, 1000));
        for (std::error_code error; fs::file_size(part(), error) != 1000;) // the client has them
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        m_stop.request_stop();
        reply.waitForClose();
    });
    const auto result = get(server, "/file");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::Canceled);
    EXPECT_EQ(require(readFile(part())).size(), 1000U);
    EXPECT_TRUE(fs::exists(part().string() + ".json"));
}

TEST_F(DownloadTest, TwoProgramsDoNotWriteOnePart)
{
    const HttpServer server(wholeFile());
    const fs::path held = m_folder.write("deep/file.bin.part", "");
    const int other = ::open(held.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(other, LOCK_EX), 0);
    const auto result = get(server, "/file");
    ::close(other);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::Locked);
}

} // namespace
} // namespace palimpsest
