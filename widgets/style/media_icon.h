// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace palimpsest {

/// Signs of players, as styles have them only as pixmaps for light windows.
enum class MediaSign { Play, ToEnd, Forward, Stop };

/// Painted in the colour that texts of buttons have at that moment: follows the theme, and every pixel density.
[[nodiscard]] QIcon mediaIcon(MediaSign sign);

} // namespace palimpsest
