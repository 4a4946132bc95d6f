package ptree

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/gophertrees/gopherwood/dataframe"
)

// columns reads some columns of consecutive rows of the file, all of them when none is named.
func (t *ParquetTree) columns(first, rows int64, names ...string) (dataframe.DataFrame, error) {
	var groups []int
	for g, s := range t.groups {
		if s.first < first+rows && s.first+s.rows > first {
			groups = append(groups, g)
		}
	}
	return t.readGroups(groups, first, rows, names)
}

func (t *ParquetTree) readGroups(groups []int, first, rows int64, names []string) (dataframe.DataFrame, error) {
	var leaves []int
	for i := range t.raw.MetaData().Schema.NumColumns() {
		if len(names) == 0 || slices.Contains(names, t.raw.MetaData().Schema.Column(i).Name()) {
			leaves = append(leaves, i)
		}
	}
	table, err := t.reader.ReadRowGroups(context.Background(), leaves, groups)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("%s: %w", t.path, err)
	}
	defer table.Release()
	from := first - t.groups[groups[0]].first
	if table.NumRows() < from+rows {
		return dataframe.DataFrame{}, fmt.Errorf("%s: %d rows are there where %d were expected: the file is damaged", t.path, table.NumRows(), from+rows)
	}
	// cut before it becomes a frame, which costs more than decoding does
	columns := make([]arrow.Column, table.NumCols())
	for i := range columns {
		c := table.Column(i)
		columns[i] = *arrow.NewColumn(c.Field(), array.NewChunkedSlice(c.Data(), from, from+rows))
	}
	cut, err := dataframe.FromArrow(array.NewTable(table.Schema(), columns, rows))
	if err != nil {
		return cut, fmt.Errorf("%s: %w", t.path, err)
	}
	return cut, nil
}

// findHost finds a host's rows: whole row groups by their statistics, the ends by the column.
func (t *ParquetTree) findHost(host string) (*found, error) {
	f := &found{host: host, first: -1}
	for g := range t.groups {
		s := &t.groups[g]
		if !s.may(host) {
			continue
		}
		from, to := int64(0), s.rows
		if !s.known || s.low != s.high || s.nameless && s.low != "" {
			var err error
			if from, to, err = t.within(g, host); err != nil {
				return nil, err
			}
		}
		if from == to {
			continue
		}
		if f.first < 0 {
			f.first = s.first + from
		}
		f.n += int(to - from)
	}
	if f.first < 0 {
		return nil, t.noHost(host)
	}
	return f, nil
}

// within finds a host's rows in a row group. Hosts are in order there.
func (t *ParquetTree) within(g int, host string) (from, to int64, err error) {
	leaf := t.hostLeaf()
	if leaf < 0 {
		if host != "" {
			return 0, 0, nil
		}
		return 0, t.groups[g].rows, nil
	}
	s := t.groups[g]
	names, err := t.columns(s.first, s.rows, t.raw.MetaData().Schema.Column(leaf).Name())
	if err != nil {
		return 0, 0, err
	}
	c := names.Columns()[0]
	n := c.Len()
	from = int64(sort.Search(n, func(i int) bool { return c.Text(i) >= host }))
	to = int64(sort.Search(n, func(i int) bool { return c.Text(i) > host }))
	return from, to, nil
}

// hostNames lists the hosts of a small file.
func (t *ParquetTree) hostNames() ([]string, error) {
	leaf := t.hostLeaf()
	if leaf < 0 {
		return []string{""}, nil
	}
	var out []string
	for _, s := range t.groups {
		names, err := t.columns(s.first, s.rows, t.raw.MetaData().Schema.Column(leaf).Name())
		if err != nil {
			return nil, err
		}
		for _, name := range slices.Compact(names.Columns()[0].Strings()) {
			if len(out) == 0 || out[len(out)-1] != name {
				out = append(out, name)
			}
		}
	}
	return out, nil
}

// rowsAt reads all columns of a host's positions, which are sorted, from as few row groups as hold them.
func (t *ParquetTree) rowsAt(f *found, positions []int32) (dataframe.DataFrame, error) {
	var parts []dataframe.Frame
	for g := range t.groups {
		s := t.groups[g]
		var rows []int32
		for _, p := range positions {
			if at := f.first + int64(p) - s.first; at >= 0 && at < s.rows {
				rows = append(rows, int32(at))
			}
		}
		if len(rows) == 0 {
			continue
		}
		least, most := rows[0], rows[len(rows)-1]
		part, err := t.readGroups([]int{g}, s.first+int64(least), int64(most-least)+1, nil)
		if err != nil {
			return dataframe.DataFrame{}, err
		}
		for i := range rows {
			rows[i] -= least
		}
		parts = append(parts, part.Take(rows))
	}
	if len(parts) == 1 {
		return dataframe.From(parts[0]), nil
	}
	return dataframe.Concat(parts...), nil
}
