#!/usr/bin/env bash
# Runs all tests, or those of the projects named: test.sh [--no-install] [PROJECT...], for example test.sh Api Kubelet.
# As root it first installs the system packages that are missing. Its last line is `N passed, N failed, N skipped`; the exit
# code is not zero when a test failed, or was skipped for a reason that tests/acceptable-skips.txt does not know.
# MINIK8S_TEST_MINUTES limits the whole run (28), MINIK8S_TEST_PROJECT_MINUTES one project (12).
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"
exec 2>&1 </dev/null

whole=$((${MINIK8S_TEST_MINUTES:-28} * 60))
each=$((${MINIK8S_TEST_PROJECT_MINUTES:-12} * 60))
results=$root/artifacts/test-results
skips=$results/skips.txt
passed=0 failed=0 skipped=0
broken=()

# attribute NAME FILE: a number of the result file's <assembly> element; 0 where it has none, as for a project without tests.
attribute() {
  local element
  element=$(grep -o -m 1 '<assembly [^>]*>' "$2" | head -n 1 || true)
  [[ $element =~ \ $1=\"([0-9]+)\" ]] && echo "${BASH_REMATCH[1]}" || echo 0
}

# tests FILE RESULT ELEMENT: "test<tab>text" of each test of the result file that ended with RESULT (Skip, Fail), the text from
# the ELEMENT (reason, message) that says why.
tests() {
  { tr -s "\n " " " <"$1" && echo; } | sed 's/<test /\n<test /g' |
    sed -n "s/^<test [^>]*name=\"\([^\"]*\)\"[^>]*result=\"$2\".*<$3><!\[CDATA\[\(.*\)\]\]><\/$3>.*/\1\t\2/p"
}

# run NAME: runs one test project and adds its numbers to the sums.
run() {
  local name=$1 limit=$each left=$((whole - SECONDS)) begun=$SECONDS code=0 file=$results/$1.xml
  local program
  program=$(dirname "$root"/tests/*/"MiniK8s.$1.Tests.csproj")/bin/Release/net10.0/MiniK8s.$1.Tests
  ((left < limit)) && limit=$left
  if ((limit < 5)); then
    failed=$((failed + 1))
    broken+=("$name: not run, the $((whole / 60)) minutes of the whole run are over (MINIK8S_TEST_MINUTES)")
    return
  fi
  say "== $name"
  timeout --kill-after=20 "$limit" "$program" -noLogo -noColor -xml "$file" || code=$?
  if [[ ! -s $file ]]; then
    failed=$((failed + 1))
    case $code in
      124 | 137) broken+=("$name: ended after $limit s, its time is over (MINIK8S_TEST_PROJECT_MINUTES, MINIK8S_TEST_MINUTES)") ;;
      *) broken+=("$name: ended with $code and left no results") ;;
    esac
    return
  fi
  local good bad errors out
  good=$(attribute passed "$file") bad=$(attribute failed "$file") errors=$(attribute errors "$file") out=$(attribute skipped "$file")
  ((code == 0 || bad + errors > 0)) || {
    errors=1
    broken+=("$name: ended with $code although no test failed")
  }
  tests "$file" Skip reason >>"$skips"
  passed=$((passed + good)) failed=$((failed + bad + errors)) skipped=$((skipped + out))
  ((bad + errors == 0)) || broken+=("$name: $((bad + errors)) failed")
  while read -r line; do broken+=("  ${line:0:1000}"); done < <(tests "$file" Fail message)
  say "== $name: $good passed, $((bad + errors)) failed, $out skipped, in $((SECONDS - begun)) s"
}

# unacceptable: the skipped tests whose reason nobody accepted.
unacceptable() { grep -v -E -f <(grep -v -E '^(#|$)' "$root/tests/acceptable-skips.txt") "$skips" || true; }

# projects NAME...: the test projects, the end-to-end tests last; all of them when none is named.
projects() {
  local file name
  for file in "$root"/tests/*/MiniK8s.*.Tests.csproj; do
    name=$(basename "$file" .Tests.csproj)
    name=${name#MiniK8s.}
    (($# == 0)) || [[ " $* " == *" $name "* ]] || continue
    [[ $name == E2E ]] && printf '2 %s\n' "$name" || printf '1 %s\n' "$name"
  done | sort | cut -d ' ' -f 2
}

install=true
if [[ ${1:-} == --no-install ]]; then
  install=false
  shift
fi
mapfile -t names < <(projects "$@")
((${#names[@]} > 0)) || die "no test project is called ${*}; there are: $(projects | tr '\n' ' ')"
(($# == 0 || ${#names[@]} == $#)) || die "not all of '$*' are test projects; there are: $(projects | tr '\n' ' ')"
require_dotnet
if [[ $install == true && $UID == 0 ]]; then
  "$root/scripts/install-deps.sh" --install || say "minik8s: some packages are missing; the tests that need them will say so"
else
  "$root/scripts/install-deps.sh" || true
fi
"$root/scripts/build.sh" all
"$root/scripts/build.sh" native
rm -rf "$results"
mkdir -p "$results"
: >"$skips"

for name in "${names[@]}"; do run "$name"; done

say
# Which tests they were is in the results; the reasons are few.
[[ ! -s $skips ]] || { say "Skipped:" && cut -f 2 "$skips" | sort | uniq -c; }
wrong=$(unacceptable)
if [[ -n $wrong ]]; then
  say "Skipped although their part can be had (tests/acceptable-skips.txt lists the reasons that count):"
  printf '%s\n' "$wrong" | sed 's/^/  /'
fi
if ((${#broken[@]} > 0)); then
  say "Failed:"
  printf '  %s\n' "${broken[@]}"
fi
say "$((SECONDS / 60)) min $((SECONDS % 60)) s, results in artifacts/test-results"
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 && -z $wrong ]]
