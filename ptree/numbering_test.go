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
			return scattered(idAndName(key))
		},
	} {
		places, aimed := map[uint64]bool{}, 0
		for pid := int32(0); aimed < n && pid >= 0; pid++ {
			if known(uint64(pid)<<32|7)>>(64-width) == 0 {
				places[scattered(idAndNameOf(pid, 7))>>(64-width)] = true
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

// TestNumbering holds the table against a map, over many rounds.
func TestNumbering(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var table numbering
	for round := range 200 {
		n := 1 + r.IntN(400)
		table.reset(n)
		numbers := map[[2]int32]int32{}
		for range n {
			who := [2]int32{r.Int32N(40) << (r.Uint32() % 20), r.Int32N(3)}
			want := numbers[who]
			got := []int32{0}
			if table.find([]entry{{pid: who[0], name: who[1]}}, -1, got); got[0] != want {
				t.Fatalf("round %d: the number of %v is %d, want %d", round, who, got[0], want)
			}
			if r.IntN(2) == 0 {
				if want == unnamed {
					want = int32(firstNumber + len(numbers))
					numbers[who] = want
				}
				if got := table.number(idAndNameOf(who[0], who[1])); got != want {
					t.Fatalf("round %d: %v gets the number %d, want %d", round, who, got, want)
				}
			}
			if got, want := int(table.next), firstNumber+len(numbers); got != want {
				t.Fatalf("round %d: numbers end at %d, want %d", round, got, want)
			}
		}
	}
}
