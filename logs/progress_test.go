package logs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/internal/progress"
)

// TestProgress sees a bar of bytes that rises to the size of the file, for every kind of reader.
func TestProgress(t *testing.T) {
	old := progress.Open
	defer func() { progress.Open = old }()
	var states []progress.State
	progress.Open = func(string, int64) progress.View {
		states = nil
		return func(s progress.State) { states = append(states, s) }
	}
	df := everyKind()
	for name, data := range map[string][]byte{
		"x.csv": []byte("a,b\n" + strings.Repeat("1,x\n", 100_000)), "x.csv.gz": gzipped(t, []byte(small)), "x.arrow": written(t, df.ToArrow),
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, Options{Progress: true}); err != nil {
			t.Fatal(err)
		}
		last := int64(0)
		for _, s := range states {
			if s.Title != "Reading "+name || s.Total != int64(len(data)) || s.Done < last || s.Done > s.Total {
				t.Errorf("Open(%s) shows %+v after %d of %d bytes", name, s, last, len(data))
			}
			last = s.Done
		}
		if len(states) < 2 || !states[len(states)-1].Finished || last != int64(len(data)) {
			t.Errorf("Open(%s) ends its bar with %d of %d bytes", name, last, len(data))
		}
		states = nil
		if _, err := Open(path); err != nil || states != nil {
			t.Errorf("Open(%s) without Progress shows %v, %v", name, states, err)
		}
	}
}
