package ptree

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/gophertrees/gopherwood/dataframe"
)

// TestStreamOfLongTexts has more text than fits in a record batch, as if hardly any did: the batches
// are smaller then, and have the same rows.
func TestStreamOfLongTexts(t *testing.T) {
	const n = 300
	var ids, images, times, lines []string
	for i := range n {
		ids, images = append(ids, fmt.Sprintf("0x%x", i+1)), append(images, "a.exe")
		times = append(times, fmt.Sprintf("2024-01-01T00:%02d:%02dZ", i/60, i%60))
		lines = append(lines, strings.Repeat("x", i))
	}
	df := dataframe.New(dataframe.Strings("TimeGenerated", times), dataframe.Strings("NewProcessId", ids), dataframe.Strings("NewProcessName", images),
		dataframe.Strings("ProcessId", append([]string{"0x0"}, ids[:n-1]...)), dataframe.Strings("ParentProcessName", images), dataframe.Strings("CommandLine", lines))
	batches := func() (sizes []int64, rows string) {
		var in, out bytes.Buffer
		table := df.Arrow()
		w := ipc.NewWriter(&in, ipc.WithSchema(table.Schema()))
		for r := array.NewTableReader(table, n); r.Next(); {
			if err := w.Write(r.RecordBatch()); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := BuildStream(context.Background(), &in, &out); err != nil {
			t.Fatal(err)
		}
		r, err := ipc.NewReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		for r.Next() {
			batch := r.RecordBatch()
			sizes = append(sizes, batch.NumRows())
			part, err := dataframe.FromArrow(array.NewTableFromRecords(r.Schema(), []arrow.RecordBatch{batch}))
			if err != nil {
				t.Fatal(err)
			}
			var csv bytes.Buffer
			if err := part.ToCSV(&csv); err != nil {
				t.Fatal(err)
			}
			_, below, _ := strings.Cut(csv.String(), "\n")
			rows += below
		}
		return sizes, rows
	}
	whole, want := batches()
	defer func(most int) { mostBatchText = most }(mostBatchText)
	mostBatchText = 20_000
	parts, got := batches()
	if len(whole) != 1 || len(parts) < 3 || got != want {
		t.Errorf("batches of %v rows, and of %v where little text fits, with the same rows: %v", whole, parts, got == want)
	}
	mostBatchText = 1 // not even one row
	if parts, got = batches(); len(parts) != n+1 || got != want {
		t.Errorf("%d batches where no text fits, want one for each of the %d processes", len(parts), n+1)
	}
}
