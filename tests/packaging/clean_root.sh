#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian package in a clean Debian 12 and walks through what a new user does: start, read the sentence, set up, start,
# make and run the quickstart. Needs root and debootstrap; leaves nothing behind. Not a ctest: it downloads half a gigabyte.
#   clean_root.sh FILE.deb [BASE.tar]       BASE.tar: a packed clean system, made by debootstrap where it is not given
# Exit status: 0 where all went as it should; else 1, with the step that did not.
set -eu
package=$(realpath "${1:?usage: clean_root.sh FILE.deb [BASE.tar]}")
base=${2:-}
root=$(mktemp -d)
finish() {
    for place in dev/shm dev proc; do
        if mountpoint -q "$root/$place"; then umount -R -l "$root/$place"; fi
    done
    rm -rf --one-file-system "$root"
}
trap finish EXIT
if [ -n "$base" ]; then
    tar -C "$root" -xf "$base"
else
    debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$root.log" 2>&1 || { tail -n 3 "$root.log"; exit 1; }
    rm -f "$root.log"
fi
chmod 755 "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev"
for device in null zero full random urandom tty; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir "$root/dev/shm"
mount -t tmpfs tmpfs "$root/dev/shm"
for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
    if [ -e "$file" ]; then mkdir -p "$root${file%/*}" && cp "$file" "$root$file"; fi
done
cp "$package" "$root/root/palimpsest.deb"

inside() {
    env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PIP_CERT=/etc/ssl/certs/ca-certificates.crt QT_QPA_PLATFORM=offscreen chroot "$root" /bin/bash -c "cd /root && $1" 2>&1
}
step() { # TEXT COMMAND WANTED-STATUS [WANTED-PATTERN]
    local output status=0 start=$SECONDS
    output=$(inside "$2") || status=$?
    # shellcheck disable=SC2053 # a pattern
    if [ "$status" -ne "$3" ] || { [ -n "${4:-}" ] && [[ $output != $4 ]]; }; then
        printf '%s: FAILED with status %d, expected %d and %s\n%s\n' "$1" "$status" "$3" "${4:-any text}" "$(tail -n 30 <<<"$output")"
        exit 1
    fi
    printf '%s: good (%d s)\n%s\n' "$1" $((SECONDS - start)) "$(tail -n "${5:-3}" <<<"$output" | sed 's/^/    /')"
}
step 'apt update' 'apt-get -q update' 0
step 'apt install ./palimpsest.deb' 'apt-get -q -y install ./palimpsest.deb' 0
step 'size installed' "dpkg-query -W -f='\${Package} \${Version} \${Installed-Size} KB\n' palimpsest; du -sh / --one-file-system | cut -f1" 0
step 'start without LibTorch' 'palimpsest-workbench' 2 'palimpsest-workbench: *palimpsest-setup*'
step 'command line without LibTorch' 'palimpsest --version' 2 'palimpsest: *palimpsest-setup*'
step 'palimpsest-setup --yes' 'palimpsest-setup --yes' 0 '*done in * s' 8
step 'palimpsest-setup again' 'palimpsest-setup --yes' 0 '*all in place'
step 'palimpsest --version' 'palimpsest --version' 0
# 124: it still ran when timeout ended it, as a window does.
step 'palimpsest-workbench starts' 'timeout 10 palimpsest-workbench' 124
step 'quickstart' 'palimpsest new /root/q --sample quickstart && palimpsest run /root/q' 0 '*virtualized*' 14
step 'palimpsest-workbench on it' 'timeout 10 palimpsest-workbench /root/q' 124
step 'apt remove' 'apt-get -q -y remove palimpsest && ! ls /usr/bin/palimpsest* /usr/lib/palimpsest 2>/dev/null' 0
