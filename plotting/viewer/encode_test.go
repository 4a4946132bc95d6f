package viewer_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gophertrees/gopherwood/plotting/viewer"
)

// small has a column of each kind, with nulls.
func small() *viewer.Data {
	null := []bool{false, true, false, false}
	return &viewer.Data{
		Title: "t", Fingerprint: "00c0ffee", Parent: []int32{-1, 0, 1, 0}, Depth: []int32{0, 1, 2, 1},
		Flags: []viewer.Flag{viewer.Inferred, 0, viewer.Weak | viewer.Ended, 0},
		Start: []int64{viewer.Unknown, 1_500_000, -2_000_000, 0},
		Columns: []viewer.Column{
			{Name: "text", Kind: viewer.Text, Codes: []int32{2, -1, 0, 1}, Texts: []string{"cmd", "Bash", "CMD"}},
			{Name: "int", Kind: viewer.Int, Ints: []int64{math.MaxInt64, 0, math.MinInt64, 7}, Null: null},
			{Name: "float", Kind: viewer.Float, Float: []float64{math.NaN(), 0, math.Inf(-1), 2.5}, Null: null},
			{Name: "bool", Kind: viewer.Bool, Ints: []int64{1, 0, 0, 1}},
			{Name: "time", Kind: viewer.Time, Ints: []int64{9, 0, 9, 1}, Null: null},
			{Name: "none", Kind: viewer.Absent},
		},
		Roles: viewer.Roles{Name: "text", PID: "int"},
	}
}

// decoded reads a column back as the module does: row by row, nil for null.
func decoded(t *testing.T, encoded []byte, column int) []any {
	head, length := binary.LittleEndian.Uint32(encoded[4:]), binary.LittleEndian.Uint32(encoded[8:])
	var m struct {
		Rows    int
		Columns []struct {
			Kind                       viewer.Kind
			Distinct, Width, Bytes, At int
		}
	}
	if err := json.Unmarshal(encoded[12:12+length], &m); err != nil {
		t.Fatal(err)
	}
	if head%8 != 0 || (12+length)%8 != 0 {
		t.Errorf("the head ends at %d, its JSON at %d, want multiples of 8", head, 12+length)
	}
	c := m.Columns[column]
	b := encoded[int(head)+c.At:][:c.Bytes]
	if c.Kind == viewer.Absent {
		return nil
	}
	values := b[(m.Rows*c.Width+7)/8*8:]
	out := make([]any, m.Rows)
	for i := range out {
		var code int
		for k := range c.Width {
			code |= int(b[i*c.Width+k]) << (8 * k)
		}
		if code > 0 {
			out[i] = valueOf(c.Kind, values, code-1, c.Distinct)
		}
	}
	return out
}

func valueOf(kind viewer.Kind, values []byte, at, distinct int) any {
	switch kind {
	case viewer.Text:
		texts := values[((distinct+1)*4+7)/8*8:]
		return string(texts[binary.LittleEndian.Uint32(values[at*4:]):binary.LittleEndian.Uint32(values[at*4+4:])])
	case viewer.Float:
		return fmt.Sprint(math.Float64frombits(binary.LittleEndian.Uint64(values[at*8:])))
	}
	return int64(binary.LittleEndian.Uint64(values[at*8:]))
}

func TestEncodeRoundTrip(t *testing.T) {
	want := [][]any{
		{"CMD", nil, "cmd", "Bash"},
		{int64(math.MaxInt64), nil, int64(math.MinInt64), int64(7)},
		{"NaN", nil, "-Inf", "2.5"},
		{int64(1), int64(0), int64(0), int64(1)},
		{int64(9), nil, int64(9), int64(1)},
		nil,
	}
	encoded := small().Encode()
	for i := range want {
		if diff := cmp.Diff(want[i], decoded(t, encoded, i)); diff != "" {
			t.Errorf("Encode, column %d (-want +got):\n%s", i, diff)
		}
	}
}

func TestEncodeIsTheSameEachTime(t *testing.T) {
	for _, d := range []func() *viewer.Data{small, hostile, func() *viewer.Data { return synthetic(3000, 20) }} {
		if !bytes.Equal(d().Encode(), d().Encode()) {
			t.Errorf("Encode of one tree gives two different results")
		}
	}
}

// a column of more than 256 and more than 65536 values has wider codes
func TestEncodeWidths(t *testing.T) {
	for _, n := range []int{255, 256, 65535, 65536} {
		d := synthetic(n, 5)
		got := decoded(t, d.Encode(), 2)
		for _, i := range []int{0, n / 2, n - 1} {
			if want := d.Columns[2].Texts[i]; got[i] != want {
				t.Errorf("Encode of %d rows: row %d is %v, want %v", n, i, got[i], want)
			}
		}
	}
}

func TestEncodeForLeavesColumnsToBlocks(t *testing.T) {
	d := synthetic(40000, 10)
	whole, first := d.Encode(), d.EncodeFor(100)
	if !bytes.Equal(d.EncodeFor(40000), whole) {
		t.Errorf("EncodeFor(rows) of a tree of as many rows is not Encode")
	}
	if len(first) > len(whole)/3 {
		t.Errorf("EncodeFor has %d of %d bytes, want the structure, names and PIDs", len(first), len(whole))
	}
	if got, want := decoded(t, first, 1), decoded(t, whole, 1); !slices.Equal(got, want) {
		t.Errorf("EncodeFor leaves out the PIDs")
	}
	var columns []byte
	for column := range d.Columns {
		for block := 0; ; block++ {
			b, err := d.Block(column, block)
			if err != nil {
				break
			}
			columns = append(columns, b...)
		}
	}
	if !bytes.HasSuffix(whole, columns) {
		t.Errorf("the blocks together are not the columns of Encode")
	}
	for _, ask := range [][2]int{{-1, 0}, {99, 0}, {0, -1}, {0, 99}, {0, math.MaxInt}} {
		if _, err := d.Block(ask[0], ask[1]); err == nil {
			t.Errorf("Block(%d, %d) = nil error, want one", ask[0], ask[1])
		}
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

// The module's own tests read this file, so that both sides mean the same bytes.
func TestEncodeGolden(t *testing.T) {
	const file = "testdata/small.gwv"
	got := small().Encode()
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("Encode is not what %s has; -update writes it anew", file)
	}
}
