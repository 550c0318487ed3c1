#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fails, and names the file, where a source file does not say the licence of its folder (LICENSES/README.md) at its head.
#   check_licences.sh ROOT
set -eu
cd "${1:?usage: check_licences.sh ROOT}"
bad=0
count=0
list=$(mktemp)
trap 'rm -f "$list"' EXIT
{
    find app core gpu widgets resources projects tests packaging -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.cu' -o -name '*.cuh' \
        -o -name '*.cmake' -o -name CMakeLists.txt -o -name '*.sh' -o -name '*.awk' -o -name '*.py' -o -name '*.in' \)
    find . -maxdepth 1 -type f -name CMakeLists.txt
    # Scripts without a suffix are known by their first line.
    find app core gpu widgets resources projects tests packaging .ci -type f ! -name '*.*' -exec grep -lI '^#!' {} + || true
    find . -maxdepth 1 -type f ! -name '*.*' -exec grep -lI '^#!' {} + || true
} | sed 's,^\./,,' | sort -u >"$list"
while read -r file; do
    count=$((count + 1))
    got=$(head -n 3 "$file" | sed -n 's/^.*SPDX-License-Identifier: *\([^ ]*\).*/\1/p' | head -n 1)
    case $file in
        */CMakeLists.txt | *.cmake | tests/app/* | tests/support/*) expected='Apache-2.0|GPL-3.0-or-later' ;;
        app/cli/*) expected=Apache-2.0 ;;
        app/* | widgets/* | resources/* | tests/widgets/*) expected=GPL-3.0-or-later ;;
        *) expected=Apache-2.0 ;;
    esac
    case "|$expected|" in
        *"|${got:-none}|"*) ;;
        *)
            echo "$file: expected \"SPDX-License-Identifier: $expected\" in the first three lines, got ${got:-none}"
            bad=1
            ;;
    esac
done <"$list"
[ "$count" -gt 0 ] || { echo "no source file was found in $PWD: is this the root of the source tree?" >&2; exit 2; }
for text in Apache-2.0 GPL-3.0-or-later; do
    [ -s "LICENSES/$text.txt" ] || { echo "LICENSES/$text.txt is missing"; bad=1; }
done
exit $bad
