#!/usr/bin/env bash
# Runs Jupyter's own tests of kernels, and a few of what they leave out, against the installed
# kernel. Needs Go, Python 3 with venv, and a package index; takes half a minute. Exits with 0
# when all pass.
#
#   run.sh                          builds the kernel from this checkout
#   run.sh BINARY                   tests this one
#   run.sh BINARY TEST...           only some: official.KernelSuite.test_error
#   VENV=folder run.sh              keeps the Python environment there, for the next run
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${VENV:-$work/venv}

binary=${1:-}
[ $# -eq 0 ] || shift
if [ -z "$binary" ]; then
  binary=$work/gopherwood
  (cd "$here/../.." && go build -buildvcs=false -o "$binary" ./cmd/gopherwood)
fi

[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"

# A kernelspec and a configuration of their own, so that nothing of the person's is used.
"$binary" install --prefix "$work" --name gopherwood-test >"$work/install.log" 2>&1 || { cat "$work/install.log"; exit 1; }
export JUPYTER_PATH="$work/share/jupyter" JUPYTER_CONFIG_DIR="$work/config" JUPYTER_DATA_DIR="$work/data"
export JUPYTER_RUNTIME_DIR="$work/runtime" PYTHONDONTWRITEBYTECODE=1

tests=("$@")
[ $# -gt 0 ] || tests=(official beyond)
cd "$here"
"$venv/bin/python" -m unittest -v "${tests[@]}"
