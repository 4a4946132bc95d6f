package ptree_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// fewMemory is a budget in which wordyHost does not fit, and what links it does.
const fewMemory = 88 << 20

// beside are the columns of wordyHost that only go along.
var beside = ptree.ParquetOptions{Columns: []string{"SubjectUserName", "score", "count", "flag", "seen"}}

// wordyHost has a host of 160,000 rows between two small ones, in random order. Rows repeat others in
// all columns, or in all that linking reads. Nulls, empty texts and texts that are not UTF-8 are among the others.
var wordyHost = sync.OnceValue(func() dataframe.DataFrame {
	const events, rows = 120_000, 160_000
	r := rand.New(rand.NewPCG(1, 81))
	all := randomEvents(r, 1, events)
	for i := range 200 {
		all[i].host = []string{"ANT", "ZEBRA"}[i%2]
	}
	from, twin := make([]int32, rows), make([]int, rows)
	for i := range from {
		from[i], twin[i] = int32(r.IntN(events)), r.IntN(2)
	}
	df := frameOfEvents(all).Take(from).WithIndex(dataframe.FromSlice("", 0, rows))
	commands, users := make([]string, rows), make([]string, rows)
	score, count, flag, seen := make([]float64, rows), make([]int64, rows), make([]bool, rows), make([]int64, rows)
	valid, told := make([]bool, rows), make([]bool, rows)
	for i, event := range from {
		switch event % 10 {
		case 0:
			commands[i] = ""
		case 1:
			commands[i] = "\xff\xfe <script>alert(1)</script> " + strings.Repeat("\u202e", int(event%7))
		default:
			commands[i] = fmt.Sprintf("run --job %d %s %d", event, strings.Repeat("x", 100+int(event%400)), twin[i])
		}
		users[i] = fmt.Sprint("user", event%50)
		score[i], count[i], flag[i], seen[i] = float64(event)/3, int64(event)<<20, event%3 == 0, int64(event)*1000
		if event%11 == 0 {
			score[i] = math.Inf(-1)
		}
		valid[i], told[i] = event%5 != 0, event%4 != 0
	}
	return df.With("CommandLine", dataframe.Strings("CommandLine", commands, told)).With("SubjectUserName", users).
		With("score", dataframe.Floats("score", score, valid)).With("count", dataframe.Ints("count", count)).
		With("flag", dataframe.Bools("flag", flag, told)).With("seen", dataframe.Nanos("seen", seen, false, valid))
})

// TestParquetOfALargeHost builds it in memory that it does not fit in, and holds the file against the
// one of much memory, byte by byte.
func TestParquetOfALargeHost(t *testing.T) {
	identified := beside
	identified.Schema = ptree.Windows4688
	identified.Schema.EventIDColumn, identified.Schema.TargetLogonID, identified.Schema.UserID = "", "", ""
	identified.Schema.ProcessGUID, identified.Schema.ParentGUID = "guid", "parent_guid"
	for what, c := range map[string]struct {
		df dataframe.DataFrame
		o  ptree.ParquetOptions
	}{
		"three hosts": {wordyHost(), beside},
		"sorted":      {wordyHost().Sort("Computer", "TimeGenerated"), beside},
		"one host":    {wordyHost().Where(dataframe.Eq("Computer", "HOST0")), beside},
		"identities":  {withIdentities(wordyHost()), identified},
	} {
		in := writeParquet(t, c.df, 50_000)
		whole, sum := buildParquet(t, in, c.o)
		if sum.Spilled != 0 || sum.Count(ptree.ExactDuplicate) == 0 || sum.Count(ptree.DuplicateKey) == 0 || sum.Inferred == 0 {
			t.Fatalf("%s in much memory: %+v, want repeated rows, keys, inferred parents and nothing spilled", what, sum)
		}
		o := c.o
		o.Memory = fewMemory
		out, few := buildParquet(t, in, o)
		if !bytes.Equal(fileBytes(t, out), fileBytes(t, whole)) {
			t.Errorf("%s: the output in little memory differs", what)
		}
		if few.Spilled == 0 {
			t.Errorf("%s: nothing was spilled, so that the host was not too large", what)
		}
		if few.Spilled = 0; few.String() != sum.String() {
			t.Errorf("%s: the summary in little memory = %s, want %s", what, few, sum)
		}
		onlyFile(t, filepath.Dir(out), "tree.parquet")
	}
}

// withIdentities gives the processes unique identities, and some of their children's rows these.
func withIdentities(df dataframe.DataFrame) dataframe.DataFrame {
	own, parent := make([]int64, df.Nrow()), make([]int64, df.Nrow())
	told := make([]bool, df.Nrow())
	for i, nanos := range df.Col("TimeGenerated").Nanos() {
		own[i], parent[i] = 1+nanos/1e9, 1+nanos/2e9
		told[i] = i%3 == 0
	}
	return df.With("guid", own).With("parent_guid", dataframe.Ints("parent_guid", parent, told))
}

// TestParquetOfALargeHostOfForks replays a machine's forks without what the rows tell beside.
func TestParquetOfALargeHostOfForks(t *testing.T) {
	log := auditRecords(t, "audit_fork_exec_exit")
	commands := make([]string, log.Nrow())
	for i := range commands {
		commands[i] = fmt.Sprint(strings.Repeat("y", 800), i/2)
	}
	in := writeParquet(t, log.With("cmdline", commands).With("Computer", "h"), 20_000)
	whole, _ := buildParquet(t, in, ptree.ParquetOptions{Schema: ptree.Auditd})
	out, sum := buildParquet(t, in, ptree.ParquetOptions{Schema: ptree.Auditd, Memory: 32 << 20})
	if sum.Spilled == 0 {
		t.Error("nothing was spilled, so that the host was not too large")
	}
	if !bytes.Equal(fileBytes(t, out), fileBytes(t, whole)) {
		t.Error("the output in little memory differs")
	}
}

// TestParquetOfALargeHostResumes interrupts the build everywhere.
func TestParquetOfALargeHostResumes(t *testing.T) {
	in := writeParquet(t, wordyHost(), 50_000)
	whole, _ := buildParquet(t, in, beside)
	want := fileBytes(t, whole)
	o := beside
	o.Memory, o.Resume = fewMemory, true
	interrupted := 0
	for asks := int64(1); ; asks += 1 + asks/3 {
		out := filepath.Join(t.TempDir(), "tree.parquet")
		ctx := &countdown{Context: context.Background()}
		ctx.left.Store(asks)
		_, err := ptree.BuildParquet(ctx, []string{in}, out, o)
		if err == nil {
			break
		}
		interrupted++
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d asks: %v", asks, err)
		}
		if _, err := ptree.BuildParquet(context.Background(), []string{in}, out, o); err != nil {
			t.Fatalf("resumed after %d asks: %v", asks, err)
		}
		if !bytes.Equal(fileBytes(t, out), want) {
			t.Fatalf("the output that was resumed after %d asks differs", asks)
		}
		onlyFile(t, filepath.Dir(out), "tree.parquet")
	}
	if interrupted < 5 {
		t.Errorf("the build was interrupted %d times, want more", interrupted)
	}
}
