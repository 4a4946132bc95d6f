package dataframe

// Concat puts the rows of frames under each other. The columns are all that any of them has,
// in order of first appearance; where a frame lacks one, its rows are null. Integers become
// numbers next to numbers when none loses digits; any other mixture becomes text, and a note
// says so. Row labels are kept when the frames have labels of one name and kind, else they
// are 0, 1, 2 …. Notes and bad records are kept.
func Concat(frames ...Frame) DataFrame {
	all := make([]DataFrame, len(frames))
	for i, f := range frames {
		all[i] = From(f)
	}
	if len(all) == 1 {
		return all[0]
	}
	var out DataFrame
	var columns []Column
	var notes []string
	var bad BadRecords
	rows, seen := 0, map[string]bool{}
	for _, d := range all {
		for _, c := range d.table().columns {
			if !seen[c.name] {
				seen[c.name] = true
				stacked, note := stackedColumn(c, all)
				columns = append(columns, stacked)
				if note != "" {
					notes = append(notes, note)
				}
			}
		}
		rows += d.Nrow()
		bad = mergedBad(bad, d.Bad())
	}
	out = New(columns...)
	out.t.rows, out.t.bad = rows, bad
	for _, d := range all {
		out.t.notes = append(out.t.notes, d.Notes()...)
	}
	out.t.notes = append(out.t.notes, notes...)
	return out.stackedLabels(all)
}

// stackedColumn puts the columns of c's name under each other; note tells of a mixture.
func stackedColumn(c Column, frames []DataFrame) (stacked Column, note string) {
	b, same := NewBuilder(c.name), true
	for _, d := range frames {
		same = same && (!d.Has(c.name) || d.Col(c.name).Kind() == c.Kind())
	}
	if same { // keeps the kind of columns that are null alone
		b.become(c.Kind())
		b.zoned = c.Zoned()
	}
	for _, d := range frames {
		if d.Has(c.name) {
			b.appendColumn(d.Col(c.name))
			continue
		}
		for range d.Nrow() {
			b.AppendNull()
		}
	}
	return b.Column(), b.Mixed()
}

func (d DataFrame) stackedLabels(frames []DataFrame) DataFrame {
	var labels []DataFrame
	for _, f := range frames {
		t := f.table()
		if t.counted || t.index.name != frames[0].table().index.name || t.index.Kind() != frames[0].table().index.Kind() {
			return d
		}
		labels = append(labels, New(t.index))
	}
	if len(labels) == 0 {
		return d
	}
	index, _ := stackedColumn(frames[0].table().index, labels)
	return d.WithIndex(index)
}

// mergedBad adds up the bad records of two frames and keeps the first ones.
func mergedBad(a, b BadRecords) BadRecords {
	first := append(append([]BadRecord(nil), a.First...), b.First...)
	return BadRecords{Total: a.Total + b.Total, First: first[:min(len(first), KeptBadRecords)]}
}
