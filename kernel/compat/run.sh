#!/usr/bin/env bash
# Builds other Go kernels with the packages of this checkout in reach, runs cells in them and
# reads what they show. Needs Go, Python 3 with venv, and a module proxy; takes minutes.
# The last line is "N passed, N failed".
#
#   run.sh [KERNEL...]     gophernotes, gonb; all of them by default
#   KEEP=1 run.sh          keeps the working folder, and says where it is
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
if [ -n "${KEEP:-}" ]; then
  echo "working folder: $work"
else
  trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
fi
export GOFLAGS="${GOFLAGS:-} -buildvcs=false"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"

kernels=("$@")
[ $# -gt 0 ] || kernels=(gophernotes gonb)
built=()
for kernel in "${kernels[@]}"; do
  if bash "$here/$kernel/build.sh" "$root" "$work"; then
    built+=("$kernel")
  else
    built+=("$kernel:unbuilt") # counts as a failure
  fi
done
mkdir -p "$work/tmp"
export JUPYTER_PATH="$work/share/jupyter" PATH="$work/bin:$PATH" TMPDIR="$work/tmp"
export COMPAT_CHECKOUT="$root" COMPAT_WORK="$work" PYTHONDONTWRITEBYTECODE=1
"$work/venv/bin/python" "$here/check.py" "$root/notebooks" "${built[@]}"
