package ptree_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// containers is a log of many hosts with few rows each, some of them repeated or of other events. Of every
// ninth host each other row has a process without an id, and the last host has no name in the one half of
// its rows and an empty one in the other. Some hosts may have other events alone.
func containers(seed uint64, hosts, n int, idle bool) dataframe.DataFrame {
	r := rand.New(rand.NewPCG(seed, 31))
	df := frameOfEvents(randomEvents(r, hosts, n))
	kind, named, hasID := make([]string, n), make([]bool, n), make([]bool, n)
	host, pid := df.Col("Computer").Strings(), df.Col("NewProcessId").Strings()
	for i := range n {
		var h int
		fmt.Sscanf(host[i], "HOST%d", &h)
		kind[i], named[i], hasID[i] = "4688", true, h%9 != 0 || i%2 == 0
		if idle && h%7 == 0 || r.IntN(8) == 0 {
			kind[i] = "4625"
		}
		if h == hosts-1 {
			host[i], named[i] = "", i%2 == 0
		}
	}
	df = df.With("EventID", kind).With("Computer", dataframe.Strings("", host, named)).With("NewProcessId", dataframe.Strings("", pid, hasID))
	var rows []int32
	for i := range int32(n) {
		if rows = append(rows, i); i%10 == 0 {
			rows = append(rows, i)
		}
	}
	return df.Take(rows).WithIndex(dataframe.FromSlice("", 0, len(rows)))
}

// TestParquetOfSmallHosts holds hosts that are linked many at a time against the same, each in a build of its own.
func TestParquetOfSmallHosts(t *testing.T) {
	schema := ptree.Windows4688
	schema.TargetLogonID, schema.CommandLine, schema.UserName, schema.UserID = "", "", "", ""
	exits := schema
	exits.ExitEventID = "4625"
	for name, o := range map[string]ptree.ParquetOptions{"by identity": {Schema: schema}, "idle hosts": {Schema: schema}, "with exits": {Schema: exits},
		"little memory": {Schema: schema, Memory: 1 << 20}} {
		for seed := range uint64(2) {
			df := containers(seed, 120, 9000, name == "idle hosts")
			got, sum := buildParquet(t, writeParquet(t, df, 1000), o)
			var want []string
			var alone ptree.ParquetSummary
			for _, host := range slices.Compact(slices.Sorted(slices.Values(df.Col("Computer").Strings()))) {
				rows := df.Where(dataframe.Eq("Computer", host))
				if host == "" {
					rows = df.Where(dataframe.Or(dataframe.Eq("Computer", ""), dataframe.IsNull("Computer")))
				}
				out := filepath.Join(t.TempDir(), "tree.parquet")
				s, err := ptree.BuildParquet(context.Background(), []string{writeParquet(t, rows, 1000)}, out, o)
				if err != nil && !strings.Contains(err.Error(), "no row has EventID 4688") {
					t.Fatal(err)
				}
				if err == nil {
					want = append(want, gotRows(readParquet(t, out))...)
				}
				alone.Processes, alone.Hosts, alone.Inferred = alone.Processes+s.Processes, alone.Hosts+s.Hosts, alone.Inferred+s.Inferred
				for k, n := range s.Found {
					alone.Found[k] += n
				}
				alone.Found[ptree.AbsentColumn] = sum.Found[ptree.AbsentColumn] // of a build
			}
			sameRows(t, fmt.Sprint(name, ", seed ", seed), gotRows(readParquet(t, got)), want)
			if sum.Processes != alone.Processes || sum.Hosts != alone.Hosts || sum.Inferred != alone.Inferred || sum.Found != alone.Found {
				t.Errorf("%s, seed %d: the build tells %+v, want %+v", name, seed, sum, alone)
			}
		}
	}
}
