package ptree

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestRowsFitButHostsDoNot plans a log of as many hosts as rows in memories of which some have room
// for the rows, but, as only reading shows, not for so many hosts: then nothing is kept.
func TestRowsFitButHostsDoNot(t *testing.T) {
	const rows = 150_000
	hosts, ids, at, image := make([]string, rows), make([]int64, rows), make([]int64, rows), make([]int32, rows)
	for i := range rows {
		hosts[i], ids[i], at[i] = fmt.Sprintf("host-%06d", (i*7919)%rows), int64(4+4*(i%100)), int64(1+i)*1_000_000_000
	}
	images := []string{`C:\Windows\System32\cmd.exe`}
	in := filepath.Join(t.TempDir(), "log.parquet")
	if err := dataframe.New(dataframe.Nanos("TimeGenerated", at, true), dataframe.Strings("Computer", hosts),
		dataframe.Ints("NewProcessId", ids), dataframe.Coded("NewProcessName", image, images), dataframe.Ints("ProcessId", ids),
		dataframe.Coded("ParentProcessName", image, images)).WriteParquet(in); err != nil {
		t.Fatal(err)
	}
	kept, divided := 0, 0
	for memory := int64(100 << 20); memory < 300<<20; memory += 10 << 20 {
		b := &parquetBuild{o: ParquetOptions{Memory: memory, Workers: 1}.complete(), output: filepath.Join(t.TempDir(), "tree.parquet")}
		if err := b.prepare(context.Background(), []string{in}); err != nil {
			t.Fatal(err)
		}
		promising := rows <= b.source.budget(b.layout, b.o, 1).rows(2)
		if one := len(b.plan.parts) == 1; (b.whole != nil) != (one && promising) || b.whole == nil && b.done != 0 {
			t.Errorf("in %d bytes of memory: %d partitions, %d blocks are kept, %d rows count as read", memory, len(b.plan.parts), len(b.whole), b.done)
		} else if one && promising {
			kept++
		} else if promising {
			divided++
		}
	}
	if kept == 0 || divided == 0 {
		t.Errorf("of the memories, %d have room for all and %d for the rows alone: want some of each", kept, divided)
	}
}
