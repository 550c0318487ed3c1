#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs libFuzzer targets one after the other; a finding ends the run with its status.
#   tests/fuzz/run.sh BUILD RUNS [NAME]...      BUILD: folder of the preset `fuzz`; without a name all targets that are built
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:?usage: run.sh BUILD RUNS [NAME]...}
runs=${2:?usage: run.sh BUILD RUNS [NAME]...}
shift 2
if [ $# -eq 0 ]; then
    for program in "$build"/bin/fuzz_*; do set -- "$@" "${program##*/fuzz_}"; done
fi
[ -d /dev/shm ] && export TMPDIR=/dev/shm # inputs that must be files
printf '%-16s %10s %8s %8s %8s\n' target runs seconds peakMB coverage
for name in "$@"; do
    work=$build/findings/$name
    mkdir -p "$work/corpus"
    cp -n "$here/corpus/$name"/* "$work/corpus/"
    begin=$SECONDS
    status=0
    "$build/bin/fuzz_$name" -runs="$runs" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 -seed=1 \
        -artifact_prefix="$work/" "$work/corpus" >"$work/log" 2>&1 || status=$?
    if [ "$status" -ne 0 ]; then
        tail -40 "$work/log"
        echo "fuzz_$name failed after $((SECONDS - begin)) s; its input lies in $work" >&2
        exit "$status"
    fi
    printf '%-16s %10s %8s %8s %8s\n' "$name" "$(awk '/stat::number_of_executed_units/ { print $2 }' "$work/log")" \
        "$((SECONDS - begin))" "$(awk '/stat::peak_rss_mb/ { print $2 }' "$work/log")" \
        "$(awk '/DONE/ { for (i = 1; i < NF; ++i) if ($i == "cov:") print $(i + 1) }' "$work/log")"
done
