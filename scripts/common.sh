# shellcheck shell=bash
# What the scripts of this project share. To be sourced, with `set -euo pipefail` in force.

# Where Docker Engine listens unless told otherwise; the scripts use it.
# shellcheck disable=SC2034
default_docker_host=unix:///var/run/docker.sock

# say TEXT...: progress, on standard error so that standard output stays the command's own.
say() { printf '%s\n' "$*" >&2; }

# die TEXT...: an error that ends the script.
die() {
  printf 'minik8s: %s\n' "$*" >&2
  exit 1
}

# require_dotnet: ends with a plain message unless the .NET SDK 10 is here.
require_dotnet() {
  local how='install the .NET SDK 10: https://dotnet.microsoft.com/download (Ubuntu: apt-get install dotnet-sdk-10.0; Fedora: dnf install dotnet-sdk-10.0)'
  command -v dotnet >/dev/null || die "there is no dotnet on the PATH; $how"
  # Captured first: a grep that stops reading early would make the pipe fail.
  local sdks
  sdks=$(dotnet --list-sdks)
  grep -q '^10\.' <<<"$sdks" || die "the .NET SDK 10 is missing, there is only: ${sdks:-none}; $how"
}

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
# An account without a home directory, as some build machines have it.
if [[ -z ${HOME:-} ]]; then
  export DOTNET_CLI_HOME="${TMPDIR:-/tmp}/minik8s-dotnet-$UID"
fi
