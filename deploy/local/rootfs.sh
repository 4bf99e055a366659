#!/usr/bin/env bash
# rootfs.sh: makes a Debian with everything that the images of docker-compose.yml need, without an image registry, and prints the
# path of its tar. It is kept in the user's cache directory under the sum of what it is made from, so that the next run is quick.
# Needs root, and debootstrap with a Debian mirror (MINIK8S_DEBIAN_MIRROR, http://deb.debian.org/debian unless set).
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

suite=bookworm
mirror=${MINIK8S_DEBIAN_MIRROR:-http://deb.debian.org/debian}
# Beside the image's own: etcd, and a Java runtime for Kafka.
mapfile -t packages < <(cat "$root/deploy/image/packages.txt" && printf '%s\n' etcd-client etcd-server openjdk-17-jre-headless)

((UID == 0)) || die "debootstrap needs root"
command -v debootstrap >/dev/null || die "there is no debootstrap; scripts/install-deps.sh --install gets it"
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/minik8s
sum=$(printf '%s\n' "$suite" "$mirror" "${packages[@]}" | cat - "${BASH_SOURCE[0]}" | sha256sum | head -c 16)
tar=$cache/rootfs-$sum.tar
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9

# sweep FOLDER...: removes what a run made, also one that was cut short: scripts of packages leave mounts behind then.
sweep() {
  local folder
  for folder in "$@"; do
    umount --lazy "$folder/system/proc" "$folder/system/sys" "$folder" 2>/dev/null || true
    rm -rf --one-file-system "$folder" "$folder.tar"
  done
}

if [[ ! -f $tar ]]; then
  say "local base: debootstrap $suite from $mirror"
  shopt -s nullglob
  sweep "$cache"/making-??????
  work=$(mktemp -d "$cache/making-XXXXXX")
  trap 'sweep "$work"' EXIT
  # dpkg waits for the disk file by file. Where there is memory enough (it takes 900 MB), it has none to wait for.
  available=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
  ((available < 4 << 20)) || mount -t tmpfs -o mode=0755 minik8s-rootfs "$work" 2>/dev/null || true
  debootstrap --variant=minbase --include="$(IFS=,; echo "${packages[*]}")" "$suite" "$work/system" "$mirror" >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; die "debootstrap failed; what it said last is above"; }
  tar --create --file "$work.tar" --directory "$work/system" --one-file-system \
    --exclude=./var/cache/apt --exclude=./var/lib/apt/lists --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale .
  rm -f "$cache"/rootfs-*.tar
  mv "$work.tar" "$tar"
fi
echo "$tar"
