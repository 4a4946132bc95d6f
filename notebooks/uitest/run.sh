#!/bin/sh
# The interactive tree in JupyterLab 4 and Notebook 7, in a browser: builds gopherwood, makes a
# Python environment with both and the extensions that show widgets, installs the kernel there, and
# goes through what a person does. Screenshots are in out/ui. Needs Go, Python, Node and a Chromium
# (CHROMIUM says where; Debian's is found).
# usage: run.sh PAGES [FRONTEND]; PAGES is the folder that go test -run TestPages ./plotting/viewer filled
set -eu
pages=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/out/ui-work
venv=$work/venv
export GOFLAGS=-buildvcs=false

mkdir -p "$work"
(cd "$root" && go build -o "$work/gopherwood" ./cmd/gopherwood)

# the environment is made anew whenever the requirements change
cat "$here/../requirements-lab.txt" "$here/requirements.txt" > "$work/wanted.txt"
if ! cmp -s "$work/wanted.txt" "$venv/installed.txt"; then
	rm -rf "$venv"
	python3 -m venv "$venv"
	"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
	cp "$work/wanted.txt" "$venv/installed.txt"
fi
"$work/gopherwood" install --prefix "$venv" > /dev/null 2>&1

# the browser and the parts of the test are those of the kernel's own test; axe is the pages'
npm --prefix "$root/kernel/labtest" ci --ignore-scripts --silent
npm --prefix "$root/plotting/viewer/browsertest" ci --ignore-scripts --silent
cd "$here"
exec node ui.mjs "$root" "$venv" "$pages" "$root/out/ui" ${2:-}
