#!/usr/bin/env bash
# Builds in the Release configuration what has changed since the last build; does nothing, quickly, when nothing has.
#   build.sh parts   the programs
#   build.sh all     the whole solution, with the tests
#   build.sh native  the proxy as machine code, in artifacts/native; where that cannot be made it says why, and succeeds
#   build.sh current WHAT   builds nothing; succeeds when nothing has changed since WHAT was built
# Everything it prints goes to standard error.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"
exec 1>&2

stamps=$root/artifacts/build

# sources parts|all|native [FIND EXPRESSION...]: the files that such a build reads.
sources() {
  local folder folders=(build) roots=(src)
  case $1 in
    all) roots=(src tests benchmarks) ;;
    native) roots=(src/Api src/Client src/Runtime src/Proxy) ;;
  esac
  shift
  for folder in "${roots[@]}"; do
    [[ ! -d $folder ]] || folders+=("$folder")
  done
  find "${folders[@]}" ./*.props BannedSymbols.txt global.json .editorconfig \
    \( -name bin -o -name obj \) -prune -o -type f "$@" -print
}

# list parts|all|native: a sum over the names of the files.
list() { sources "$1" | LC_ALL=C sort | cksum; }

# current parts|all|native: a stamp is as old as the beginning of the last good build and holds the sum of its files' names, so that
# a file that is newer, new or gone makes it stale.
current() {
  local stamp=$stamps/$1.stamp newer
  [[ -f $stamp ]] || return 1
  newer=$(sources "$1" -newer "$stamp")
  [[ -z $newer && $(list "$1") == "$(<"$stamp")" ]]
}

# native: compiles the proxy for this machine, apart from the ordinary build. One can do without, at the price of memory. Fails
# where a compiler would have to be installed first; what the compiler itself cannot do now it cannot do the next time.
native() {
  local linker folder=$root/artifacts/native log=$stamps/native.log
  local instead='minik8s: the proxy will run on the .NET runtime, with twice the memory'
  rm -rf "$folder/proxy"
  linker=$(command -v clang || command -v gcc) || {
    say "$instead: there is neither clang nor gcc to link it (./minik8s deps --install)"
    return 1
  }
  say "minik8s: compiling the proxy to machine code; this takes a minute or two"
  # The ordinary build has looked at the code already.
  if dotnet publish src/Proxy --configuration Release --use-current-runtime -p:Native=true "-p:Linker=$linker" \
    -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false -p:DebugType=none --verbosity quiet \
    -nodeReuse:false --artifacts-path "$folder/build" --output "$folder/proxy" </dev/null 9>&- >"$log" 2>&1; then
    mv "$folder/proxy/MiniK8s.Proxy" "$folder/proxy/minik8s-proxy"
  else
    say "$instead; $log says why: $({ grep -m 1 -E 'error|unable' "$log" || tail -n 1 "$log"; } | cut -c 1-300)"
  fi
}

case ${1:-} in
  current)
    cd "$root"
    current "${2:?usage: scripts/build.sh current parts|all|native}"
    exit
    ;;
  native) made=(native) ;;
  parts)
    target=src/MiniK8s/MiniK8s.csproj
    made=(parts)
    ;;
  all)
    target=MiniK8s.sln
    made=(all parts)
    ;;
  *) die "usage: scripts/build.sh parts|all|native|current WHAT" ;;
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
for what in "${made[@]}"; do list "$what" >"$stamps/$what.begun"; done
if [[ $1 == native ]]; then
  native || {
    rm -f "$stamps/native.begun"
    exit 0
  }
else
  say "minik8s: building $target; the first time this takes a minute or two"
  dotnet build "$target" --configuration Release --verbosity quiet -nodeReuse:false </dev/null 9>&- ||
    die "the build failed; what is above says why"
fi
# A move keeps the time of the beginning.
for what in "${made[@]}"; do mv "$stamps/$what.begun" "$stamps/$what.stamp"; done
[[ $1 == native && ! -x artifacts/native/proxy/minik8s-proxy ]] || say "minik8s: built in ${SECONDS} s"
