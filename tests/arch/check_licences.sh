#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fails, and names the file, where a source file does not say the licence of its folder (LICENSES/README.md) at its head.
#   check_licences.sh ROOT
set -eu
cd "${1:?usage: check_licences.sh ROOT}"
bad=0
folders='app core gpu widgets resources projects tests packaging'
{
    # shellcheck disable=SC2086 # a list of folders
    find $folders -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.cu' -o -name '*.cuh' -o -name '*.cmake' \
        -o -name CMakeLists.txt -o -name '*.sh' -o -name '*.awk' -o -name '*.py' -o -name '*.in' \)
    echo CMakeLists.txt
    # Scripts without a suffix are known by their first line.
    # shellcheck disable=SC2086
    find $folders .ci -type f ! -name '*.*' -exec grep -lI '^#!' {} + || true
    find . -maxdepth 1 -type f ! -name '*.*' -exec grep -lI '^#!' {} + || true
} | sed 's,^\./,,' | sort -u | awk '
    function expectedIn(file) {
        if (file ~ /CMakeLists\.txt$|\.cmake$|^tests\/(app|i18n|shots|support)\//) return "Apache-2.0|GPL-3.0-or-later"
        if (file ~ /^app\/cli\//) return "Apache-2.0"
        if (file ~ /^(app|widgets|resources|tests\/widgets)\//) return "GPL-3.0-or-later"
        return "Apache-2.0"
    }
    {
        got = "none"
        for (i = 0; i < 3 && (getline line <$0) > 0; ++i)
            if (got == "none" && sub(/^.*SPDX-License-Identifier: */, "", line)) {
                split(line, words, " ")
                got = words[1]
            }
        close($0)
        if (index("|" expectedIn($0) "|", "|" got "|") == 0) {
            print $0 ": expected \"SPDX-License-Identifier: " expectedIn($0) "\" in the first three lines, got " got
            bad = 1
        }
    }
    END { exit bad }' || bad=1
for text in Apache-2.0 GPL-3.0-or-later; do
    [ -s "LICENSES/$text.txt" ] || { echo "LICENSES/$text.txt is missing"; bad=1; }
done
exit $bad
