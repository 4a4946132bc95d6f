package dataframe

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
)

// TestMuchText has a column with more text than Arrow's usual arrays of it hold, as if they held nothing.
func TestMuchText(t *testing.T) {
	defer func(most int) { mostText = most }(mostText)
	mostText = 20
	values := []string{"one", "two, \"three\"", "four and five and six", "", "one"}
	valid := []bool{true, true, true, false, true}
	column := Strings("much", values, valid)
	if kind := column.data.(*array.Dictionary).Dictionary().DataType().ID(); kind != arrow.LARGE_STRING {
		t.Fatalf("the texts are a %v, want the large kind", kind)
	}
	if kind := Strings("little", values[:1]).data.(*array.Dictionary).Dictionary().DataType().ID(); kind != arrow.STRING {
		t.Errorf("few texts are a %v, want the usual kind", kind)
	}
	d := New(column, Ints("n", []int64{1, 2, 3, 4, 5}))
	for name, c := range map[string]Column{"as it is": column, "taken": column.Take([]int32{0, 1, 2, 3, 4}), "shared": SharedCodes("much", []int32{0, 1, 2, 3, 0}, values[:4]),
		"concatenated": Concat(d.Head(2), d.Tail(3)).Col("much"), "sorted": d.Sort("n").Col("much")} {
		if got := c.Strings(); !slices.Equal(got, values) {
			t.Errorf("%s: %q, want %q", name, got, values)
		}
	}
	if got := d.Where(Contains("much", "five")).Col("n").Ints(); !slices.Equal(got, []int64{3}) {
		t.Errorf("Contains finds %v, want row 3", got)
	}
	if err := d.ToParquet(io.Discard); err != nil {
		t.Errorf("ToParquet: %v", err)
	}
	mostText = 1000
	usual := New(Strings("much", values, valid), Ints("n", []int64{1, 2, 3, 4, 5}))
	for format, write := range map[string]func(DataFrame, io.Writer) error{"CSV": DataFrame.ToCSV, "JSONL": DataFrame.ToJSONL} {
		var got, want bytes.Buffer
		if err := errors.Join(write(d, &got), write(usual, &want)); err != nil || got.String() != want.String() {
			t.Errorf("%s: %q, %v, want %q", format, got.String(), err, want.String())
		}
	}
	var file bytes.Buffer
	if err := d.ToArrow(&file); err != nil {
		t.Fatal(err)
	}
	r, err := ipc.NewFileReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	record, err := r.RecordBatch(0)
	if err != nil {
		t.Fatal(err)
	}
	back, err := FromArrow(array.NewTableFromRecords(r.Schema(), []arrow.RecordBatch{record}))
	if err != nil || !slices.Equal(back.Col("much").Strings(), values) || !back.Col("much").IsNull(3) {
		t.Errorf("read back: %q, %v", back.Col("much").Strings(), err)
	}
}

// TestTextsAreReadSideBySide fails under the race detector where reading a column changes it.
func TestTextsAreReadSideBySide(t *testing.T) {
	for range 20 {
		column := Strings("a", []string{"one", "two", "one"})
		shared := SharedCodes("b", []int32{0, 1, 0}, []string{"one", "two"})
		taken := column.Take([]int32{1, 2})
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				for _, c := range []Column{column, shared, taken} {
					if c.Text(1) == "" || c.Words() != 2 || len(c.Take([]int32{0}).Strings()) != 1 {
						t.Errorf("%s reads %q", c.Name(), c.Strings())
					}
				}
			})
		}
		readers.Wait()
	}
}
