#!/usr/bin/env bash
# Builds gophernotes with our packages linked in, the way its imports/README.md describes: gomacro's
# import command writes one file for each package, and gophernotes is compiled with them.
#
#   build.sh CHECKOUT WORK     leaves WORK/share/jupyter/kernels/gophernotes
#
# No upstream source is kept in this repository: it is copied from the module cache into WORK.
set -euo pipefail
root=$1 work=$2/gophernotes
here=$(cd "$(dirname "$0")" && pwd)
ours=github.com/gophertrees/gopherwood
theirs=github.com/gopherdata/gophernotes

# gomacro writes to the folder of its own imports package below GOPATH. A module there, a copy
# of ours, tells it where our packages are.
module=$work/gopath/src/github.com/cosmos72/gomacro
mkdir -p "$module/imports"
cp "$here/go.mod" "$module/go.mod"
sort -u "$here/go.sum" "$root/go.sum" > "$module/go.sum"
cd "$module"
go mod edit -replace "$ours=$root"
export GOFLAGS="$GOFLAGS -mod=mod"
go build -o "$work/gomacro" github.com/cosmos72/gomacro
go build "$ours/dataframe" "$ours/logs" "$ours/ptree" "$ours/plotting"
go mod graph > "$work/graph" # has every go.mod of the graph downloaded, which go get wants to read

# gomacro runs "go get PACKAGE", and go asks the proxy whether PACKAGE is a module. A proxy that
# answers 403 to that, rather than 404, ends the command; the module cache as proxy says 404.
cache=$(go env GOMODCACHE)
GOPROXY="file://$cache/cache/download" GOMODCACHE=$cache GOPATH=$work/gopath "$work/gomacro" -e \
  "import (_b \"$ours/dataframe\"; _b \"$ours/logs\"; _b \"$ours/ptree\"; _b \"$ours/plotting\")"

go mod download "$theirs" # list knows the folder only of what is in the cache
cp -r "$(go list -m -f '{{.Dir}}' "$theirs")" "$work/source"
chmod -R u+w "$work/source"
for package in dataframe logs ptree plotting; do
  mv "$module/imports/github_com_gophertrees_gopherwood_$package.go" "$work/source/imports/"
done

# v0.7.5 gives the proxy of JSONer another method than JSONer asks for. The gomacro of its time
# did not look; the one that runs on today's Go refuses to start. Upstream has since corrected
# the same two lines in the same way.
display=$work/source/x_package.go
sed -i.before -e 's/^\(\tJSON_  func(interface{})\) string$/\1 map[string]interface{}/' \
  -e 's/^\(func (P \*proxy_JSONer) JSON()\) string {$/\1 map[string]interface{} {/' "$display"
test "$(grep -c 'JSON.*map\[string\]interface{}' "$display")" -eq 2

go mod edit -replace "$theirs=$work/source"
go build -o "$work/gophernotes" "$theirs"

spec=$2/share/jupyter/kernels/gophernotes
mkdir -p "$spec"
sed "s|\"gophernotes\",|\"$work/gophernotes\",|" "$work/source/kernel/kernel.json.in" > "$spec/kernel.json"
