package logs

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
)

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zstandard(t testing.TB, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(data, nil)
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const small = "a,b\n1,x\n2,y\n"

func TestCompressions(t *testing.T) {
	xz := readAll(t, filepath.Join("testdata", "small.csv.xz"))
	for name, data := range map[string][]byte{
		"plain": []byte(small), "gzip": gzipped(t, []byte(small)), "zstd": zstandard(t, []byte(small)), "xz": xz,
		"zip":                 zipped(t, map[string]string{"x.bin": small}),
		"zip of macOS":        zipped(t, map[string]string{"x.bin": small, "__MACOSX/._x.bin": "x"}),
		"gzip in zstd in zip": zipped(t, map[string]string{"x": string(zstandard(t, gzipped(t, []byte(small))))}),
		"two gzip members":    append(gzipped(t, []byte("a,b\n1,x\n")), gzipped(t, []byte("2,y\n"))...),
	} {
		df, err := Read(bytes.NewReader(data))
		if err != nil {
			t.Errorf("Read(%s) = %v", name, err)
		} else if got, want := shown(df), "a:int=1,2 b:string=x,y"; got != want {
			t.Errorf("Read(%s) = %s, want %s", name, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	gz := gzipped(t, []byte(strings.Repeat(small, 1000)))
	for _, c := range []struct{ name, data, want string }{
		{"empty", "", "the file is empty"},
		{"empty inside", string(gzipped(t, nil)), "the file inside the gzip is empty"},
		{"a byte order mark alone", "\xef\xbb\xbf", "empty but for a byte order mark"},
		{"blank lines", "\n\n\n", "text of no known format"},
		{"truncated gzip", string(gz[:len(gz)-9]), "the gzip data ends too early, at byte"},
		{"corrupt gzip", string(gz[:len(gz)-8]) + "12345678", "the gzip data cannot be read at byte"},
		{"binary", "\x7fELF\x01\x02\x03\x00\x00\x00\x00\x00\x00\x00\x00", "a binary file of no known format"},
		{"HTML", "<html><body>a, b, c</body></html>", "text of no known format"},
		{"prose", "Once upon a time there was a log.\nIt had no format.\n", "text of no known format"},
		{"two files", string(zipped(t, map[string]string{"a.csv": small, "b.csv": small})), "holds 2 files"},
		{"no file", string(zipped(t, nil)), "holds no file"},
		{"no record", "a,b\n1\n2\n", "none of the 2 records could be read, the first is at line 2: row has 1 fields, want 2"},
		{"five layers", string(gzipped(t, gzipped(t, gzipped(t, gzipped(t, gzipped(t, []byte(small))))))), "decompress the file first"},
	} {
		o := Options{}
		if c.name == "no record" {
			o.Format = "csv"
		}
		if _, err := Read(strings.NewReader(c.data), o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Read(%s) = %v, want %s", c.name, err, c.want)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "events.csv"), []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(dir, "event.csv")); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "did you mean "+filepath.Join(dir, "events.csv")) {
		t.Errorf("Open(event.csv) = %v, want the nearest name", err)
	}
	if _, err := Open(filepath.Join(dir, "x", "y")); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "no folder") {
		t.Errorf("Open(x/y) = %v, want an error about the folder", err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("Open(directory) = %v, want an error", err)
	}
	if _, err := Open(filepath.Join(dir, "events.csv"), Options{Format: "parket"}); err == nil || !strings.Contains(err.Error(), `did you mean parquet`) {
		t.Errorf("Open with format parket = %v, want the nearest", err)
	}
	if _, err := Open(filepath.Join(dir, "events.csv"), Options{Format: "parquet"}); err == nil || !strings.Contains(err.Error(), "not those of a parquet file") {
		t.Errorf("Open of CSV as parquet = %v, want an error", err)
	}
}

func TestTwoOptions(t *testing.T) {
	defer func() {
		if _, ok := recover().(*dataframe.UsageError); !ok {
			t.Error("Read with two Options did not panic with a UsageError")
		}
	}()
	_, _ = Read(strings.NewReader(small), Options{}, Options{})
}

// zeros is an endless input.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestMaxBytes(t *testing.T) {
	if _, err := Read(zeros{}, Options{MaxBytes: 1 << 20}); err == nil || !strings.Contains(err.Error(), "larger than 1048576 bytes") {
		t.Errorf("Read of endless input = %v, want an error", err)
	}
	bomb := gzipped(t, make([]byte, 10<<20))
	if _, err := Read(bytes.NewReader(bomb), Options{MaxBytes: 1 << 20}); err == nil || !strings.Contains(err.Error(), "decompresses to more than 1048576") {
		t.Errorf("Read of a bomb = %v, want an error", err)
	}
	for _, c := range []struct{ in, want int64 }{{1000, 1 << 30}, {1 << 25, 100 << 25}, {1 << 40, 16 << 30}} {
		if got := (Options{}).limit(c.in, true); got != c.want {
			t.Errorf("limit(%d) = %d, want %d", c.in, got, c.want)
		}
	}
}

// TestContext stops a reading that waits for its input, and one that is at work.
func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	r, w := io.Pipe()
	defer w.Close()
	_, err := Read(r, Options{Context: ctx})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "reading was stopped") {
		t.Errorf("Read = %v, want that it was stopped", err)
	}
	if _, err := Read(strings.NewReader(small), Options{Context: ctx}); !errors.Is(err, context.Canceled) {
		t.Errorf("Read with a cancelled context = %v", err)
	}
}

// TestHiddenNames reads real samples whose names say nothing, and as other systems write text.
func TestHiddenNames(t *testing.T) {
	for _, parts := range [][]string{
		{"msticpy", "winproctree-minimal.csv"}, {"auditd", "linux_events.csv"}, {"pickles", "win.jsonl.gz"},
		{"samples", "velociraptor_Windows.System.Pslist.json"}, {"samples", "tetragon.jsonl"}, {"pickles", "win.p4.pkl"},
	} {
		path := sharedFile(t, parts...)
		want, err := Open(path)
		if err != nil {
			t.Errorf("Open(%s) = %v", path, err)
			continue
		}
		hidden := filepath.Join(t.TempDir(), "log.bin")
		if err := os.WriteFile(hidden, readAll(t, path), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Open(hidden); err != nil || shown(got) != shown(want) {
			t.Errorf("Open(%s with its name hidden) = %v, or another frame", path, err)
		}
		if !strings.HasSuffix(path, ".pkl") && !strings.HasSuffix(path, ".gz") {
			sameAsText(t, path, shown(want))
		}
	}
}

// sameAsText reads a text with CRLF and as UTF-16 of either order.
func sameAsText(t *testing.T, path, want string) {
	t.Helper()
	text := strings.ReplaceAll(string(readAll(t, path)), "\r\n", "\n")
	crlf := strings.ReplaceAll(text, "\n", "\r\n")
	if got := shown(mustRead(t, crlf)); got != want {
		t.Errorf("Read(%s with CRLF) is another frame", path)
	}
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		wide, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(mustRead(t, wide)); got != want {
			t.Errorf("Read(%s as UTF-16) is another frame", path)
		}
	}
	half, err := Read(strings.NewReader(text[:len(text)/2]))
	if err != nil || half.Bad().Total > 1 || half.Nrow() == 0 {
		t.Errorf("Read(half of %s) = %d rows, %d bad, %v; want at most one bad", path, half.Nrow(), half.Bad().Total, err)
	}
}

func TestFormats(t *testing.T) {
	list := Formats()
	seen := map[string]bool{}
	for _, f := range list {
		if f.Name == "" || f.Description == "" || len(f.Extensions) == 0 || !strings.HasPrefix(f.Spec, "https://") || seen[f.Name] {
			t.Errorf("Formats() has an incomplete or double entry: %+v", f)
		}
		seen[f.Name] = true
		if !strings.Contains(list.String(), f.Name) || !strings.Contains(list.HTML(), f.Spec) {
			t.Errorf("Formats() does not show %s", f.Name)
		}
	}
	for _, name := range []string{"csv", "tsv", "jsonl", "json", "parquet", "arrow", "pickle", "evtx", "xml", "winjson", "volatility", "voltext", "ps", "wmilist"} {
		if !seen[name] {
			t.Errorf("Formats() lacks %s", name)
		}
	}
}
