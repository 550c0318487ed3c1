// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace palimpsest {

/// One file to get over HTTP or HTTPS.
struct DownloadRequest {
    std::string url;
    std::filesystem::path target;
    std::string sha256; ///< that it must have; empty: any
    std::uint64_t maxBytes = std::uint64_t { 1 } << 37U; ///< a server that sends more is cut off
    int retries = 4; ///< how often a transfer that broke off is taken up again by itself
    double stallSeconds = 30.0; ///< without a byte before it counts as broken off
};

struct DownloadOutcome {
    std::string sha256; ///< of the file as it lies there
    std::uint64_t bytes = 0;
    bool wasThere = false; ///< nothing was fetched
};

/// Gets the file whole or not at all: into TARGET.part, which takes its name when it is complete and has the SHA-256.
/// A part that is there is gone on with where the server still has the same file (If-Range with its ETag or date),
/// else begun anew; a file that is there already is only hashed. Reports bytes and time left, and ends within a second when
/// it is cancelled; the part stays for the next time.
///
/// BadInput: an address that is neither http nor https, also after a redirect (https never goes on with http); an answer
/// that is no success, or a web page in place of a file; a file of another SHA-256, which is not kept; TARGET with another
/// content. Failed: a transfer that breaks off for good, a full disk. Locked: another process is at it.
[[nodiscard]] Result<DownloadOutcome> download(const DownloadRequest& request, const JobContext& context);

} // namespace palimpsest
