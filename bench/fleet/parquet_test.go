package fleet

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/logs"
)

// TestWriteParquet says that every event is written once, whatever fits in memory, that shuffling
// shuffles, and that writing again gives the same bytes.
func TestWriteParquet(t *testing.T) {
	for _, c := range []struct{ files, rows int }{{0, 10_000}, {0, 300}, {3, 300}} {
		for _, shuffled := range []bool{false, true} {
			f := Fleet{Events: 1500, Hosts: 7, Seed: 5, Shuffled: shuffled}
			t.Run(fmt.Sprint(c, shuffled), func(t *testing.T) {
				first, second := t.TempDir(), t.TempDir()
				for _, dir := range []string{first, second} {
					path := dir
					if c.files == 0 {
						path = filepath.Join(dir, "log.parquet")
					}
					if err := f.writeParquet(path, c.files, c.rows); err != nil {
						t.Fatal(err)
					}
				}
				checkWritten(t, f, first, second, max(1, c.files))
			})
		}
	}
}

// TestOwnCommands writes a log in which no two command lines are equal, and all else as it was.
func TestOwnCommands(t *testing.T) {
	f := Fleet{Events: 1500, Hosts: 7, Seed: 5}
	read := func() dataframe.DataFrame {
		path := filepath.Join(t.TempDir(), "log.parquet")
		if err := f.WriteParquet(path, 0); err != nil {
			t.Fatal(err)
		}
		df, err := logs.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return df
	}
	usual := read()
	f.OwnCommands = true
	own := read()
	if n := own.Col(commandColumn).Unique().Len(); n != f.Events {
		t.Errorf("%d events have %d command lines", f.Events, n)
	}
	if !slices.Equal(own.Names(), usual.Names()) || !slices.Equal(lines(own.Drop(commandColumn)), lines(usual.Drop(commandColumn))) {
		t.Error("other columns differ, too")
	}
}

func checkWritten(t *testing.T, f Fleet, first, second string, files int) {
	t.Helper()
	var got []string
	names, err := filepath.Glob(filepath.Join(first, "*"))
	if err != nil || len(names) != files {
		t.Fatalf("files written = %v, %v, want %d", names, err, files)
	}
	for _, name := range names {
		a, err := os.ReadFile(name)
		b, other := os.ReadFile(filepath.Join(second, filepath.Base(name)))
		if err != nil || other != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs when it is written again: %v, %v", filepath.Base(name), err, other)
		}
		df, err := logs.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if n := df.Nrow(); n < f.Events/files/2 || n > f.Events/files*3/2 {
			t.Errorf("%s has %d events, want about %d", filepath.Base(name), n, f.Events/files)
		}
		got = append(got, lines(df)...)
	}
	want := lines(Fleet{Events: f.Events, Hosts: f.Hosts, Seed: f.Seed}.All().Frame(f.Hosts))
	if slices.Equal(got, want) == f.Shuffled {
		t.Errorf("the rows are in the order of hosts and time: %v, want %v", !f.Shuffled, f.Shuffled)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Error("the files do not have every event once")
	}
}

// lines returns a frame's rows as text.
func lines(df dataframe.DataFrame) []string {
	out := make([]string, df.Nrow())
	for _, name := range df.Names() {
		c := df.Col(name)
		for i := range out {
			out[i] += c.Text(i) + "|"
		}
	}
	return out
}
