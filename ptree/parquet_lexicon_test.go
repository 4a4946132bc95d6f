package ptree

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestLexicon: rows keep their texts, whether those find room in the lexicon or not, and whether blocks
// have their words from one dictionary or each from its own.
func TestLexicon(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 100 {
		x := &lexicon{limit: int64(r.IntN(40)) * wordCost}
		var words []string
		for range 30 {
			if words == nil || r.IntN(3) == 0 {
				words = make([]string, 1+r.IntN(60))
				for i := range words {
					words[i] = fmt.Sprint("word ", (i*7+r.IntN(2))%50)
				}
			}
			c, want := cells{words: words}, []string(nil)
			for range 50 {
				c.codes = append(c.codes, int32(r.IntN(len(words)+1))-1)
				if code := c.codes[len(c.codes)-1]; code < 0 {
					want = append(want, "null")
				} else {
					want = append(want, words[code])
				}
			}
			c.intern(x)
			for i, code := range c.codes {
				got := "null"
				switch {
				case code >= 0:
					got = x.words[code]
				case code < -1:
					got = c.words[-2-code]
				}
				if got != want[i] {
					t.Fatalf("round %d: %q is %q afterwards", round, want[i], got)
				}
			}
		}
	}
}
