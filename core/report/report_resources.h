// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace palimpsest {

extern const char* const kReportPage; ///< ctemplate text: report_page.html
extern const char* const kReportStyle; ///< report_style.css

} // namespace palimpsest
