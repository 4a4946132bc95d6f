package main

import (
	"io"
	"path/filepath"
	"testing"

	"github.com/gophertrees/gopherwood/logs"
)

func TestRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.parquet")
	if err := run([]string{"-events=500", "-hosts=3", "-days=2", "-seed=9", "-shuffled", "-o=" + path}, io.Discard); err != nil {
		t.Fatal(err)
	}
	df, err := logs.Open(path)
	if err != nil || df.Nrow() != 500 || df.Col("Computer").NUnique() != 3 {
		t.Errorf("the log has %d events, %v, want 500 of 3 hosts", df.Nrow(), err)
	}
	for _, args := range [][]string{nil, {"-events=10"}, {"-o=" + path, "more"}, {"-event=3", "-o=" + path}} {
		if err := run(args, io.Discard); err == nil {
			t.Errorf("run(%q) = nil, want an error", args)
		}
	}
}
