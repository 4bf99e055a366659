#!/usr/bin/env bash
# publish.sh FOLDER: the program with its own .NET, for this machine's architecture, ready to be copied to one without .NET; and
# beside it minik8s-proxy, the proxy as machine code, where that can be compiled.
# What it builds on the way stays in artifacts/publish, apart from the ordinary build, so that neither disturbs the other.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

(($# == 1)) || die "usage: deploy/publish.sh FOLDER"
require_dotnet
mkdir -p "$1"
folder=$(cd -- "$1" && pwd)
cd "$root"
dotnet publish src/MiniK8s --configuration Release --use-current-runtime --self-contained --verbosity quiet -nodeReuse:false \
  --artifacts-path "$root/artifacts/publish" --output "$folder" </dev/null >&2
"$root/scripts/build.sh" native
rm -f "$folder/minik8s-proxy"
[[ ! -x $root/artifacts/native/proxy/minik8s-proxy ]] || cp "$root/artifacts/native/proxy/minik8s-proxy" "$folder/minik8s-proxy"
