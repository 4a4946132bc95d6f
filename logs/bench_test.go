package logs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// events makes a frame as process logs are: times, numbers in hexadecimal, texts that come
// again and again, and command lines that do not.
func events(rows int) dataframe.DataFrame {
	times, ids := make([]int64, rows), make([]int64, rows)
	users, images, lines, pids := make([]string, rows), make([]string, rows), make([]string, rows), make([]string, rows)
	for i := range rows {
		times[i] = 1_549_811_266_000_000_000 + int64(i)*1_000_003
		ids[i] = 4688
		users[i] = fmt.Sprintf("WORKGROUP\\user%d$", i%17)
		images[i] = fmt.Sprintf(`C:\Windows\System32\program%d.exe`, i%231)
		pids[i] = fmt.Sprintf("%#x", i*7919%65536)
		lines[i] = fmt.Sprintf(`"program%d.exe" -Mode:ga -File:"C:\Temp\%x.zip"`, i%231, i*i)
	}
	return dataframe.New(dataframe.Nanos("TimeGenerated", times, true), dataframe.Ints("EventID", ids),
		dataframe.Strings("Account", users), dataframe.Strings("NewProcessName", images),
		dataframe.Strings("NewProcessId", pids), dataframe.Strings("CommandLine", lines))
}

func benchmark(b *testing.B, write func(dataframe.DataFrame, io.Writer) error) {
	const rows = 100_000
	var data bytes.Buffer
	if err := write(events(rows), &data); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(data.Len()))
	b.ReportAllocs()
	for b.Loop() {
		df, err := Read(bytes.NewReader(data.Bytes()))
		if err != nil || df.Nrow() != rows {
			b.Fatalf("Read = %d rows, %v", df.Nrow(), err)
		}
	}
}

func BenchmarkCSV(b *testing.B)     { benchmark(b, dataframe.DataFrame.ToCSV) }
func BenchmarkJSONL(b *testing.B)   { benchmark(b, dataframe.DataFrame.ToJSONL) }
func BenchmarkParquet(b *testing.B) { benchmark(b, dataframe.DataFrame.ToParquet) }
func BenchmarkArrow(b *testing.B)   { benchmark(b, dataframe.DataFrame.ToArrow) }

// BenchmarkPickle reads a real pickle of a thousand events.
func BenchmarkPickle(b *testing.B) {
	data := readAll(b, sharedFile(b, "pickles", "win.p4.pkl"))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}

// TestContextAtWork stops readings in the middle of their work.
func TestContextAtWork(t *testing.T) {
	df := events(200_000)
	for name, data := range map[string][]byte{"csv": written(t, df.ToCSV), "jsonl": written(t, df.ToJSONL)} {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		_, err := Read(bytes.NewReader(data), Options{Context: ctx})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Read(%s) = %v, want that it was stopped", name, err)
		}
	}
}
