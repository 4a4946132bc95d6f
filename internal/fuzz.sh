#!/bin/sh
# Fuzzes every target of the module for a while: internal/fuzz.sh 60s. Stops at the first finding.
set -eu
time=${1:-3s}
found=0
for folder in $(go list -f '{{.Dir}}' ./...); do
	for target in $(cat "$folder"/*_test.go 2>/dev/null | sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p'); do
		found=$((found + 1))
		echo "$target in ${folder#"$PWD"/}"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$folder" || exit 1
	done
done
echo "$found targets, each fuzzed for $time"
test "$found" -gt 0
