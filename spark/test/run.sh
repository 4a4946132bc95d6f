#!/bin/sh
# The distributed job, tested: the pipe and the files without Spark, then a real cluster of a master and
# two workers on this machine, then a build during which one of the workers dies. Needs Go and Python, and
# Java 17 or newer for all but the first; Spark comes with the Python requirements.
# usage: run.sh [EVENTS [SECONDS]]: size of the log for the last part, and by how long each of its tasks is
# delayed, so that there is a middle in which to lose a worker
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=$root/.venv-spark
events=${1:-100000}
seconds=${2:-1}
export GOFLAGS=-buildvcs=false

if ! command -v java > /dev/null; then
	echo "skipped: there is no Java for Spark to run in; install a JRE, 17 or newer"
	exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root" && go build -o "$work/bin/gopherwood" ./cmd/gopherwood)
(cd "$root/bench" && go run ./cmd/fleet -events "$events" -shuffled -files 4 -o "$work/log")

if ! cmp -s "$here/../requirements.txt" "$venv/installed.txt"; then
	rm -rf "$venv"
	python3 -m venv "$venv"
	"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/../requirements.txt"
	cp "$here/../requirements.txt" "$venv/installed.txt"
fi

cd "$here"
export PYTHONPATH="$here/.." PYTHONDONTWRITEBYTECODE=1 GOPHERWOOD="$work/bin/gopherwood"
"$venv/bin/python" -W ignore::ResourceWarning -m unittest discover -b

mkdir "$work/slow" "$work/run"
printf '#!/bin/sh\nsleep %s\nexec "%s" "$@"\n' "$seconds" "$GOPHERWOOD" > "$work/slow/gopherwood"
chmod +x "$work/slow/gopherwood"
"$GOPHERWOOD" build "$work/log" -o "$work/single.parquet" --memory 1GB --quiet
"$venv/bin/python" kill.py "$work/log" "$work/single.parquet" "$work/run" --worker "$work/slow/gopherwood" --partitions 8
