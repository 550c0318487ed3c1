// SPDX-License-Identifier: Apache-2.0
#include "core/nn/ranks.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace palimpsest {

Result<RankPlace> openLoopback(int size)
{
    RankPlace place;
    place.size = size;
    place.localSize = size;
    place.session = "restart0"; // as rankPlace() makes it from what RankProcesses sets
    place.listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK); // nobody else's machine reaches it
    socklen_t length = sizeof address;
    if (place.listener < 0 || ::bind(place.listener, reinterpret_cast<sockaddr*>(&address), length) != 0
        || ::listen(place.listener, size) != 0
        || ::getsockname(place.listener, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
        const std::string reason = std::strerror(errno);
        if (place.listener >= 0)
            ::close(place.listener);
        return failure("no port of the loopback device can be opened for the ranks: " + reason);
    }
    place.port = ntohs(address.sin_port);
    return place;
}

} // namespace palimpsest
