package dataframe

// Filter returns the rows for which keep is true. [DataFrame.Where] is many times faster; use
// Filter for what the predicates cannot say.
func (d DataFrame) Filter(keep func(r Row) bool) DataFrame {
	var rows []int32
	for i := range d.Nrow() {
		if keep(Row{d, i}) {
			rows = append(rows, int32(i))
		}
	}
	return d.Take(rows)
}
