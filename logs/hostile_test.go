package logs

import (
	"bytes"
	"path/filepath"
	"runtime"
	"testing"
)

// TestHostileSizes writes a huge number over every place of a binary file, so over every size in
// it (a third of the places for each number, to be quick): reading must neither panic nor take memory that the file has no right to.
func TestHostileSizes(t *testing.T) {
	const limit = 200 << 20
	for name, data := range map[string][]byte{
		"arrow stream": arrowStream(t, everyKind()), "arrow": written(t, everyKind().ToArrow),
		"parquet": written(t, everyKind().ToParquet), "nested parquet": readAll(t, filepath.Join("testdata", "nested.parquet")),
		"pickle":     readAll(t, filepath.Join("testdata", "pickles", "objects.pd23.p3.pkl")),
		"categories": readAll(t, filepath.Join("testdata", "pickles", "categories.pd23.p2.pkl")),
	} {
		for k, huge := range [][]byte{{0xff, 0xff, 0xff, 0x0f}, {0xff, 0xff, 0xff, 0xff}, {0x7f}} {
			for at := k; at+len(huge) <= len(data); at += 3 {
				hostile := bytes.Clone(data)
				copy(hostile[at:], huge)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				df, err := Read(bytes.NewReader(hostile), Options{MaxBytes: 1 << 24})
				runtime.ReadMemStats(&after)
				if err == nil {
					_ = shown(df)
				}
				if took := after.TotalAlloc - before.TotalAlloc; took > limit {
					t.Errorf("Read(%s of %d bytes with %x at %d) took %d MB, %v", name, len(data), huge, at, took>>20, err)
				}
			}
		}
	}
}
