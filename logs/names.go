package logs

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// distinctNames makes names distinct as pandas does: x, x.1, x.2. Bytes that are no text are
// replaced first, since that can make names equal.
func distinctNames(names []string) []string {
	names = slices.Clone(names)
	for i, n := range names {
		names[i] = strings.ToValidUTF8(n, "\uFFFD")
	}
	taken := make(map[string]bool, len(names))
	for _, n := range names {
		taken[n] = true
	}
	out := make([]string, len(names))
	used := make(map[string]bool, len(names))
	count := map[string]int{}
	for i, n := range names {
		out[i] = n
		for used[out[i]] || out[i] != n && taken[out[i]] {
			count[n]++
			out[i] = n + "." + strconv.Itoa(count[n])
		}
		used[out[i]] = true
	}
	return out
}

// unnamedLabels takes a first column without a name as the rows' labels when it holds distinct
// integers: that is how pandas writes them into CSV. Otherwise the column gets the name that
// pandas gives it.
func unnamedLabels(columns []dataframe.Column) (rest []dataframe.Column, labels dataframe.Column) {
	first := columns[0]
	switch {
	case first.Name() != "":
		return columns, labels
	case len(columns) > 1 && first.Kind() == dataframe.Int && first.Nulls() == 0 && distinct(first.Ints()):
		return columns[1:], first
	}
	names := []string{"Unnamed: 0"}
	for _, c := range columns[1:] {
		names = append(names, c.Name())
	}
	for i, name := range distinctNames(names) {
		columns[i] = columns[i].Named(name)
	}
	return columns, labels
}

func distinct(values []int64) bool {
	seen := make(map[int64]struct{}, len(values))
	for _, v := range values {
		if _, again := seen[v]; again {
			return false
		}
		seen[v] = struct{}{}
	}
	return true
}
