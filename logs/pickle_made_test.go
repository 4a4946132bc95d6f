package logs

import (
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

var pickleFolder = flag.String("pickles", filepath.Join("testdata", "pickles"), "folder of pickles from testdata/make_pickles.py")

// answer is what pandas says of one column.
type answer struct {
	Name, Kind string
	Zoned      bool
	Values     []*string
}

// TestPickleMade compares pickles of every type, null and index with what pandas says is in them.
func TestPickleMade(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(*pickleFolder, "*.pkl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no pickles in %s: %v", *pickleFolder, err)
	}
	cells := 0
	for _, path := range paths {
		var want struct {
			Index   answer
			Columns []answer
		}
		text := readAll(t, strings.TrimSuffix(path, ".pkl")+".json")
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		df, err := Open(path)
		if err != nil {
			t.Errorf("Open(%s) = %v", path, err)
			continue
		}
		if df.Ncol() != len(want.Columns) {
			t.Errorf("%s: %d columns, want %d", path, df.Ncol(), len(want.Columns))
			continue
		}
		for i, c := range df.Columns() {
			// names that come twice are numbered, which pandas does not do here
			if c.Name() != want.Columns[i].Name && !strings.HasPrefix(c.Name(), want.Columns[i].Name+".") {
				t.Errorf("%s: column %d is %q, want %q", path, i, c.Name(), want.Columns[i].Name)
			}
			cells += compareAnswer(t, path, c, want.Columns[i])
		}
		if df.Ncol() > 0 {
			compareAnswer(t, path+" index", df.Index(), want.Index)
			if df.Index().Name() != want.Index.Name {
				t.Errorf("%s: index %q, want %q", path, df.Index().Name(), want.Index.Name)
			}
		}
	}
	t.Logf("%d files, %d cells", len(paths), cells)
}

func compareAnswer(t *testing.T, path string, c dataframe.Column, want answer) int {
	t.Helper()
	if c.Len() != len(want.Values) {
		t.Errorf("%s: column %s has %d rows, want %d", path, want.Name, c.Len(), len(want.Values))
		return 0
	}
	if c.Nulls() < c.Len() && c.Kind().String() != want.Kind || c.Zoned() != want.Zoned && c.Nulls() < c.Len() {
		t.Errorf("%s: column %s is %s (zoned %v), want %s (%v)", path, want.Name, c.Kind(), c.Zoned(), want.Kind, want.Zoned)
		return 0
	}
	for i, v := range want.Values {
		got, isNull := c.Text(i), c.IsNull(i)
		if !isNull && c.Kind() == dataframe.Time {
			got = fmt.Sprint(c.Nanos()[i])
		}
		if isNull != (v == nil) || v != nil && got != *v && !sameNumber(c, i, *v) {
			t.Errorf("%s: row %d column %s = %q (null %v), want %s", path, i, want.Name, got, isNull, shownText(v))
			return i
		}
	}
	return c.Len()
}

func sameNumber(c dataframe.Column, i int, want string) bool {
	if c.Kind() != dataframe.Float {
		return false
	}
	v, err := strconv.ParseFloat(want, 64)
	return err == nil && v == c.Floats()[i]
}

func shownText(s *string) string {
	if s == nil {
		return "null"
	}
	return strconv.Quote(*s)
}

// TestPickleRefused reads frames with parts that we do not know: the error names them, and says
// what to do.
func TestPickleRefused(t *testing.T) {
	for name, want := range map[string]string{
		"MultiIndex": "it holds a MultiIndex, which is not read: call df.reset_index()", "PeriodArray": "astype(str)",
		"IntervalArray": "astype(str)", "SparseArray": "to_dense()", "Series": "to_frame()", "laughs": "unfolds to far more values", "complex": `numpy type "c16" is not read`,
	} {
		_, err := Open(filepath.Join("testdata", "pickles", "refused", name+".pkl"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%s.pkl) = %v, want %s", name, err, want)
		}
	}
}
