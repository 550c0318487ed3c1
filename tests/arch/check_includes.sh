#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fails, and names the line, where an include crosses a border of the architecture. The rules stand in includes.awk.
#   check_includes.sh ROOT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:?usage: check_includes.sh ROOT}"
folders='core app gpu widgets'
for folder in $folders; do
    [ -d "$folder" ] || { echo "no folder $folder in $PWD" >&2; exit 2; }
done
{
    # "module NAME: DEPENDS..." of each module of core; the target of core/pipeline is called engine, `core` is all below io.
    awk '
        FNR == 1 {
            on = 0
            module = FILENAME
            sub(/^core\//, "", module)
            sub(/\/.*/, "", module)
            print "module " module ":"
        }
        {
            sub(/#.*/, "")
            gsub(/[()]/, " ")
            for (i = 1; i <= NF; ++i) {
                if ($i ~ /^(SOURCES|LINK|PUBLIC|PRIVATE|INTERFACE)$/ || $i ~ /^[a-z]+_[a-z_]+$/) on = 0
                else if (on) print "module " module ": " $i
                if ($i == "DEPENDS") on = 1
            }
        }' core/*/CMakeLists.txt
    echo 'module core: base job project network formats data pages backend matching report'
    find core -name '*.cpp' | sed 's/^/compiled /; s/\.cpp$//'
    # shellcheck disable=SC2086 # a list of folders
    grep -rnE '^[[:space:]]*#[[:space:]]*include' $folders tests --include='*.h' --include='*.cpp' --include='*.cu' --include='*.cuh'
} | awk -f "$here/includes.awk"
