package logs

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// evtxGolden is what an independent reader makes of a file, see testdata/make_evtx_golden.py.
type evtxGolden struct {
	Records int
	Columns map[string]string
}

func readEVTXGolden(t testing.TB) map[string]evtxGolden {
	t.Helper()
	var golden map[string]evtxGolden
	if err := json.Unmarshal(readAll(t, filepath.Join("testdata", "evtx_golden.json")), &golden); err != nil {
		t.Fatal(err)
	}
	if len(golden) != 5 {
		t.Fatalf("the golden has %d files, want 5", len(golden))
	}
	return golden
}

// TestEVTX compares the real logs field by field with the independent reader.
func TestEVTX(t *testing.T) {
	for name, want := range readEVTXGolden(t) {
		df, err := Open(sharedFile(t, "evtx", filepath.FromSlash(name)))
		if err != nil {
			t.Errorf("Open(%s) = %v", name, err)
			continue
		}
		if df.Nrow() != want.Records || df.Bad().Total != 0 {
			t.Errorf("Open(%s) = %d events and %d bad, want %d and 0", name, df.Nrow(), df.Bad().Total, want.Records)
		}
		names := slices.DeleteFunc(df.Names(), func(n string) bool { return n == "TimeGenerated" })
		slices.Sort(names)
		if columns := slices.Sorted(maps.Keys(want.Columns)); !slices.Equal(names, columns) {
			t.Errorf("Open(%s) has columns\n%v, want\n%v", name, names, columns)
			continue
		}
		for column, digest := range want.Columns {
			if got := columnDigest(df.Col(column)); got != digest {
				t.Errorf("Open(%s): column %s differs from the independent reader's: %.5q", name, column, df.Col(column).Strings()[:5])
			}
		}
	}
}

// columnDigest is the digest that the golden has of a column. A time of an integer number of
// milliseconds without a zone is Sysmon's own text, others are event times.
func columnDigest(c dataframe.Column) string {
	h := sha256.New()
	for i := range c.Len() {
		switch {
		case c.IsNull(i):
			h.Write([]byte("-\x00"))
		case c.Kind() != dataframe.Time:
			h.Write([]byte("=" + c.Text(i) + "\x00"))
		case c.Zoned():
			h.Write([]byte("=" + c.Times()[i].Truncate(time.Microsecond).Format("2006-01-02T15:04:05.000000Z") + "\x00"))
		default:
			h.Write([]byte("=" + c.Times()[i].Format("2006-01-02 15:04:05.000") + "\x00"))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
