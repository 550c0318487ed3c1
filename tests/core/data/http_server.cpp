// SPDX-License-Identifier: Apache-2.0
#include "http_server.h"

#include "core/data/text.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace palimpsest::test {

namespace {

constexpr int kPollMs = 50;

/// Whether there is something to read, or the other side is gone, before the server ends.
bool waitReadable(int socket, const std::atomic<bool>& isEnding)
{
    while (!isEnding) {
        pollfd descriptor { socket, POLLIN, 0 };
        if (::poll(&descriptor, 1, kPollMs) > 0)
            return true;
    }
    return false;
}

} // namespace

bool HttpReply::send(const std::string& bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t sent = ::send(m_socket, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        done += static_cast<std::size_t>(sent);
    }
    return true;
}

bool HttpReply::head(const std::string& status, const std::vector<std::string>& headers)
{
    std::string text = "HTTP/1.1 " + status + "\r\nConnection: close\r\n";
    for (const std::string& header : headers)
        text += header + "\r\n";
    return send(text + "\r\n");
}

void HttpReply::waitForClose()
{
    std::array<char, 256> buffer {};
    while (waitReadable(m_socket, *m_isEnding))
        if (::recv(m_socket, buffer.data(), buffer.size(), 0) <= 0)
            return;
}

HttpServer::HttpServer(Handler handler)
    : m_handler(std::move(handler))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (m_listener < 0 || ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0
        || ::listen(m_listener, 8) != 0
        || ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no local server");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

HttpServer::~HttpServer()
{
    m_isEnding = true;
    m_thread.join();
    ::close(m_listener);
}

std::string HttpServer::url(const std::string& path) const
{
    return "http://127.0.0.1:" + std::to_string(m_port) + path;
}

std::vector<HttpRequest> HttpServer::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

void HttpServer::run()
{
    while (waitReadable(m_listener, m_isEnding)) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        serve(socket);
        ::close(socket);
    }
}

void HttpServer::serve(int socket)
{
    std::string text;
    std::array<char, 4096> buffer {};
    while (text.find("\r\n\r\n") == std::string::npos) {
        if (!waitReadable(socket, m_isEnding))
            return;
        const ssize_t got = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    HttpRequest request;
    Lines lines(text);
    std::string_view line;
    (void)lines.next(line);
    const auto words = splitWords(line);
    request.path = words.size() > 1 ? std::string(words[1]) : std::string();
    while (lines.next(line))
        if (const std::size_t colon = line.find(':'); colon != std::string_view::npos)
            request.headers[toLower(line.substr(0, colon))] = trim(line.substr(colon + 1));
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.push_back(request);
    }
    HttpReply reply(socket, m_isEnding);
    m_handler(request, reply);
}

void serveFile(
    const HttpRequest& request, HttpReply& reply, const std::string& content, const std::string& etag)
{
    const auto range = request.headers.find("range");
    const auto condition = request.headers.find("if-range");
    const bool isSame = condition == request.headers.end() || condition->second == etag;
    if (range == request.headers.end() || !isSame) {
        reply.head("200 OK", { "Content-Length: " + std::to_string(content.size()), "ETag: " + etag });
        reply.send(content);
        return;
    }
    const std::size_t first = std::stoul(range->second.substr(std::string("bytes=").size()));
    const std::string size = std::to_string(content.size());
    if (first >= content.size()) {
        reply.head("416 Range Not Satisfiable", { "Content-Range: bytes */" + size, "Content-Length: 0" });
        return;
    }
    reply.head("206 Partial Content",
        { "Content-Length: " + std::to_string(content.size() - first), "ETag: " + etag,
            "Content-Range: bytes " + std::to_string(first) + "-" + std::to_string(content.size() - 1) + "/"
                + size });
    reply.send(content.substr(first));
}

} // namespace palimpsest::test
