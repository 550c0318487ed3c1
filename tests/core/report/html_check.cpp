// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/html_check.h"

#include <algorithm>
#include <set>

namespace palimpsest {

namespace {

bool isEmptyElement(const std::string& name)
{
    static const std::set<std::string> kEmpty { "meta", "br", "img", "hr", "link", "input" };
    return kEmpty.count(name) > 0;
}

/// name="value" pairs; an attribute without a value is a problem.
void readAttributes(const std::string& text, HtmlTag& tag, std::vector<std::string>& problems)
{
    for (std::size_t at = text.find_first_not_of(" \n/"); at != std::string::npos;
         at = text.find_first_not_of(" \n/", at)) {
        const std::size_t equals = text.find("=\"", at);
        const std::size_t end = equals == std::string::npos ? equals : text.find('"', equals + 2);
        if (end == std::string::npos) {
            problems.push_back(
                "<" + tag.name + "> has an attribute without a quoted value: " + text.substr(at, 60));
            return;
        }
        const std::string name = text.substr(at, equals - at);
        if (!tag.attributes.emplace(name, text.substr(equals + 2, end - equals - 2)).second)
            problems.push_back("<" + tag.name + "> has the attribute " + name + " twice");
        at = end + 1;
    }
}

} // namespace

HtmlPage readHtml(const std::string& html)
{
    HtmlPage page;
    std::vector<std::string> open;
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
        // The end of a tag is the first '>' outside of quotes.
        std::size_t end = at + 1;
        for (char quote = 0; end < html.size() && (quote != 0 || html[end] != '>'); ++end)
            if (html[end] == '"')
                quote = quote == 0 ? '"' : '\0';
        if (end >= html.size()) {
            page.problems.push_back("a tag is not closed: " + html.substr(at, 60));
            break;
        }
        const std::string text = html.substr(at + 1, end - at - 1);
        at = end;
        if (text.front() == '!')
            continue;
        if (text.front() == '/') {
            if (open.empty() || open.back() != text.substr(1))
                page.problems.push_back(
                    "</" + text.substr(1) + "> closes " + (open.empty() ? "nothing" : open.back()));
            else
                open.pop_back();
            continue;
        }
        HtmlTag tag;
        const std::size_t nameEnd = std::min(text.find_first_of(" \n/"), text.size());
        tag.name = text.substr(0, nameEnd);
        readAttributes(text.substr(nameEnd), tag, page.problems);
        if (text.back() != '/' && !isEmptyElement(tag.name))
            open.push_back(tag.name);
        if (tag.name == "style") // its text is no markup
            at = html.find("</style>", at);
        page.tags.push_back(std::move(tag));
    }
    for (const std::string& name : open)
        page.problems.push_back("<" + name + "> is never closed");
    return page;
}

} // namespace palimpsest
