package ptree_test

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestProcessorsDoNotMatter builds logs of one large host, with ties, repeated rows, rows without a time
// and identities that are used again and again, with different numbers of processors, which
// share its events out between them.
func TestProcessorsDoNotMatter(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for name, c := range map[string]struct{ moments, apart int64 }{"many moments": {1 << 40, 1}, "ties": {9000, 4000}, "few moments": {40, 1e9}} {
		t.Run(name, func(t *testing.T) {
			log := largeHost(c.moments, c.apart)
			runtime.GOMAXPROCS(1)
			want := toldOf(t, log)
			if !strings.Contains(want, ",1970-01-01 00:00:00.000000") && !strings.Contains(want, "|1970") {
				t.Error("no parent is inferred")
			}
			for _, processors := range []int{2, 3, 7} {
				runtime.GOMAXPROCS(processors)
				if got := toldOf(t, log); got != want {
					t.Errorf("%d processors build another tree than one", processors)
				}
			}
		})
	}
}

// largeHost has events of some moments, so many nanoseconds apart.
func largeHost(moments, apart int64) dataframe.DataFrame {
	r := rand.New(rand.NewPCG(5, uint64(moments)))
	events := randomEvents(r, 1, 30_000)
	times, valid := make([]int64, len(events)), make([]bool, len(events))
	for i := range events {
		e := &events[i]
		e.time = apart * r.Int64N(moments)
		if r.IntN(100) == 0 {
			e.host = "OTHER"
		}
		if r.IntN(3) == 0 {
			e.parent = events[r.IntN(i+1)].pid
		}
		e.pid, e.parent = e.pid+pad(r), e.parent+pad(r)
		if i > 0 && r.IntN(50) == 0 {
			*e = events[i-1]
		}
		times[i], valid[i] = e.time, r.IntN(200) > 0
	}
	return frameOfEvents(events).With("TimeGenerated", dataframe.Nanos("", times, true, valid))
}

// pad makes six ids some hundred.
func pad(r *rand.Rand) string { return []string{"", "0", "a", "b4", "c8"}[r.IntN(5)] }

// toldOf is all that a tree says of a log.
func toldOf(t *testing.T, log dataframe.DataFrame) string {
	t.Helper()
	tree := mustBuild(t, log)
	var b strings.Builder
	if err := tree.DataFrame().ToCSV(&b); err != nil {
		t.Fatal(err)
	}
	for i := range tree.Len() {
		l := tree.At(i).Link()
		b.WriteString(l.Evidence)
	}
	return b.String() + tree.Findings().String()
}
