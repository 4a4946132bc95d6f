//go:build unix

package wholefile

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestWriteKeepsALink(t *testing.T) {
	path := fileWith(t, "old", 0o666)
	link := filepath.Join(filepath.Dir(path), "link")
	if err := os.Symlink("a.txt", link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, text("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "new", "link")
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v, want a link still", info, err)
	}
}

func TestReplaces(t *testing.T) {
	path, other := fileWith(t, "old", 0o666), fileWith(t, "other", 0o666)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if !Replaces(link, other, path) || !Replaces(path, link) || Replaces(other, path, link) || Replaces(filepath.Join(t.TempDir(), "new"), path) {
		t.Error("Replaces does not tell files by what they are")
	}
}

// TestWriteSparesPipes stands for devices, too: a mistake must not replace one of this machine.
func TestWriteSparesPipes(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	reader, err := os.OpenFile(pipe, os.O_RDWR, 0) // opens without a writer
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := Write(pipe, text("new")); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 3)
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Fatalf("the pipe is now %v, %v", info, err)
	}
	if _, err := reader.Read(got); err != nil || string(got) != "new" {
		t.Errorf("the pipe has %q, %v, want what was written", got, err)
	}
}
