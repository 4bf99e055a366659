#!/usr/bin/env bash
# Builds in the Release configuration what has changed since the last build; does nothing, quickly, when nothing has.
#   build.sh parts   the programs
#   build.sh all     the whole solution, with the tests
# Everything it prints goes to standard error.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"
exec 1>&2

stamps=$root/artifacts/build

# sources parts|all [FIND EXPRESSION...]: the files that such a build reads.
sources() {
  local what=$1 folder folders=()
  shift
  for folder in src build $([[ $what == parts ]] || echo tests benchmarks); do
    [[ ! -d $folder ]] || folders+=("$folder")
  done
  find "${folders[@]}" ./*.props BannedSymbols.txt global.json .editorconfig \
    \( -name bin -o -name obj \) -prune -o -type f "$@" -print
}

# list parts|all: a sum over the names of the files.
list() { sources "$1" | LC_ALL=C sort | cksum; }

# current parts|all: a stamp is as old as the beginning of the last good build and holds the sum of its files' names, so that
# a file that is newer, new or gone makes it stale.
current() {
  local stamp=$stamps/$1.stamp newer
  [[ -f $stamp ]] || return 1
  newer=$(sources "$1" -newer "$stamp")
  [[ -z $newer && $(list "$1") == "$(<"$stamp")" ]]
}

case ${1:-} in
  parts)
    target=src/MiniK8s/MiniK8s.csproj
    made=(parts)
    ;;
  all)
    target=MiniK8s.sln
    made=(all parts)
    ;;
  *) die "usage: scripts/build.sh parts|all" ;;
esac
cd "$root"
mkdir -p "$stamps"
# One builds, the others wait and find it done. The lock goes with this script.
if command -v flock >/dev/null; then
  exec 9>"$stamps/lock"
  flock 9
fi
! current "$1" || exit 0

require_dotnet
say "minik8s: building $target; the first time this takes a minute or two"
for what in "${made[@]}"; do list "$what" >"$stamps/$what.begun"; done
dotnet build "$target" --configuration Release --verbosity quiet -nodeReuse:false </dev/null 9>&- ||
  die "the build failed; what is above says why"
# A move keeps the time of the beginning.
for what in "${made[@]}"; do mv "$stamps/$what.begun" "$stamps/$what.stamp"; done
say "minik8s: built in ${SECONDS} s"
