package ptree

import "slices"

// Has reports whether the tree's table has a column of that name, without making the table.
func (t Tree) Has(column string) bool {
	return t.forest != nil && slices.Contains(t.forest.columnNames(), column)
}
