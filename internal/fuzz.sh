#!/bin/sh
# Fuzzes every target of the module for so many seconds, two at a time: internal/fuzz.sh 60s. Fails
# when one finds something, which is in the package's testdata/fuzz then, or when inputs take so long
# that a round of them has not ended after ten minutes.
#
# Rounds of a number of inputs, not one of a time: when a time ends, Go before 1.27 may report
# "context deadline exceeded" as if it had found something (https://go.dev/issue/75804). What a round
# found worth keeping, the next one begins with.
set -eu
seconds=${1:-3s}
seconds=${seconds%s}
case $seconds in "" | *[!0-9]*) echo "internal/fuzz.sh takes seconds, such as 60s, not $1" >&2; exit 2 ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cache=$(go env GOCACHE)/fuzz
go list -f '{{.Dir}} {{.ImportPath}}' ./... | while read -r folder package; do
	targets=$(cat "$folder"/*_test.go 2>/dev/null | sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p')
	test -n "$targets" || continue
	binary=$work/$(echo "$package" | tr / -).test
	go test -c -fuzz . -o "$binary" "$package"
	for target in $targets; do
		echo "$target $folder $binary $cache/$package" >> "$work/list"
	done
done
found=$(wc -l < "$work/list")
test "$found" -gt 0
xargs -P 2 -L 1 sh -c '
	seconds=$1 target=$2 folder=$3 binary=$4 cache=$5
	cd "$folder"
	began=$(date +%s) inputs=0
	while [ $(($(date +%s) - began)) -lt "$seconds" ] || [ $inputs -eq 0 ]; do
		said=$(timeout 10m "$binary" -test.run "^\$" -test.fuzz "^$target\$" -test.fuzztime 4000x \
			-test.fuzzminimizetime 5s -test.fuzzcachedir "$cache" -test.parallel 1 2>&1) || {
			status=$?
			echo "$target in $folder"
			echo "$said"
			[ $status -ne 124 ] || echo "not ended after ten minutes"
			exit 1
		}
		inputs=$((inputs + 4000))
	done
	interesting=$(echo "$said" | sed -n "s/.*(total: \(.*\))/\1/p" | tail -1)
	echo "$target in $folder: $inputs inputs in $(($(date +%s) - began)) s, $interesting of them kept"
' fuzz "$seconds" < "$work/list"
echo "$found targets, each fuzzed for $seconds s"
