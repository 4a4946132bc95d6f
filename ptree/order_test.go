package ptree

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// orders are times that are sorted in different ways: ties, times far apart, enough for many buckets.
var orders = []struct {
	name string
	n    int
	time func(r *rand.Rand) int64
}{
	{"none", 0, nil},
	{"few", 5, func(r *rand.Rand) int64 { return r.Int64N(3) }},
	{"ties", 5000, func(r *rand.Rand) int64 { return r.Int64N(50) }},
	{"one moment", 5000, func(*rand.Rand) int64 { return 7 }},
	{"many", 100_000, func(r *rand.Rand) int64 { return r.Int64N(86400e9) }},
	{"skewed", 100_000, func(r *rand.Rand) int64 { return int64(math.Exp(40 * r.Float64())) }},
	{"from end to end", 20_000, func(r *rand.Rand) int64 { return int64(r.Uint64()) }},
	{"one far away", 5000, func(r *rand.Rand) int64 { return max(r.Int64N(5000)/4999*math.MaxInt64, r.Int64N(1e6)) }},
}

// TestByTime holds the sort of rows against the standard library's, with rows without a time.
func TestByTime(t *testing.T) {
	for _, c := range orders {
		t.Run(c.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, uint64(c.n)))
			nanos, valid := make([]int64, c.n), make([]bool, c.n)
			for i := range nanos {
				nanos[i], valid[i] = c.time(r), r.IntN(50) > 0
			}
			stamps := dataframe.Nanos("", nanos, true, valid)
			got, want := r.Perm(c.n), make([]int32, c.n)
			for i, v := range got {
				want[i] = int32(v)
			}
			rows := slices.Clone(want)
			byTime(rows, stamps)
			slices.SortStableFunc(want, func(a, b int32) int {
				if !valid[a] || !valid[b] {
					return cmp.Compare(missing(valid[a]), missing(valid[b]))
				}
				return cmp.Compare(nanos[a], nanos[b])
			})
			if !slices.Equal(rows, want) {
				t.Error("byTime differs from a stable sort")
			}
		})
	}
}

// TestSortEntries holds the sort of entries against the standard library's, with scratch memory used again.
func TestSortEntries(t *testing.T) {
	var s sorting
	for _, c := range orders {
		t.Run(c.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(2, uint64(c.n)))
			got := make([]entry, c.n)
			for i := range got {
				got[i] = entry{nanos: c.time(r), row: int32(i)}
			}
			want := slices.Clone(got)
			s.sort(got)
			slices.SortStableFunc(want, func(a, b entry) int { return cmp.Compare(a.nanos, b.nanos) })
			if !slices.Equal(got, want) {
				t.Error("it differs from a stable sort")
			}
		})
	}
}

func missing(valid bool) int {
	if valid {
		return 0
	}
	return 1
}
