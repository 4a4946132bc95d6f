package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestLogFromAPipe has a log that can be read once, as a shell's <(…) is.
func TestLogFromAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"tree"}, {"summary"}, {"tree", "--as", "json"}} {
		written := make(chan error)
		go func() { written <- os.WriteFile(pipe, []byte(smallLog), 0) }()
		code, out, err := call(t, "", append(args, pipe, "--quiet")...)
		if code != exitFine || !strings.Contains(out, "whoami") && args[0] == "tree" {
			t.Errorf("%v of a pipe = %d, %s, %s", args, code, out, err)
		}
		if err := <-written; err != nil {
			t.Errorf("%v: the pipe's writer: %v", args, err)
		}
	}
}
