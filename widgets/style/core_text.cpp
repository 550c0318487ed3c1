// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/core_text.h"

#include <QCoreApplication>

namespace palimpsest {

QString coreText(const std::string& english)
{
    return english.empty() ? QString() : QCoreApplication::translate("core", english.c_str());
}

} // namespace palimpsest
