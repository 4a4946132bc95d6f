#!/bin/sh
# The kernel in JupyterLab, in a browser: builds gopherwood, makes a Python environment with
# JupyterLab, installs the kernel there and goes through what a person does. Screenshots are
# in out/lab. Needs Go, Python, Node and a Chromium (CHROMIUM says where; Debian's is found).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/out/lab-work
venv=$work/venv
requirements=$root/notebooks/requirements-lab.txt
export GOFLAGS=-buildvcs=false

mkdir -p "$work"
(cd "$root" && go build -o "$work/gopherwood" ./cmd/gopherwood)

# the environment is made anew whenever the requirements change
if ! cmp -s "$requirements" "$venv/installed.txt"; then
	rm -rf "$venv"
	python3 -m venv "$venv"
	"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
	cp "$requirements" "$venv/installed.txt"
fi
"$work/gopherwood" install --prefix "$venv"

cd "$here"
npm ci --ignore-scripts --silent
exec node lab.mjs "$root" "$venv" "$root/out/lab"
