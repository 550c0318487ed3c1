// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace palimpsest {

/// One start tag of a page.
struct HtmlTag {
    std::string name;
    std::map<std::string, std::string> attributes;
};

struct HtmlPage {
    std::vector<HtmlTag> tags; ///< in order
    std::vector<std::string> problems; ///< unclosed or crossed tags, repeated attributes
};

/// A strict reader for pages that write every end tag but those of empty elements. Not a browser: what it cannot read is a problem.
[[nodiscard]] HtmlPage readHtml(const std::string& html);

} // namespace palimpsest
