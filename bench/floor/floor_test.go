package floor

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/bench/fleet"
	"github.com/gophertrees/gopherwood/logs"
)

// TestRewrite says that the floor does what it is compared for: the columns that are asked for, in every row.
func TestRewrite(t *testing.T) {
	dir := t.TempDir()
	log, to := filepath.Join(dir, "log"), filepath.Join(dir, "copy.parquet")
	f := fleet.Fleet{Events: 3000, Hosts: 3, Seed: 2}
	if err := f.WriteParquet(log, 2); err != nil {
		t.Fatal(err)
	}
	columns := []string{"Computer", "TimeGenerated", "NewProcessId", "NewProcessName"}
	if err := Rewrite(log, to, columns); err != nil {
		t.Fatal(err)
	}
	got, err := logs.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	want := f.All().Frame(3)
	if !slices.Equal(got.Names(), columns) || got.Nrow() != want.Nrow() {
		t.Fatalf("the copy has %d rows of %v, want %d of %v", got.Nrow(), got.Names(), want.Nrow(), columns)
	}
	if !slices.Equal(got.Col("NewProcessName").Strings(), want.Col("NewProcessName").Strings()) ||
		!slices.Equal(got.Col("TimeGenerated").Nanos(), want.Col("TimeGenerated").Nanos()) {
		t.Error("the copy differs from the log")
	}
	if err := Rewrite(filepath.Join(dir, "none.parquet"), to, columns); err == nil {
		t.Error("a log that is not there is copied")
	}
	if err := Rewrite(log, filepath.Join(dir, "no", "folder"), columns); err == nil {
		t.Error("a copy is written to a folder that is not there")
	}
}

func TestBandwidth(t *testing.T) {
	if b := Bandwidth(1 << 16); !(b > 0) {
		t.Errorf("Bandwidth() = %v", b)
	}
}
