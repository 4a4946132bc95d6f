package dataframe

// Head returns the first n rows, 5 unless n is given; all of them when there are fewer. A
// negative n leaves out the last -n rows, as in pandas.
func (d DataFrame) Head(n ...int) DataFrame {
	return d.Slice(0, some(n, d.Nrow()))
}

// Tail returns the last n rows, 5 unless n is given; all of them when there are fewer. A
// negative n leaves out the first -n rows, as in pandas.
func (d DataFrame) Tail(n ...int) DataFrame {
	return d.Slice(d.Nrow()-some(n, d.Nrow()), d.Nrow())
}

// some returns how many of a number of rows an optional argument asks for.
func some(n []int, rows int) int {
	switch {
	case len(n) > 1:
		panic(usage("give one number of rows at most, not %d", len(n)))
	case len(n) == 0:
		return min(5, rows)
	case n[0] < 0:
		return max(0, rows+n[0])
	}
	return min(n[0], rows)
}
