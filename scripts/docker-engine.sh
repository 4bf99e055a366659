#!/usr/bin/env bash
# Sees to it that a Docker Engine answers, for `./minik8s up`, and undoes it for `./minik8s down`.
#   docker-engine.sh ensure [--docker-host URL] [--data-dir DIR]   start the host's engine if none answers
#   docker-engine.sh stop   [--docker-host URL] [--data-dir DIR]   stop the engine, if `ensure` started it itself
# Only the engine of the usual address is started: by the host's init system, or, where none runs (in a container), directly,
# with its log and its process id in DIR.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

verb=${1:-}
(($# == 0)) || shift
host=$default_docker_host
data=${HOME:-/root}/.minik8s
while (($# > 0)); do
  case $1 in
    --docker-host) host=${2:?--docker-host needs a value}; shift 2 ;;
    --data-dir) data=${2:?--data-dir needs a value}; shift 2 ;;
    *) die "docker-engine.sh does not know '$1'; it takes --docker-host URL and --data-dir DIR" ;;
  esac
done
pid_file=$data/dockerd.pid
log=$data/dockerd.log

# answers: whether an engine answers at $host.
answers() {
  if command -v curl >/dev/null; then
    case $host in
      unix://*) curl -fsS -m 5 --unix-socket "${host#unix://}" http://docker/_ping >/dev/null 2>&1 ;;
      tcp://*) curl -fsS -m 5 "http://${host#tcp://}/_ping" >/dev/null 2>&1 ;;
      *) die "the Docker address '$host' must begin with unix:// or tcp://" ;;
    esac
  else
    command -v docker >/dev/null || die "there is neither curl nor docker to ask the Docker engine with; run ./minik8s deps --install"
    timeout 5 docker --host "$host" version >/dev/null 2>&1
  fi
}

# wait_for SECONDS COMMAND...: asks again until the command succeeds or the time is over.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

# alive PID: whether a process runs; one that has ended and that nobody has reaped does not.
alive() { [[ -r /proc/$1/stat ]] && ! grep -q ') Z ' "/proc/$1/stat"; }
gone() { ! alive "$1"; }

# forget_stale FILE NAME: removes a pid file whose process is gone, or is not what the file takes it for.
forget_stale() {
  local pid
  [[ -s $1 ]] || return 0
  pid=$(<"$1")
  if gone "$pid" || [[ $(<"/proc/$pid/comm") != "$2" ]]; then rm -f "$1"; fi
}

explain_and_die() {
  die "no Docker engine answers at $host, and $1.
Pods need one. Either
  - install Docker (./minik8s deps --install, or the package docker.io) and start it, or
  - name the one you have: ./minik8s up --docker-host unix:///path/to/docker.sock, or
  - run the control plane alone: ./minik8s up --no-kubelet"
}

start_directly() {
  # What comes to lie there later is its owner's alone.
  [[ -d $data ]] || mkdir -p -m 0700 "$data"
  # An engine that was killed leaves its pid file and that of its containerd; the next one would take them for living.
  forget_stale "$pid_file" dockerd
  forget_stale /run/docker/containerd/containerd.pid containerd
  say "minik8s: no init system runs here: starting dockerd, its log is $log"
  setsid dockerd --host "$host" --pidfile "$pid_file" >>"$log" 2>&1 </dev/null &
  local started=$!
  ready_or_ended() { answers || gone "$started"; }
  wait_for 60 ready_or_ended || true
  answers || {
    tail -n 15 "$log" >&2
    explain_and_die "dockerd, started here, did not come up (see $log)"
  }
}

ensure() {
  ! answers || return 0
  [[ $host == unix:///var/run/docker.sock || $host == unix:///run/docker.sock ]] || explain_and_die "only the host's own engine can be started here"
  command -v dockerd >/dev/null || explain_and_die "Docker is not installed"
  ((UID == 0)) || explain_and_die "starting it needs root (sudo systemctl start docker); after that your account must be in the group docker"
  if [[ -d /run/systemd/system ]]; then
    systemctl start docker || explain_and_die "systemctl start docker failed"
  elif [[ -e /run/openrc/softlevel ]]; then
    rc-service docker start || explain_and_die "rc-service docker start failed"
  else
    start_directly
  fi
  wait_for 60 answers || explain_and_die "the service was started but does not answer"
  say "minik8s: the Docker engine answers at $host"
}

# The name of the process is checked: its id may belong to a stranger by now.
stop() {
  [[ -s $pid_file ]] || return 0
  local pid
  pid=$(<"$pid_file")
  if alive "$pid" && [[ $(<"/proc/$pid/comm") == dockerd ]]; then
    say "minik8s: stopping dockerd ($pid)"
    kill "$pid"
    wait_for 30 gone "$pid" || kill -9 "$pid"
  fi
  rm -f "$pid_file"
}

case $verb in
  ensure) ensure ;;
  stop) stop ;;
  *) die "usage: scripts/docker-engine.sh ensure|stop [--docker-host URL] [--data-dir DIR]" ;;
esac
