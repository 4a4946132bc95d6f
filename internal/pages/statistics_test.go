package pages_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/gophertrees/gopherwood/internal/pages"
)

// statistics are those of each column, as the general reader understands them.
func (c table) statistics(t *testing.T) []metadata.TypedStatistics {
	t.Helper()
	r, err := file.NewParquetReader(bytes.NewReader(c.write(t, new(pages.Encoder), false)))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out []metadata.TypedStatistics
	for i := range names {
		chunk, err := r.MetaData().RowGroup(0).ColumnChunk(i)
		if err != nil {
			t.Fatal(err)
		}
		s, err := chunk.Statistics()
		if err != nil || s == nil {
			t.Fatalf("%s: statistics %v, %v", names[i], s, err)
		}
		if nulls := int64(bytes.Count(c.levels, []byte{0})); s.NullCount() != nulls {
			t.Errorf("%s: %d nulls, want %d", names[i], s.NullCount(), nulls)
		}
		out = append(out, s)
	}
	return out
}

func TestStatistics(t *testing.T) {
	c := table{
		levels: []uint8{1, 0, 1, 1, 0},
		wide:   []int64{5, -7, math.MaxInt64}, narrow: []int32{5, -7, math.MaxInt32},
		floats: []float64{math.NaN(), 0, 2}, flags: []uint8{1, 1, 1},
		codes: []int32{0, 1, 2}, words: []string{"b", "é", "a"},
	}
	s := c.statistics(t)
	if wide := s[0].(*metadata.Int64Statistics); wide.Min() != -7 || wide.Max() != math.MaxInt64 {
		t.Errorf("wide: %d to %d", wide.Min(), wide.Max())
	}
	if narrow := s[1].(*metadata.Int32Statistics); narrow.Min() != -7 || narrow.Max() != math.MaxInt32 {
		t.Errorf("narrow: %d to %d", narrow.Min(), narrow.Max())
	}
	if floats := s[2].(*metadata.Float64Statistics); !math.Signbit(floats.Min()) || floats.Min() != 0 || floats.Max() != 2 {
		t.Errorf("floats: %v to %v, want both zeros within", floats.Min(), floats.Max())
	}
	if flags := s[3].(*metadata.BooleanStatistics); !flags.Min() || !flags.Max() {
		t.Errorf("flags: %v to %v", flags.Min(), flags.Max())
	}
	if texts := s[4].(*metadata.ByteArrayStatistics); string(texts.Min()) != "a" || string(texts.Max()) != "é" {
		t.Errorf("texts: %q to %q", texts.Min(), texts.Max())
	}
}

// No value, no bounds; neither has a column whose words are too long to stand in a footer.
func TestStatisticsWithoutBounds(t *testing.T) {
	for _, s := range (table{levels: []uint8{0, 0}}).statistics(t) {
		if s.HasMinMax() {
			t.Errorf("%s: bounds of no value", s.Type())
		}
	}
	long := table{levels: []uint8{1}, wide: []int64{1}, narrow: []int32{1}, floats: []float64{math.NaN()}, flags: []uint8{1},
		codes: []int32{0}, words: []string{strings.Repeat("x", 5000)}}
	s := long.statistics(t)
	if s[2].HasMinMax() || s[4].HasMinMax() {
		t.Errorf("bounds: %v of what is no number, %v of a long word", s[2].HasMinMax(), s[4].HasMinMax())
	}
}
