package logs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/gophertrees/gopherwood/dataframe"
)

// readWindow reads with so many bytes in memory at a time; streamed tells whether the text was
// read line by line.
func readWindow(r io.Reader, window int, o Options) (df dataframe.DataFrame, streamed bool, err error) {
	s := &source{size: -1, options: o, window: window}
	f, err := s.begin(r)
	if err != nil {
		return df, false, err
	}
	streamed = s.streams()
	df, err = s.decode(f)
	return df, streamed, err
}

// wantSame wants the frame of the whole text from a stream of it, too.
func wantSame(t *testing.T, name string, data []byte, window int) {
	t.Helper()
	whole, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for reader, r := range map[string]io.Reader{
		"": bytes.NewReader(data), "half a read at a time": iotest.HalfReader(bytes.NewReader(data)), "gzip": bytes.NewReader(gzipped(t, data)),
	} {
		df, streamed, err := readWindow(r, window, Options{})
		if err != nil || !streamed {
			t.Fatalf("%s %s, %d bytes at a time: %v, streamed %v", name, reader, window, err, streamed)
		}
		if got, want := shown(df), shown(whole); got != want {
			t.Errorf("%s %s, %d bytes at a time, is another frame:\n%.2000s\nwant\n%.2000s", name, reader, window, got, want)
		}
		if got, want := fmt.Sprintf("%#v %q", df.Bad(), df.Notes()), fmt.Sprintf("%#v %q", whole.Bad(), whole.Notes()); got != want {
			t.Errorf("%s %s, %d bytes at a time:\n%s\nwant\n%s", name, reader, window, got, want)
		}
	}
}

// TestStreamed reads logs of lines with a little of them in memory at a time: the frame is that of
// the whole, with its bad records in their places.
func TestStreamed(t *testing.T) {
	for _, name := range []string{"linux/auditd.log", "linux/tetragon.json", "linux/falco.json", "linux/osquery.log", "windows/shippers.jsonl"} {
		data := readAll(t, filepath.Join("testdata", filepath.FromSlash(name)))
		first, _, _ := bytes.Cut(data, []byte("\n"))
		many := append(bytes.Repeat(append(data, '\n'), 30), "{\"broken\":\n\ntype=X \xff\n"...)
		many = append(many, first...) // without the end of a line
		for _, window := range []int{25*len(data)/bytes.Count(data, []byte("\n")) + 2*len(first), len(many) / 2} {
			wantSame(t, name, many, window)
		}
	}
	lines := strings.Repeat("{\"a\":1,\"t\":\"2024-01-01T00:00:00Z\"}\r\n", 40)
	wantSame(t, "byte order mark", []byte("\xef\xbb\xbf"+lines+"x\n"+lines), 1000)
	long := strings.Repeat("x", maxRecord)
	for _, end := range []string{"", "\n", "\n" + lines + "y", "\n" + lines + "{\"a\":\"" + long + "\"}\n" + lines} {
		wantSame(t, "long line", []byte(lines+"{\"a\":\""+long+"\"}"+end), 1000)
	}
	wantSame(t, "long record", []byte(lines+"{\"a\":\""+long[:maxRecord-10]+"\"}\n"+lines), 1000)
}

// TestStreamedDates: one date of a log that can only be day/month decides for those before it.
func TestStreamedDates(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "node=h type=SYSCALL msg=audit(03/02/2019 00:43:%02d.869:%d) : arch=x86_64 syscall=execve success=yes exe=/bin/sh pid=%d\n", i, i+1, i)
	}
	b.WriteString("type=LOGIN msg=audit(1549065600.5:99): pid=7\ntype=EOE msg=audit(1549065600.6:98):\n")
	b.WriteString("node=h type=SYSCALL msg=audit(13/02/2019 00:43:44.869:100) : arch=x86_64 syscall=execve success=yes exe=/bin/sh pid=7\n")
	wantSame(t, "dates", []byte(b.String()), 500)
	df, _, err := readWindow(strings.NewReader(b.String()), 500, Options{})
	if err != nil {
		t.Fatal(err)
	}
	times := df.Col("TimeGenerated").Strings()
	if !strings.HasPrefix(times[0], "2019-02-02") || !strings.HasPrefix(times[1], "2019-02-03") || !strings.HasPrefix(times[41], "2019-02-13") {
		t.Errorf("the dates are %v, want the third of February and not the second of March", times)
	}
}

// TestStreamedFaults: what goes wrong behind the beginning is told as it is of a whole text.
func TestStreamedFaults(t *testing.T) {
	data := []byte(strings.Repeat("{\"a\":1}\n", 200_000))
	packed := gzipped(t, data)
	_, _, err := readWindow(bytes.NewReader(packed[:len(packed)-9]), 1000, Options{})
	if err == nil || !strings.Contains(err.Error(), "the gzip data ends too early") {
		t.Errorf("a truncated gzip file gives %v", err)
	}
	_, _, err = readWindow(bytes.NewReader(data), 1000, Options{MaxBytes: 100_000})
	if err == nil || !strings.Contains(err.Error(), "larger than 100000 bytes") {
		t.Errorf("a text over the limit gives %v", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r := io.MultiReader(bytes.NewReader(data[:8*50_000]), readerFunc(func([]byte) (int, error) { stop(); return 0, nil }), bytes.NewReader(data))
	if _, streamed, err := readWindow(r, 1000, Options{Context: ctx}); err == nil || !streamed || !strings.Contains(err.Error(), "reading was stopped") {
		t.Errorf("a reading that is stopped gives %v, streamed %v", err, streamed)
	}
	df, streamed, err := readWindow(strings.NewReader(strings.Repeat(" ", 2000)+"[{\"a\":1},\n{\"a\":2}]"), 1000, Options{})
	if err != nil || streamed || df.Nrow() != 2 {
		t.Errorf("an array is read as %d rows, %v, streamed %v", df.Nrow(), err, streamed)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
