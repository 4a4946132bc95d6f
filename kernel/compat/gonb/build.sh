#!/usr/bin/env bash
# Builds GoNB and the goimports that it calls for each cell.
#
#   build.sh CHECKOUT WORK     leaves WORK/share/jupyter/kernels/gonb and WORK/bin/goimports,
#                              and WORK/gonb/go.mod and go.sum for the cells
#
# "go install …@version" would ask the proxy for the list of versions, which not every proxy
# gives; a module that requires both does not.
set -euo pipefail
root=$1 work=$2/gonb
here=$(cd "$(dirname "$0")" && pwd)
ours=github.com/gophertrees/gopherwood
theirs=github.com/janpfeifer/gonb

mkdir -p "$work" "$2/bin"
cp "$here/go.mod" "$work/go.mod"
sort -u "$here/go.sum" "$root/go.sum" > "$work/go.sum"
cd "$work"
go mod edit -replace "$ours=$root"
export GOFLAGS="$GOFLAGS -mod=mod"
go build -o "$work/gonb" "$theirs"
go build -o "$2/bin/goimports" golang.org/x/tools/cmd/goimports

# what cells import: compiled once here, so that go.sum is complete and the first cell is quick
go build "$theirs/gonbui" "$ours/dataframe" "$ours/logs" "$ours/ptree" "$ours/plotting"

# gopls, for completion and help, is not needed for what cells show: hence -force_deps
PATH="$2/bin:$PATH" JUPYTER_DATA_DIR="$2/share/jupyter" "$work/gonb" --install --force_deps --force_copy 2> "$work/install.log" ||
  { cat "$work/install.log" >&2; exit 1; }
