#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the PNG forms of the icon, hicolor/SIZE/apps/palimpsest.png, from the two drawings. Needs rsvg-convert and optipng.
set -eu
cd "$(dirname "$0")"
for size in 16 22 24 32 48 64 128 256; do
    drawing=palimpsest.svg
    [ "$size" -gt 32 ] || drawing=palimpsest-small.svg
    mkdir -p "hicolor/${size}x$size/apps"
    rsvg-convert --width "$size" --height "$size" "$drawing" --output "hicolor/${size}x$size/apps/palimpsest.png"
    optipng -quiet -o5 "hicolor/${size}x$size/apps/palimpsest.png"
done
