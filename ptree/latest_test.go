package ptree

import (
	"math/rand/v2"
	"testing"
)

// TestAimedIdentities: process ids that all meet in one place of a table which has no secret, as somebody
// could log them, are spread like any others.
func TestAimedIdentities(t *testing.T) {
	const width, n = 14, 10_000
	for name, known := range map[string]func(key uint64) uint64{
		"by a product": func(key uint64) uint64 { return key * 0x9E3779B97F4A7C15 },
		"as they are":  func(key uint64) uint64 { return key },
		"with secret 0": func(key uint64) uint64 {
			defer func(s uint64) { secret = s }(secret)
			secret = 0
			return scattered(int32(key>>32), int32(key))
		},
	} {
		places, aimed := map[uint64]bool{}, 0
		for pid := int32(0); aimed < n && pid >= 0; pid++ {
			if known(uint64(pid)<<32|7)>>(64-width) == 0 {
				places[scattered(pid, 7)>>(64-width)] = true
				aimed++
			}
		}
		if aimed < n {
			t.Fatalf("%s: only %d ids", name, aimed)
		}
		// a random function has 7,485 on average, and no secret of hundreds gave less than 3,300
		if len(places) < 2000 {
			t.Errorf("%s: %d ids have %d places", name, aimed, len(places))
		}
	}
}

// TestLatest holds the table and the set against maps, over many rounds.
func TestLatest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var table latest
	var set wanted
	for round := range 200 {
		n := 1 + r.IntN(400)
		table.reset(n, n)
		set.reset(n)
		last, in := map[[2]int32]int32{}, map[[2]int32]bool{}
		for event := range int32(n) {
			who := [2]int32{r.Int32N(40) << (r.Uint32() % 20), r.Int32N(3)}
			want := int32(-1)
			if at, known := last[who]; known {
				want = at
			}
			if got := table.find(who[0], who[1]); got != want {
				t.Fatalf("round %d: the latest of %v is %d, want %d", round, who, got, want)
			}
			if r.IntN(2) == 0 {
				table.put(who[0], who[1], event)
				set.add(who[0], who[1])
				last[who], in[who] = event, true
			}
			if in[who] && set.has(who[0], who[1]) != 1 {
				t.Fatalf("round %d: %v is not in the set", round, who)
			}
		}
	}
}
