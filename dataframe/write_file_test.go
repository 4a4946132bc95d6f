package dataframe

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// A write that fails midway leaves the old file as it was, and nothing beside it.
func TestInterruptedWriteLeavesTheOldFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.csv")
	if err := os.WriteFile(path, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk full")
	err := writeFile(path, func(w io.Writer) error {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			return err
		}
		return full
	})
	data, _ := os.ReadFile(path)
	entries, _ := os.ReadDir(folder)
	if !errors.Is(err, full) || string(data) != "old" || len(entries) != 1 {
		t.Errorf("writeFile = %v, file %q, %d entries, want %v, old, 1", err, data, len(entries), full)
	}
}
