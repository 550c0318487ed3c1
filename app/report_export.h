// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/report/report_model.h"
#include "widgets/report/recorded_picture.h"

#include <QPageSize>

#include <filesystem>
#include <memory>
#include <vector>

namespace palimpsest {

class View;

/// Pictures of those views that have something to show, dark on white paper. GUI thread.
[[nodiscard]] std::vector<RecordedPicture> recordViews(const std::vector<View*>& views);

/// All that a report file is made from.
struct ReportExport {
    std::shared_ptr<const ReportModel> model; ///< not nullptr
    std::vector<RecordedPicture> pictures;
    std::filesystem::path file; ///< its ending, .html or .pdf, chooses the form
    QPageSize::PageSizeId paper = QPageSize::A4; ///< of PDF
};

/// Writes the file as a whole or not at all. Any thread; takes up to seconds.
/// @return BadInput for another ending, Failed where the file cannot be written
[[nodiscard]] Status exportReport(const ReportExport& report);

} // namespace palimpsest
