// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace palimpsest::test {

/// What a client asked for.
struct HttpRequest {
    std::string path;
    std::map<std::string, std::string> headers; ///< names in lower case
};

/// The open connection of one request.
class HttpReply {
public:
    HttpReply(int socket, const std::atomic<bool>& isEnding)
        : m_socket(socket)
        , m_isEnding(&isEnding)
    {
    }
    /// Sends bytes as they are. False where the client has gone.
    bool send(const std::string& bytes);
    /// "HTTP/1.1 STATUS\r\n", these header lines, an empty line.
    bool head(const std::string& status, const std::vector<std::string>& headers);
    /// Waits until the client closes the connection or the server ends.
    void waitForClose();

private:
    int m_socket;
    const std::atomic<bool>* m_isEnding;
};

/// A web server on an own port of this machine, with an own thread; answers one request after the other as `handler`
/// does and closes each connection afterwards.
class HttpServer {
public:
    using Handler = std::function<void(const HttpRequest&, HttpReply&)>;
    explicit HttpServer(Handler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// "http://127.0.0.1:PORT" + path
    [[nodiscard]] std::string url(const std::string& path) const;
    /// All requests so far.
    [[nodiscard]] std::vector<HttpRequest> requests() const;

private:
    void run();
    void serve(int socket);

    Handler m_handler;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_isEnding { false };
    mutable std::mutex m_mutex;
    std::vector<HttpRequest> m_requests;
    std::thread m_thread;
};

/// Serves `content` as a file with an ETag, also from a byte on where Range and If-Range ask for it.
void serveFile(
    const HttpRequest& request, HttpReply& reply, const std::string& content, const std::string& etag);

} // namespace palimpsest::test
