package dataframe

// Select returns the named columns in that order. An unknown name is a panic with a
// [*ColumnError]. The data are shared, so it costs nothing.
func (d DataFrame) Select(names ...string) DataFrame {
	columns := make([]Column, len(names))
	for i, name := range names {
		columns[i] = d.Col(name)
	}
	return d.sameRows(columns)
}

// Drop returns the frame without the named columns. An unknown name is a panic with a
// [*ColumnError], because a misspelt name would leave in what should go.
func (d DataFrame) Drop(names ...string) DataFrame {
	gone := make(map[string]bool, len(names))
	for _, name := range names {
		gone[d.Col(name).name] = true
	}
	var columns []Column
	for _, c := range d.table().columns {
		if !gone[c.name] {
			columns = append(columns, c)
		}
	}
	return d.sameRows(columns)
}
