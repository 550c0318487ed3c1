// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <QString>

#include <functional>

namespace palimpsest {

class View;

enum class ViewFormat { Png, Svg, Csv };

struct PictureOptions {
    QSize size; ///< in points of the screen; empty: as large as the view is
    double pixelRatio = 2.0; ///< pixels a point, of PNG
};

/// The view as an image; null where it has nothing to show.
[[nodiscard]] QImage viewImage(const View& view, const PictureOptions& options);
/// The view as an SVG document; empty where it has nothing to show.
[[nodiscard]] QByteArray viewSvg(const View& view, const PictureOptions& options);

/// The format that a file name asks for by its suffix. @return BadInput where it is none of the three
[[nodiscard]] Result<ViewFormat> formatOf(const QString& path);

/// Takes from the view what goes into the file, in the thread of the window. The function that is returned turns it into the
/// file's bytes and replaces `path` as a whole or not at all; it may run in any thread, after the view is gone.
/// @return BadInput where the view has nothing to show
[[nodiscard]] Result<std::function<Status()>> takeViewFile(
    const View& view, const QString& path, ViewFormat format, const PictureOptions& options = {});

} // namespace palimpsest
