package logs

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestCSVLikeTheStandard splits random tables as encoding/csv does, written by it and as raw
// text. Where it finds a fault we may be more forgiving, so only sound tables are compared.
func TestCSVLikeTheStandard(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "\"", "\"\"", ",", "\n", "\r\n", " ", "é", "", "x y", "\","}
	text := func(most int) string {
		var b strings.Builder
		for range r.IntN(most) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		return b.String()
	}
	compared := 0
	for range 20_000 {
		data := text(30)
		if r.IntN(2) == 0 {
			var b bytes.Buffer
			w := csv.NewWriter(&b)
			w.UseCRLF = r.IntN(2) == 0
			width := 1 + r.IntN(3)
			for range 1 + r.IntN(4) {
				record := make([]string, width)
				for i := range record {
					record[i] = text(5)
				}
				if err := w.Write(record); err != nil {
					t.Fatal(err)
				}
			}
			w.Flush()
			data = b.String()
		}
		standard := csv.NewReader(strings.NewReader(data))
		standard.FieldsPerRecord = -1
		want, err := standard.ReadAll()
		if err != nil {
			continue
		}
		if got := split(data); !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Fatalf("split(%q) = %q, want %q", data, got, want)
		}
		compared++
	}
	if compared < 5000 {
		t.Errorf("only %d tables were sound", compared)
	}
}

// split returns all records of a text.
func split(data string) (out [][]string) {
	s := scanner{data: []byte(data), comma: ','}
	for pos := 0; pos < len(data); {
		next, _, fault := s.record(pos)
		if fault != "" {
			return append(out, []string{fault})
		}
		pos = next
		if s.blank() {
			continue
		}
		var record []string
		for _, f := range s.fields {
			record = append(record, string(f.text))
		}
		out = append(out, record)
	}
	return out
}
