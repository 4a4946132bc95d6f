package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// kinds are ours for pandas' types.
var kinds = map[string]dataframe.Kind{
	"object": dataframe.String, "int64": dataframe.Int, "float64": dataframe.Float,
	"bool": dataframe.Bool, "datetime64[ns]": dataframe.Time,
}

// The samples have the columns of the logs that msticpy's tutorial reads, so that one notebook
// runs on both.
func TestColumnsAreThoseOfTheTutorial(t *testing.T) {
	for file, set := range map[string]string{
		"win_proc_test.parquet": "win", "linux_proc_test.parquet": "linux", "procs_with_cluster.parquet": "rarity",
	} {
		path := filepath.Join("..", "..", "..", "shared", "data", "golden", set, "meta.json")
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("the reference logs are not here:", path)
		}
		var meta struct {
			Columns []string
			Dtypes  map[string]string
		}
		if err == nil {
			err = json.Unmarshal(data, &meta)
		}
		if err != nil {
			t.Fatal(err)
		}
		df := open(t, file)
		if !slices.Equal(df.Names(), meta.Columns) {
			t.Errorf("%s: columns %v, want %v", file, df.Names(), meta.Columns)
			continue
		}
		for _, name := range meta.Columns {
			if have, want := df.Col(name).Kind(), kinds[meta.Dtypes[name]]; have != want || df.Col(name).Zoned() {
				t.Errorf("%s: column %s is %v, zoned %v; want %v without a zone", file, name, have, df.Col(name).Zoned(), want)
			}
		}
	}
}
