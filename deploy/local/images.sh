#!/usr/bin/env bash
# images.sh KAFKA_FOLDER: makes, in the engine that DOCKER_HOST names, the images that docker-compose.yml otherwise takes from
# registries, and prints the variables that make it use them:
#   eval "$(deploy/local/images.sh FOLDER)" && docker compose up
# FOLDER has a program `kafka` that runs a broker by `kafka run DATA PORT`, and what that needs beside a Java runtime.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

(($# == 1)) || die "usage: deploy/local/images.sh KAFKA_FOLDER"
kafka=$1
[[ -x $kafka/kafka ]] || die "there is no program kafka in $kafka"

# The engine's builder needs no registry for an image that it has.
build() { DOCKER_BUILDKIT=0 docker build --quiet --tag "$1" --file - "$2" >/dev/null 2>"$log" || { cat "$log" >&2; die "$1 could not be built"; }; }

program=$root/artifacts/compose/program
log=$root/artifacts/compose/build.log
mkdir -p "$program"
"$root/deploy/publish.sh" "$program" &
publishing=$!
trap 'kill "$publishing" 2>/dev/null || true' EXIT
tar=$("$root/deploy/local/rootfs.sh")
docker import "$tar" minik8s/local-rootfs:1 >/dev/null
build minik8s/local-kafka:1 "$kafka" <<'IMAGE'
FROM minik8s/local-rootfs:1
COPY . /opt/kafka
ENV KAFKA_LISTEN=0.0.0.0 KAFKA_ADVERTISED=kafka
CMD ["sh", "-c", "rm -f /var/lib/kafka/data/pid && exec /opt/kafka/kafka run /var/lib/kafka/data 9092"]
IMAGE
wait "$publishing" || die "the program could not be published"
trap - EXIT
build minik8s/local-base:1 "$program" <<'IMAGE'
FROM minik8s/local-rootfs:1
COPY . /prebuilt
IMAGE
cat <<'VARIABLES'
export MINIK8S_BASE=minik8s/local-rootfs:1
export MINIK8S_BUILD_BASE=minik8s/local-base:1
export ETCD_IMAGE=minik8s/local-rootfs:1
export KAFKA_IMAGE=minik8s/local-kafka:1
VARIABLES
