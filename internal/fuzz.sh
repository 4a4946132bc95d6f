#!/bin/sh
# Fuzzes every target of the module for a while, two at a time: internal/fuzz.sh 60s. Fails when one
# finds something; what it found is in the package's testdata/fuzz.
set -eu
time=${1:-3s}
list=$(mktemp)
trap 'rm -f "$list"' EXIT
for folder in $(go list -f '{{.Dir}}' ./...); do
	for target in $(cat "$folder"/*_test.go 2>/dev/null | sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p'); do
		echo "$target $folder" >> "$list"
	done
done
found=$(wc -l < "$list")
test "$found" -gt 0
xargs -P 2 -L 1 sh -c '
	said=$(go test -run "^\$" -fuzz "^$2\$" -fuzztime "$1" -fuzzminimizetime 5s -parallel 1 "$3" 2>&1) || { echo "$2 in $3"; echo "$said"; exit 1; }
	echo "$2 in ${3#"$PWD"/}: $(echo "$said" | sed -n "/^fuzz: elapsed/h; \${x;p}")"
' fuzz "$time" < "$list"
echo "$found targets, each fuzzed for $time"
