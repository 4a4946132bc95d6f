package logs

import (
	"bytes"
	"path/filepath"
	"testing"
)

// The fuzz tests read anything as each format: no input may panic, hang or fill the memory. What
// could be read must be a sound frame, which showing every cell checks.

// fuzzBytes bounds the inputs' unfolding, so that hostile sizes show as errors.
const fuzzBytes = 1 << 26

func fuzzFormat(f *testing.F, name string, seeds ...[]byte) {
	for _, seed := range append(seeds, seedsOf(name)...) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		df, err := Read(bytes.NewReader(data), Options{Format: name, MaxBytes: fuzzBytes})
		if err == nil {
			_, _ = shown(df), df.Index().Strings()
		}
		for _, bad := range df.Bad().First {
			_ = bad.String()
		}
	})
}

func FuzzCSV(f *testing.F) {
	fuzzFormat(f, "csv", []byte(small), []byte(",a\r\n\"x\"\"y\",\"z\n\"\r\n\"x\"y,1\n2019-02-10T15:21:06Z,\"open"), []byte("a;b\n\xff;1"), []byte("\xff\xfea\x00,\x00\n\x00"))
}

func FuzzJSONL(f *testing.F) {
	fuzzFormat(f, "jsonl", []byte("{\"a\":1,\"b\":[{}]}\n{\"a\":\"2019-02-10T15:21:06Z\"}\nx\n"), []byte(`{"a":NaN,"a":1e999,"b":"\ud800"}`))
}

func FuzzJSON(f *testing.F) {
	fuzzFormat(f, "json", []byte(`[{"a":1},{"b":[1]}]`), []byte(`{"columns":["a",{"name":"b"}],"rows":[[1,2],[3]]}`),
		[]byte(`{"a":{"0":1,"5":2}}`), []byte(`{"tables":[{"columns":["a"],"rows":[[1]]}]}`), []byte(`{"value":[{"a":1},{"a":`), []byte("{\"a\":1}\n{\"a\":2}"))
}

func FuzzPickle(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "pickles", "*.pkl"))
	if err != nil {
		f.Fatal(err)
	}
	var seeds [][]byte
	for _, path := range paths {
		seeds = append(seeds, readAll(f, path))
	}
	fuzzFormat(f, "pickle", seeds...)
}

func FuzzArrow(f *testing.F) {
	fuzzFormat(f, "arrow", arrowStream(f, everyKind()), written(f, everyKind().ToArrow), []byte("ARROW1\x00\x00\xff\xff\xff\xff\xff\xff\xff\x7f"),
		[]byte("\xff\xff\xff\xff\x10\x00\x00\x00\xff\xff\xff\xff\x00\x00\x00\x80\xff\xff\xff\x7f\x00\x00\x00\x00"), []byte("ARROW1\x00\x00\xff\xff\xff\x7fARROW1"))
}

func FuzzParquet(f *testing.F) {
	fuzzFormat(f, "parquet", written(f, everyKind().ToParquet), readAll(f, filepath.Join("testdata", "nested.parquet")),
		[]byte("PAR1\xff\xff\xff\x7fPAR1"), []byte("PAR1\x15\x00\x19\x00\x16\xfe\xff\xff\xff\x0f\x19\xfc\xff\xff\xff\x0f\x10\x00\x00\x00PAR1"), []byte("PAR1\x00\x00\x00\x00PAR1"))
}

// FuzzAny reads anything with the format and the compressions found from the bytes.
func FuzzAny(f *testing.F) {
	fuzzFormat(f, "", []byte(small), gzipped(f, []byte(small)), zstandard(f, []byte(small)), zipped(f, map[string]string{"x": small}),
		readAll(f, filepath.Join("testdata", "small.csv.xz")), []byte("\xff\xfea\x00,\x00b\x00\n\x00"))
}
