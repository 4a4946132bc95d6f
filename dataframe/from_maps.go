package dataframe

import (
	"maps"
	"slices"
)

// FromMaps makes a frame of one row for each map, such as JSON objects. The columns are all
// keys in alphabetical order, because maps have none of their own; a missing key or a nil is
// null. Values are taken as [Builder.Append] takes them; a column of mixed types becomes text,
// and a note says so.
func FromMaps(rows []map[string]any) DataFrame {
	builders := map[string]*Builder{}
	for i, row := range rows {
		for key, v := range row {
			b := builders[key]
			if b == nil {
				b = NewBuilder(key)
				builders[key] = b
			}
			for b.Len() < i {
				b.AppendNull()
			}
			b.Append(v)
		}
	}
	var columns []Column
	var notes []string
	for _, key := range slices.Sorted(maps.Keys(builders)) {
		b := builders[key]
		for b.Len() < len(rows) {
			b.AppendNull()
		}
		columns = append(columns, b.Column())
		if note := b.Mixed(); note != "" {
			notes = append(notes, note)
		}
	}
	out := New(columns...)
	out.t.rows, out.t.notes = len(rows), notes
	return out
}
