//go:build linux

package logs

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
)

// raced tells that the race detector is on, which multiplies memory and time.
var raced bool

// The tests of this file read what is large or hostile in a process of its own, which tells its
// greatest memory.

// sized are the readings that a child process can do: rows is what a good one reports.
var sized = map[string]func(path string) (rows int, err error){
	"file": func(path string) (int, error) {
		df, err := Open(path)
		return df.Nrow(), err
	},
	"long audit line": endless("type=SYSCALL msg=audit(1.1:1): a0=\"", "x", 2<<30),
	"long JSON text":  endless("{\"a\":1}\n{\"a\":\"", "x", 2<<30),
	"long CSV field":  endless("a,b\n1,", "x", 2<<30),
	"long XML event":  endless("Dec 1 x sysmon: <Event><Provider Name=\"Linux-Sysmon\"/>", "x", 2<<30),
	"deep arrays":     endless("", "[", 64<<20),
	"deep objects":    endless("", "{\"a\":", 64<<20),
	"deep record":     endless("{\"process_exec\":{\"process\":{\"exec_id\":\"x\",\"a\":", "{\"a\":", 64<<20),
}

// endless reads head and then the same text again and again.
func endless(head, text string, size int64) func(string) (int, error) {
	return func(string) (int, error) {
		block := strings.Repeat(text, 1<<20/len(text))
		df, err := Read(io.MultiReader(strings.NewReader(head), io.LimitReader(&repeated{text: block}, size)))
		return df.Nrow(), err
	}
}

type repeated struct {
	text string
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	n := copy(p, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

// TestSizedChild is the child process.
func TestSizedChild(t *testing.T) {
	name := os.Getenv("LOGS_SIZED")
	if name == "" {
		t.Skip("only as a child of the other tests")
	}
	rows, err := sized[name](os.Getenv("LOGS_SIZED_FILE"))
	fmt.Printf("rows=%d error=%q\nmemory=%d\n", rows, fmt.Sprint(err), greatestMemory(t))
}

// greatestMemory is the most that this process has held. What the system tells its parent when it
// ends would count what the parent itself held when it began.
func greatestMemory(t *testing.T) int64 {
	t.Helper()
	for line := range strings.Lines(string(readAll(t, "/proc/self/status"))) {
		var kilobytes int64
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kilobytes); n == 1 {
			return kilobytes << 10
		}
	}
	t.Fatal("the system does not tell the memory of a process")
	return 0
}

// readSized does a reading in a child process; what it says, and the greatest memory in bytes.
func readSized(t *testing.T, name, path string) (said string, memory int64) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestSizedChild$", "-test.v")
	child.Env = append(os.Environ(), "LOGS_SIZED="+name, "LOGS_SIZED_FILE="+path)
	began := time.Now()
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%.2000s", name, err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "rows=") {
			said = strings.TrimSpace(line)
		}
		_, _ = fmt.Sscanf(line, "memory=%d", &memory)
	}
	if memory == 0 {
		t.Fatalf("%s: the child does not tell its memory: %.2000s", name, out)
	}
	t.Logf("%s: %d MB, %v: %.200s", name, memory>>20, time.Since(began).Round(time.Millisecond), said)
	return said, memory
}

func heavy(t *testing.T) {
	t.Helper()
	if testing.Short() || raced {
		t.Skip("large inputs are read neither with -short nor with the race detector")
	}
}

// TestHostileMemory reads lines without end and values inside each other without end: each ends
// in one clear error, long before its memory is needed.
func TestHostileMemory(t *testing.T) {
	heavy(t)
	for name, want := range map[string]struct {
		message string
		memory  int64 // MB
	}{
		"long audit line": {"longer than 268435456 bytes", 400}, "long JSON text": {"longer than 268435456 bytes", 400},
		"long CSV field": {"longer than 268435456 bytes", 400}, "long XML event": {"longer than 268435456 bytes", 400},
		"deep arrays": {"the text ends inside a value: the file is truncated", 400}, "deep objects": {"the JSON object is broken or ends too early", 400},
		"deep record": {"the JSON object is broken or ends too early", 400},
	} {
		said, memory := readSized(t, name, "")
		if !strings.HasPrefix(said, "rows=0 error=") || !strings.Contains(said, want.message) {
			t.Errorf("%s: %s, want an error with %q", name, said, want.message)
		}
		if memory > want.memory<<20 {
			t.Errorf("%s took %d MB, want at most %d", name, memory>>20, want.memory)
		}
	}
}

// TestBombs opens small files that unfold to more than a gigabyte.
func TestBombs(t *testing.T) {
	heavy(t)
	var bomb bytes.Buffer
	z, err := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	line := bytes.Repeat([]byte("type=LOGIN msg=audit(1.1:1): pid=1\n"), 1<<15)
	for range (1<<30 + 64<<20) / len(line) {
		if _, err := z.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close()); err != nil {
		t.Fatal(err)
	}
	laughs := readAll(t, filepath.Join("testdata", "pickles", "refused", "laughs.pkl"))
	for name, c := range map[string]struct {
		data    []byte
		message string
		memory  int64
	}{
		"gzip bomb":       {bomb.Bytes(), "decompresses to more than", 1300},
		"gzip in gzip":    {gzipped(t, bomb.Bytes()), "decompresses to more than", 1300},
		"pickle bomb":     {laughs, "unfolds to far more values", 300},
		"pickle of sizes": {[]byte("\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f."), "", 300},
	} {
		path := filepath.Join(t.TempDir(), "bomb")
		if err := os.WriteFile(path, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		said, memory := readSized(t, "file", path)
		if !strings.HasPrefix(said, "rows=0 error=") || strings.Contains(said, `"<nil>"`) || !strings.Contains(said, c.message) {
			t.Errorf("%s: %s, want an error with %q", name, said, c.message)
		}
		if memory > c.memory<<20 {
			t.Errorf("%s of %d bytes took %d MB, want at most %d", name, len(c.data), memory>>20, c.memory)
		}
	}
}

// TestLargeLogs reads an audit log of a million lines and a gigabyte of JSON: the memory is that of
// the columns and, for an audit log, of what is read of its lines, not that of the file.
func TestLargeLogs(t *testing.T) {
	heavy(t)
	audit := filepath.Join(t.TempDir(), "audit.log")
	if err := os.WriteFile(audit, auditLog(1_000_000), 0o600); err != nil {
		t.Fatal(err)
	}
	events := filepath.Join(t.TempDir(), "tetragon.log")
	count := writeTetragon(t, events, 1<<30)
	for path, want := range map[string]struct {
		rows   int
		memory int64 // MB, a third more than was measured
	}{audit: {166_666, 560}, events: {count, 1400}} {
		said, memory := readSized(t, "file", path)
		if want := fmt.Sprintf("rows=%d error=%q", want.rows, "<nil>"); said != want {
			t.Errorf("%s: %s, want %s", path, said, want)
		}
		if memory > want.memory<<20 {
			t.Errorf("%s took %d MB, want at most %d", path, memory>>20, want.memory)
		}
	}
}

// writeTetragon writes events of so many bytes, and returns how many.
func writeTetragon(t testing.TB, path string, size int64) (events int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	for written := int64(0); written < size; events++ {
		n, err := w.WriteString(tetragonLine(events))
		if err != nil {
			t.Fatal(err)
		}
		written += int64(n)
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return events
}
