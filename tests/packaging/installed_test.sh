#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Puts the launchers and palimpsest-setup where the Debian package does, with programs that only say how they were called.
#   installed_test.sh ROOT
set -eu
root=$(cd "${1:?usage: installed_test.sh ROOT}" && pwd)
base=$(mktemp -d)
trap 'rm -rf "$base"' EXIT
bad=0
expect() { # TEXT GOT WANTED-PATTERN
    # shellcheck disable=SC2053 # a pattern
    [[ $2 == $3 ]] || { printf '%s: expected %s, got: %s\n' "$1" "$3" "$2"; bad=1; }
}

mkdir -p "$base/usr/bin" "$base/usr/lib/palimpsest/setup" "$base/tools" "$base/home"
cp "$root"/packaging/{setup,common.sh,packages.txt,wheels.txt} "$base/usr/lib/palimpsest/setup/"
ln -s ../lib/palimpsest/setup/setup "$base/usr/bin/palimpsest-setup"
for program in palimpsest palimpsest-workbench; do
    cp "$root/packaging/launcher" "$base/usr/bin/$program"
    # shellcheck disable=SC2016 # expanded by the program
    printf '#!/bin/sh\necho "%s called with $#: $2; libraries $LD_LIBRARY_PATH"\nexit 7\n' "$program" >"$base/usr/lib/palimpsest/$program"
    chmod +x "$base/usr/lib/palimpsest/$program"
done
run() { # VARIABLE=VALUE... PROGRAM ARGUMENT...: its output, then its status
    env -u DISPLAY -u WAYLAND_DISPLAY -u LIBTORCH_DIR -u LD_LIBRARY_PATH HOME="$base/home" XDG_CACHE_HOME="$base/cache" "$@" 2>&1 || printf 'status %d' $?
}
bin=$base/usr/bin

expect 'no LibTorch' "$(run "$bin/palimpsest-workbench")" 'palimpsest-workbench: LibTorch *run palimpsest-setup once*status 2'
expect 'one line' "$(run "$bin/palimpsest" | wc -l)" 1
expect 'LIBTORCH_DIR without LibTorch' "$(run LIBTORCH_DIR=/nowhere "$bin/palimpsest")" \
    'palimpsest: LIBTORCH_DIR is /nowhere, where *is missing;*status 2'

expect 'options of a source tree' "$(run "$bin/palimpsest-setup" --tests)" 'palimpsest-setup: *source tree*status 2'
expect 'unknown option' "$(run "$bin/palimpsest-setup" --frobnicate)" 'palimpsest-setup: unknown option --frobnicate; expected --yes, --cuda or --data-only*status 2'

torch=$(env -u LIBTORCH_DIR HOME="$base/home" XDG_CACHE_HOME="$base/cache" bash -c '. "$0"; echo "$LIBTORCH_DIR"' "$root/packaging/common.sh")
whole() { # FOLDER: something that passes for LibTorch
    mkdir -p "$1/lib" "$1/include/torch/headeronly" "$1/../nvidia/cu13/lib"
    touch "$1"/lib/lib{torch_cpu,c10}.so "$1/include/torch/headeronly/version.h" "$1"/../nvidia/cu13/lib/lib{cudart,cupti}.so.13
}
whole "$torch"
whole "$base/other/torch"
expect 'LibTorch of the set-up' "$(run "$bin/palimpsest" run 'a b')" "palimpsest called with 2: a b; libraries $torch/lib?status 7"
expect 'LibTorch of the user' "$(run LIBTORCH_DIR="$base/other/torch" "$bin/palimpsest-workbench" x y)" \
    "palimpsest-workbench called with 2: y; libraries $base/other/torch/lib?status 7"
expect 'other libraries stay' "$(run LD_LIBRARY_PATH=/mine "$bin/palimpsest" run y)" "*libraries $torch/lib:/mine?status 7"
mkdir -p "$base/home/bin" && ln -s "$bin/palimpsest" "$base/home/bin/palimpsest"
expect 'called by a link' "$(run "$base/home/bin/palimpsest" run y)" "palimpsest called with 2: y;*status 7"

# All in place: nothing of a build is asked for.
data=$base/cache/palimpsest/data
mkdir -p "$data"/{digits,vowels,motions,fashion}
for file in digits/digits.csv.gz vowels/JapaneseVowels_{TRAIN,TEST}.ts motions/BasicMotions_{TRAIN,TEST}.ts fashion/train-images-idx3-ubyte.gz; do
    echo x >"$data/$file"
done
# shellcheck disable=SC2016
printf '#!/bin/sh\n[ "$3" = dataset-fashion-mnist ] && printf installed\n' >"$base/tools/dpkg-query"
printf '#!/bin/sh\nexit 1\n' >"$base/tools/nvidia-smi"
chmod +x "$base"/tools/*
expect 'all in place' "$(run PATH="$base/tools:$PATH" "$bin/palimpsest-setup" --yes)" 'palimpsest-setup: all in place'
exit $bad
