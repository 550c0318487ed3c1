// SPDX-License-Identifier: Apache-2.0
#include "core/network/layer_names.h"

#include <algorithm>

namespace palimpsest {

bool isNameLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '.';
}

bool isLayerName(const std::string& name)
{
    return !name.empty() && name.size() <= kMaxNameLength
        && std::all_of(name.begin(), name.end(), isNameLetter);
}

bool isTensorName(const std::string& name)
{
    return !name.empty() && name.size() <= kMaxNameLength && name.front() != '/' && name.back() != '/'
        && name.find("//") == std::string::npos && std::all_of(name.begin(), name.end(), [](char c) {
               return isNameLetter(c) || c == '/' || c == ':';
           });
}

} // namespace palimpsest
