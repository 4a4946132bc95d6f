package plotting

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"image/png"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestRealLogs draws the tutorial's logs in every format, where the shared data is at hand.
func TestRealLogs(t *testing.T) {
	beyondShort(t)
	const folder = "../../shared/data/golden/"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the shared data is not here: ", err)
	}
	for _, c := range []struct {
		name, legend string
		processes    int
	}{
		{"win", "SubjectUserName", 1010},
		{"linux", "cwd", 1029},
		{"rarity", "Rarity", 22992},
	} {
		tree, err := ptree.BuildProcessTree(goldenInput(t, folder+c.name+"/input.jsonl.gz"))
		if err != nil {
			t.Fatal(err)
		}
		if tree.Len() != c.processes {
			t.Errorf("%s has %d processes, want %d", c.name, tree.Len(), c.processes)
		}
		f := PlotProcessTree(tree, Options{LegendCol: c.legend, Fold: ptree.Off})
		picture, err := png.Decode(bytes.NewReader(written(t, f, "png")))
		if err != nil || picture.Bounds().Dy() > 16000 {
			t.Errorf("%s as PNG = %v high, %v, want 16,000 pixels at most", c.name, picture.Bounds().Dy(), err)
		}
		svg := string(written(t, f, "svg"))
		if rows := strings.Count(svg, "<title>Process: "); rows != c.processes {
			t.Errorf("%s as SVG has %d rows, want %d", c.name, rows, c.processes)
		}
		if pdf := written(t, f, "pdf"); !bytes.Contains(pdf, []byte("/Count ")) {
			t.Errorf("%s as PDF has no pages", c.name)
		}
		for _, bad := range []string{"text/html", "image/png"} {
			if f.SimpleRender()[bad] == nil {
				t.Errorf("%s shows no %s in a notebook", c.name, bad)
			}
		}
	}
}

// goldenInput reads the table of a golden set: one JSON object for each row.
func goldenInput(t *testing.T, path string) dataframe.DataFrame {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := json.NewDecoder(plain)
	lines.UseNumber()
	values := map[string][]any{}
	for n := 0; ; n++ {
		var row map[string]any
		if err := lines.Decode(&row); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for name, v := range row {
			values[name] = append(values[name], typed(v))
		}
	}
	delete(values, "__index__")
	var columns []dataframe.Column
	for _, name := range slices.Sorted(maps.Keys(values)) {
		columns = append(columns, dataframe.FromSlice(name, values[name], len(values[name])))
	}
	return dataframe.New(columns...)
}

// typed turns numbers and times into their types.
func typed(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i
		}
		f, _ := v.Float64()
		return f
	case string:
		if when, err := time.Parse("2006-01-02T15:04:05.999999999", v); err == nil {
			return when
		}
	}
	return v
}

// beyondShort skips what takes long, under the race detector very long, and shares no memory.
func beyondShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("drawn by one goroutine: not with -short")
	}
}
