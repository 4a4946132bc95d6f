package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func fileWith(t *testing.T, data string, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte(data), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// holds checks a file and that there is nothing else in its folder but the names given.
func holds(t *testing.T, path, want string, others ...string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil || string(data) != want {
		t.Errorf("the file is %.20q, %v, want %q", data, err, want)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1+len(others) {
		t.Errorf("the folder has %v, %v, want the file and %q", entries, err, others)
	}
}

func TestWriteReplaces(t *testing.T) {
	path := fileWith(t, "old", 0o600)
	if err := Write(path, text("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "new")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v, %v, want that of the old file", info.Mode(), err)
	}
}

func TestWriteThatFailsLeavesTheOldFile(t *testing.T) {
	path := fileWith(t, "old", 0o666)
	full := errors.New("full")
	err := Write(path, func(w io.Writer) error {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			return err
		}
		return full
	})
	if err != full {
		t.Errorf("Write = %v, want the failure as it is", err)
	}
	holds(t, path, "old")
}

func TestFailuresNameThePath(t *testing.T) {
	folder := t.TempDir()
	missing := filepath.Join(folder, "missing", "a.txt")
	if err := Write(missing, text("new")); err == nil || err.Error() != "write "+missing+": no such file or directory" && runtime.GOOS != "windows" {
		t.Errorf("Write into a folder that is not there = %v", err)
	}
	if err := Write(folder, text("new")); err == nil || !strings.HasSuffix(err.Error(), "it is a folder") {
		t.Errorf("Write over a folder = %v", err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("failed writes left %v, %v", entries, err)
	}
}
