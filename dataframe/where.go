package dataframe

// Where returns the rows that match all predicates, such as
//
//	df.Where(dataframe.Eq("EventID", 4688), dataframe.HasSuffix("Image", `\cmd.exe`))
//
// Columns and types are checked before a row is read: an unknown column is a panic with a
// [*ColumnError], text compared with a number one with a [*UsageError]. A text predicate is
// asked once for each distinct text, not once for each row. See [Predicate] for nulls.
func (d DataFrame) Where(preds ...Predicate) DataFrame {
	if len(preds) == 0 {
		return d
	}
	return d.Take(d.Rows(preds...))
}

// Rows returns the numbers of the rows that match all predicates, in order; all rows without
// predicates.
func (d DataFrame) Rows(preds ...Predicate) []int32 {
	hits := And(preds...).marks(d)
	count := 0
	for _, hit := range hits {
		if hit {
			count++
		}
	}
	rows := make([]int32, 0, count)
	for i, hit := range hits {
		if hit {
			rows = append(rows, int32(i))
		}
	}
	return rows
}
