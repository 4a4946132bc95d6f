package dataframe

import (
	"math/rand/v2"
	"slices"
)

// SampleOptions are the options of [DataFrame.Sample].
type SampleOptions struct {
	Seed uint64 // another seed draws other rows; the same seed draws the same ones
}

// Sample returns n rows drawn at random without repetition, in the order of the frame; all of
// them when there are fewer. It draws the same rows every time, so that a notebook run twice
// shows the same; give a Seed for others.
func (d DataFrame) Sample(n int, options ...SampleOptions) DataFrame {
	if n < 0 {
		panic(usage("a sample of %d rows: give a number from 0 up", n))
	}
	seed := option("Sample", options).Seed
	rows, n := d.Nrow(), min(n, d.Nrow())
	random := rand.New(rand.NewPCG(seed, 0))
	// Floyd's algorithm: n draws whatever the number of rows
	picked := make(map[int32]bool, n)
	for last := rows - n; last < rows; last++ {
		r := int32(random.IntN(last + 1))
		if picked[r] {
			r = int32(last)
		}
		picked[r] = true
	}
	out := make([]int32, 0, n)
	for r := range picked {
		out = append(out, r)
	}
	slices.Sort(out)
	return d.Take(out)
}

// option returns the one options value of a call, or the defaults.
func option[T any](verb string, options []T) T {
	var none T
	switch len(options) {
	case 0:
		return none
	case 1:
		return options[0]
	}
	panic(usage("%s takes one options value at most, not %d", verb, len(options)))
}
