package dataframe

// With returns the frame with one more column, or with another one in the place of the column
// of that name. The values are a [Column], a slice such as []string, []int, []float64, []bool,
// []time.Time or []any, or one value for all rows; see [FromSlice].
func (d DataFrame) With(name string, values any) DataFrame {
	added := FromSlice(name, values, d.Nrow())
	if added.Len() != d.Nrow() && (d.Ncol() > 0 || d.Nrow() > 0) {
		panic(usage("column %q has %d values for %d rows: give as many, or one value for all", name, added.Len(), d.Nrow()))
	}
	columns := d.Columns()
	if i, ok := d.table().number[name]; ok {
		columns[i] = added
		return d.sameRows(columns)
	}
	columns = append(columns, added)
	if d.Ncol() == 0 && d.Nrow() == 0 {
		return d.derived(columns)
	}
	return d.sameRows(columns)
}

// Rename returns the frame with another name for one column. gota's Rename takes the new name
// first; that order is a panic here, because the new name is no column.
func (d DataFrame) Rename(old, new string) DataFrame {
	columns := d.Columns()
	renamed := d.Col(old).Named(new)
	columns[d.table().number[old]] = renamed
	return d.sameRows(columns)
}
