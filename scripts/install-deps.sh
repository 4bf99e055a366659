#!/usr/bin/env bash
# The system packages that MiniK8s runs and is tested with.
#   install-deps.sh             list what is missing; exit code 1 if anything is
#   install-deps.sh --install   install what is missing with the system's package manager (apt, dnf or apk)
# Nothing is ever upgraded, replaced or started.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

# What is looked for (a program, a library lib*.so.N, a header, or java:N for a Java runtime), the packages of apt, dnf and apk that have
# it (alternatives after |, the first that the system knows is taken; - where we know of none), and what it is for.
table='
dockerd            docker.io                                 moby-engine               docker                 running pods
iptables           iptables                                  iptables-nft              iptables               Services in iptables mode
nft                nftables                                  nftables                  nftables               Services in nftables mode
ipset              ipset                                     ipset                     ipset                  Services in IPVS mode
ipvsadm            ipvsadm                                   ipvsadm                   ipvsadm                tests that look at virtual servers
linux.uml          user-mode-linux                           -                         -                      tests of IPVS where the kernel has none
conntrack          conntrack                                 conntrack-tools           conntrack-tools        forgetting the connections of endpoints that left
ip                 iproute2                                  iproute                   iproute2               networks between nodes
nsenter            util-linux                                util-linux                util-linux             network namespaces
ps                 procps                                    procps-ng                 procps                 looking at processes
sysctl             procps                                    procps-ng                 procps                 forwarding between pods
curl               curl                                      curl                      curl                   asking whether servers answer
busybox:static     busybox-static                            busybox                   busybox-static         the example image, made here
librdkafka.so.1    librdkafka1                               librdkafka                librdkafka             events on Kafka
libsqlite3.so.0    libsqlite3-0                              sqlite-libs               sqlite-libs            the embedded store
etcd               etcd-server                               etcd                      -                      tests on etcd
etcdctl            etcd-client                               etcd                      -                      tests that look into etcd
kcat               kcat                                      -                         -                      tests that read Kafka as a stranger
gcc                gcc                                       gcc                       gcc                    compiling the proxy to machine code
stdlib.h           libc6-dev                                 glibc-devel               musl-dev               compiling the proxy to machine code
debootstrap        debootstrap                               debootstrap               debootstrap            the local images of the compose test
docker-compose     docker-compose                            docker-compose            docker-cli-compose     the compose test
java:17            openjdk-17-jre-headless|openjdk-21-jre-headless|default-jre-headless   java-21-openjdk-headless|java-17-openjdk-headless   openjdk17-jre-headless|openjdk21-jre-headless   the Kafka broker of the tests
'

# present THING: whether this system has it.
present() {
  local folder version
  case $1 in
    lib*.so.*)
      for folder in /lib /usr/lib /usr/lib64 /lib/*-linux-* /usr/lib/*-linux-*; do
        [[ ! -e $folder/$1 ]] || return 0
      done
      return 1
      ;;
    *.h) [[ -e /usr/include/$1 ]] ;;
    java:*)
      command -v java >/dev/null || return 1
      version=$(java -version 2>&1) || return 1
      [[ $version =~ \"([0-9]+) ]] && ((BASH_REMATCH[1] >= ${1#java:}))
      ;;
    busybox:static)
      for folder in /bin /usr/bin /sbin /usr/sbin; do
        if [[ -e $folder/busybox.static ]]; then return 0; fi
        if [[ -x $folder/busybox ]] && ! ldd "$folder/busybox" >/dev/null 2>&1; then return 0; fi
      done
      return 1
      ;;
    *) PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null ;;
  esac
}

manager() {
  local name
  for name in apt-get dnf apk; do
    if command -v "$name" >/dev/null; then
      echo "$name"
      return
    fi
  done
  echo none
}

# known PACKAGE: whether the package manager could install it.
known() {
  case $manager in
    apt-get) LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -c 'Candidate: [^(]' >/dev/null ;;
    dnf) dnf -q info "$1" >/dev/null 2>&1 ;;
    apk) [[ -n $(apk search -x "$1" 2>/dev/null) ]] ;;
  esac
}

# package ALTERNATIVES: the first that is known; without a known one the first of all, so that the error names something.
package() {
  local name names
  IFS='|' read -r -a names <<<"$1"
  for name in "${names[@]}"; do
    if known "$name"; then
      echo "$name"
      return
    fi
  done
  echo "${names[0]}"
}

as_root() {
  if ((UID == 0)); then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    die "installing packages needs root; run: sudo ./minik8s deps --install"
  fi
}

refresh() {
  case $manager in
    apt-get) as_root apt-get update -q ;;
    apk) as_root apk update -q ;;
  esac
}

install() {
  case $manager in
    apt-get) as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --no-upgrade "$@" ;;
    dnf) as_root dnf install -y -q "$@" ;;
    apk) as_root apk add -q "$@" ;;
  esac
}

mode=${1:-list}
[[ $mode == list || $mode == --install ]] || die "usage: scripts/install-deps.sh [--install]"
exec 1>&2 </dev/null
manager=$(manager)
missing=()
unknown=()
while read -r thing apt dnf apk purpose; do
  [[ -n $thing ]] || continue
  ! present "$thing" || continue
  case $manager in apt-get) choice=$apt ;; dnf) choice=$dnf ;; apk) choice=$apk ;; *) choice=- ;; esac
  if [[ $choice == - ]]; then
    unknown+=("$thing")
    say "missing: $thing ($purpose); no package of this system is known to have it"
  else
    missing+=("$choice")
    say "missing: $thing ($purpose), package ${choice//|/ or }"
  fi
done <<<"$table"

if ((${#missing[@]} == 0)); then
  ((${#unknown[@]} > 0)) || say "minik8s: all system packages are here"
  exit $((${#unknown[@]} > 0))
fi
if [[ $mode == list ]]; then
  say "minik8s: ./minik8s deps --install installs what has a package"
  exit 1
fi
[[ $manager != none ]] || die "this system has neither apt, dnf nor apk"
refresh || say "minik8s: the package lists could not be refreshed; trying with those that are here"
packages=()
for choice in "${missing[@]}"; do packages+=("$(package "$choice")"); done
mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
if ! install "${packages[@]}"; then
  # One bad name must not keep the others away.
  failed=()
  for name in "${packages[@]}"; do install "$name" || failed+=("$name"); done
  ((${#failed[@]} == 0)) || die "could not install: ${failed[*]}"
fi
