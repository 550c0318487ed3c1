# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # its variables are used, and `program` and `top` are set, by the caller
# Sourced by packaging/setup, ./run and ./test: where things lie, and one line a step that says where the time went.
# The caller sets `program` (its own name, put before each line) and `top` (the root of the source tree).

: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/palimpsest
torchFolder=$cache/torch-2.11.0
dataFolder=$cache/data
wheelNvcc=$torchFolder/nvidia/cu13/bin/nvcc
export LIBTORCH_DIR=${LIBTORCH_DIR:-$torchFolder/torch}

say() { printf '%s: %s\n' "$program" "$*"; }

stop() { # stop STATUS SENTENCE
    printf '%s: %s\n' "$program" "$2" >&2
    exit "$1"
}

# step TEXT COMMAND...: runs the command with its output in the log; says the seconds, or the end of the log.
# `set -e` does not reach into COMMAND: a function given here chains its commands with &&.
step() {
    local text=$1 start=$EPOCHREALTIME status=0
    shift
    printf '%s: %s ... ' "$program" "$text"
    printf '=== %s\n' "$text" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null || status=$?
    if [ "$status" -ne 0 ]; then
        printf 'failed\n'
        tail -n 40 "$log" >&2
        stop 1 "\"$text\" failed (all of its output: $log); what was in place before is untouched, so it can simply be tried again"
    fi
    printf '%s s\n' "$(secondsSince "$start")"
}

secondsSince() { # of an earlier $EPOCHREALTIME, with one decimal; its decimal mark follows the locale
    local now=$EPOCHREALTIME
    local tenths=$(((${now//[.,]/} - ${1//[.,]/}) / 100000))
    printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

isInstalled() { # a Debian package
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

hasNvidiaDriver() {
    command -v nvidia-smi >/dev/null && nvidia-smi -L >/dev/null 2>&1
}

# machineNvcc: path of a CUDA 13 compiler that the machine itself has; empty where there is none.
machineNvcc() {
    local candidate
    for candidate in "$(command -v nvcc || true)" /usr/local/cuda/bin/nvcc; do
        if [ -x "$candidate" ] && "$candidate" --version 2>/dev/null | grep -q 'release 13\.'; then
            printf '%s' "$candidate"
            return 0
        fi
    done
}

# startLog FILE: later steps write there.
startLog() {
    log=$1
    mkdir -p "$(dirname "$log")"
    : >"$log"
}

# configure -DNAME=VALUE...: the build tree build/release. CMake runs when there is none yet or an option has another value;
# later changes of the CMake files are seen by the build itself.
configure() {
    local tree=$top/build/release option changed=1
    set -- "-DLIBTORCH_DIR=$LIBTORCH_DIR" "$@"
    if [ -z "$(machineNvcc)" ] && [ -x "$wheelNvcc" ]; then
        set -- "-DCMAKE_CUDA_COMPILER=$wheelNvcc" "$@"
    fi
    if [ -e "$tree/build.ninja" ]; then
        changed=''
        for option in "$@"; do
            option=${option#-D}
            sed -n 's/:[A-Z]*=/=/p' "$tree/CMakeCache.txt" | grep -qFx -e "$option" || changed=1
        done
    fi
    [ -z "$changed" ] || step configure cmake -S "$top" -B "$tree" --preset release "$@"
}

# How many compilers may run at once: one a core, and 2 GB of free memory for each (what a LibTorch source takes).
compilerCount() {
    local byMemory cores
    cores=$(nproc)
    byMemory=$(awk '/^MemAvailable:/ { print int($2 / 2000000) }' /proc/meminfo)
    if [ "${byMemory:-1}" -lt 1 ]; then byMemory=1; fi
    echo $((cores < byMemory ? cores : byMemory))
}

# build TARGET...: with ninja's own progress line on a terminal, else one line in all.
build() {
    local start=$EPOCHREALTIME command
    command=(cmake --build "$top/build/release" --parallel "$(compilerCount)" --target "$@")
    if [ -t 1 ]; then
        NINJA_STATUS='[%f/%t %es] ' "${command[@]}" || stop 1 'the build failed'
        say "build $(secondsSince "$start") s"
    else
        step build "${command[@]}"
    fi
}
