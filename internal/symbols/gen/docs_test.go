package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/gophertrees/gopherwood/kernel/engine/docs"
)

// TestUpdateDocs: an index is stale when it differs, unless another version of Go made it.
func TestUpdateDocs(t *testing.T) {
	folder := t.TempDir()
	standard, err := os.ReadFile("../std.go")
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, text []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check := func(want int, when string) {
		t.Helper()
		if stale, err := updateDocs(folder, false); len(stale) != want || err != nil {
			t.Errorf("updateDocs %s names %q, %v, want %d files", when, stale, err, want)
		}
	}
	write("std.go", standard)
	check(1, "without an index")
	if stale, err := updateDocs(folder, true); len(stale) != 1 || err != nil {
		t.Fatalf("updateDocs wrote %q, %v, want one file", stale, err)
	}
	check(0, "after writing")
	for version, want := range map[string]int{minor(runtime.Version()): 1, "go1.2": 0} {
		var other bytes.Buffer
		if err := docs.Write(&other, version, nil); err != nil {
			t.Fatal(err)
		}
		write(docsFile, other.Bytes())
		check(want, "with an empty index of "+version)
	}
}

func TestMinor(t *testing.T) {
	for version, want := range map[string]string{"go1.26.8": "go1.26", "go1.26": "go1.26", "devel": "devel"} {
		if got := minor(version); got != want {
			t.Errorf("minor(%s) = %s, want %s", version, got, want)
		}
	}
}
