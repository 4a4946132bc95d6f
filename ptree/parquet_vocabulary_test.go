package ptree

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// pieceOf makes a piece's column of words of a set, as a host has it, and some words that were told
// of in another column.
func pieceOf(r *rand.Rand, set []string, of *setWords, told []string) cells {
	c := cells{of: of}
	for _, code := range r.Perm(len(set))[:1+r.IntN(len(set))] {
		c.origin = append(c.origin, int32(code))
		c.words = append(c.words, set[code])
	}
	c.words = append(c.words, told...)
	for range 40 {
		c.codes = append(c.codes, int32(r.IntN(len(c.words)+1))-1)
	}
	return c
}

// wholeOf makes a piece's column by the codes of a set.
func wholeOf(r *rand.Rand, set []string, of *setWords) cells {
	c := cells{of: of, words: set}
	for range 40 {
		c.codes = append(c.codes, int32(r.IntN(len(set)+1))-1)
	}
	return c
}

// Whatever way a word's code is found, it is that of the first row with the same text.
func TestVocabulary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	sets := make([][]string, 2)
	for i := range 30 {
		sets[0] = append(sets[0], fmt.Sprint("word ", i))
		sets[1] = append(sets[1], fmt.Sprint("word ", 2*i))
	}
	sets[0] = append(sets[0], "a\xffb", "a\xfeb", "a\ufffdb", "")
	of := []*setWords{{count: len(sets[0])}, {count: len(sets[1]), valid: true}}
	again := slices.Concat(sets[0], sets[0], sets[1])
	ofAgain := &setWords{count: len(again), repeats: true}
	var v vocabulary
	for round := range 300 {
		if round == 150 { // the same with the other set first
			slices.Reverse(sets)
			slices.Reverse(of)
		}
		var want, got []string
		var first []int32
		place := map[string]int32{}
		for range 6 {
			which := min(1, r.IntN(1+round%4)) // every fourth group is of one set
			var told []string
			if round%3 == 0 {
				told = []string{"word 2", "told", "a\xffb"}
			}
			c := pieceOf(r, sets[which], of[which], told)
			if round%5 == 0 {
				c = wholeOf(r, sets[which], of[which])
			}
			find := func(code int32) int32 { return v.findAmong(ofAgain, c.words[code], 1000) }
			if r.IntN(4) == 0 {
				c = wholeOf(r, again, ofAgain)
			} else {
				known := v.begin(c)
				find = func(code int32) int32 {
					if known[code] == 0 {
						known[code] = v.find(c, code) + 1
					}
					return known[code] - 1
				}
			}
			for _, code := range c.codes {
				if code < 0 {
					continue
				}
				n := find(code)
				word := validText(c.words[code])
				if _, ok := place[word]; !ok {
					place[word] = int32(len(want))
					want = append(want, word)
				}
				if n != place[word] {
					first = append(first, n)
				}
			}
		}
		got = v.words
		if !slices.Equal(got, want) || len(first) > 0 {
			t.Fatalf("group %d: words %q, want %q; wrong codes %v", round, got, want, first)
		}
		v.reset()
	}
}
