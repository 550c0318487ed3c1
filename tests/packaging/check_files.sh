#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Checks what desktops read of packaging/ and the icons, with the tools that are there; each that is not is named.
#   check_files.sh ROOT VERSION
# Exit status: 0 good; 1 not, with what is wrong; 77 no tool is there.
set -eu
cd "${1:?usage: check_files.sh ROOT VERSION}/packaging"
version=${2:?usage: check_files.sh ROOT VERSION}
bad=0 checked=0
fail() {
    printf '%s\n' "$1"
    bad=1
}
has() {
    command -v "$1" >/dev/null || { printf '%s is not installed: not checked with it\n' "$1"; return 1; }
    checked=1
}
id=org.palimpsest.Workbench

if has desktop-file-validate; then desktop-file-validate $id.desktop || fail "$id.desktop is not valid"; fi
if has appstreamcli; then
    appstreamcli validate --no-net $id.metainfo.xml || fail "$id.metainfo.xml is not valid"
fi
grep -q "<release version=\"$version\"" $id.metainfo.xml || fail "$id.metainfo.xml says nothing of version $version"
grep -q '^Exec=palimpsest-workbench ' $id.desktop || fail "$id.desktop does not start palimpsest-workbench"

if has update-mime-database; then
    base=$(mktemp -d)
    trap 'rm -rf "$base"' EXIT
    mkdir -p "$base/mime/packages"
    cp palimpsest-mime.xml "$base/mime/packages/"
    update-mime-database "$base/mime" >"$base/log" 2>&1 || fail "update-mime-database: $(cat "$base/log")"
    type=$(sed -n 's/^MimeType=\(.*\);$/\1/p' $id.desktop)
    [ -e "$base/mime/$type.xml" ] || fail "$id.desktop names the type $type, which palimpsest-mime.xml does not make"
    if command -v gio >/dev/null; then # knows the type by its content, and takes no project.json of others
        cp ../projects/quickstart/project.json "$base/ours.recipe"
        printf '{ "name": "app", "targets": {} }\n' >"$base/theirs.recipe"
        typeOf() { XDG_DATA_HOME=$base/none XDG_DATA_DIRS=$base gio info -a standard::content-type "$1" | sed -n 's/.*content-type: //p'; }
        [ "$(typeOf "$base/ours.recipe")" = "$type" ] || fail "a recipe is taken as $(typeOf "$base/ours.recipe"), not as $type"
        [ "$(typeOf "$base/theirs.recipe")" != "$type" ] || fail 'JSON of another program is taken as a project'
    fi
fi

if has file; then
    for size in 16 22 24 32 48 64 128 256; do
        icon=../resources/icons/hicolor/${size}x$size/apps/palimpsest.png
        [[ $(file -b "$icon") == "PNG image data, $size x $size,"* ]] || fail "$icon: expected a PNG of $size x $size, got $(file -b "$icon")"
    done
fi
[ "$checked" = 1 ] || exit 77
exit $bad
