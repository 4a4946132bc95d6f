package dataframe

import (
	"slices"
	"strings"
)

// Nearest returns up to three of the names that look most like name, best first: equal but
// for case, containing it, or at most a third of its letters away (Levenshtein distance).
// It returns none when nothing is near. Messages about unknown names use it.
func Nearest(name string, among []string) []string {
	type hit struct {
		name string
		cost int
	}
	if len(name) > 200 {
		return nil
	}
	low := strings.ToLower(name)
	var hits []hit
	for _, n := range among {
		if len(n) > 200 {
			continue
		}
		l := strings.ToLower(n)
		cost := distance(low, l)
		switch {
		case l == low:
			cost = 0
		case len(low) >= 3 && strings.Contains(l, low), len(l) >= 3 && strings.Contains(low, l):
			cost = 1
		case cost > max(1, len(low)/3):
			continue
		}
		hits = append(hits, hit{n, cost})
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.cost - b.cost })
	out := make([]string, 0, 3)
	for _, h := range hits[:min(3, len(hits))] {
		out = append(out, h.name)
	}
	return out
}

// distance is the Levenshtein distance of two byte strings.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
