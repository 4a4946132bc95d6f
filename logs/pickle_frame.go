package logs

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
)

var pickleFormat = &format{
	Format: Format{"pickle", "pandas DataFrame pickled by Python; nothing in it is run",
		[]string{".pkl", ".pickle"}, "https://docs.python.org/3/library/pickle.html"},
	matches: func(s *source) bool {
		// PROTO, a version of at least 2, and not the end: Python 3 writes nothing else
		return len(s.data) > 2 && s.data[0] == 0x80 && s.data[1] >= 2 && s.data[1] < 32 && s.data[2] != 0
	},
	decode: readPickle,
	binary: true,
}

func readPickle(s *source) (dataframe.DataFrame, error) {
	root, err := (&machine{source: s, data: s.data}).run()
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	r := &frameReader{source: s, data: s.data, cells: 2*len(s.data) + 1<<16}
	df, err := r.frame(root)
	if err != nil {
		return df, fmt.Errorf("pickle: %w", err)
	}
	return df, nil
}

// frameReader turns what a pickle built into a frame. How pandas lays a DataFrame out in
// blocks is not written down anywhere but in its source:
// https://github.com/pandas-dev/pandas/blob/v2.3.3/pandas/core/internals/managers.py
type frameReader struct {
	source *source
	data   []byte
	notes  []string
	cells  int // values that may still be made, see spend
	depth  int // of indexes in indexes
}

// spend counts values that are made. pandas writes every value of a frame, in one byte at
// least; a file that refers to the same values many times would unfold to very many.
func (r *frameReader) spend(n int) error {
	if r.cells -= n; r.cells < 0 {
		return fmt.Errorf("a file of %d bytes unfolds to far more values: it is corrupt", len(r.data))
	}
	return nil
}

// frame takes a DataFrame apart: its manager has two axes (the names of the columns, the
// labels of the rows) and blocks, each with the values of some columns and their numbers.
func (r *frameReader) frame(root any) (dataframe.DataFrame, error) {
	o := asObject(root, classDataFrame)
	if o == nil {
		return dataframe.DataFrame{}, fmt.Errorf("it holds %s, not a DataFrame", describe(root))
	}
	state, _ := o.state.(*dict)
	manager := asObject(state.find("_mgr"), classBlockManager)
	if manager == nil {
		manager = asObject(state.find("_data"), classBlockManager) // before pandas 1.1
	}
	if manager == nil {
		return dataframe.DataFrame{}, errPickleType
	}
	axes, blocks, err := managerParts(manager)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	names, err := r.columnNames(axes[0])
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	columns, err := r.columns(names, blocks)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return r.labelled(columns, axes[1])
}

// placedBlock is a block's values and the numbers of its columns, still as the pickle has them.
type placedBlock struct{ values, places any }

// managerParts finds the axes and blocks, which pandas 1.3 and later keep in the arguments, and
// older ones in the state.
func managerParts(m *object) (axes []any, blocks []placedBlock, err error) {
	if len(m.args) >= 2 {
		axes = sequence(m.args[1])
		for _, v := range sequence(m.args[0]) {
			b, ok := v.(*object)
			if !ok || !isBlock(b) {
				return nil, nil, errPickleType
			}
			blocks = append(blocks, placedBlock{b.arg(0), b.arg(1)})
		}
	} else if state := sequence(m.state); len(state) >= 4 {
		extra, _ := state[3].(*dict)
		parts, _ := extra.find("0.14.1").(*dict)
		axes = sequence(parts.find("axes"))
		for _, v := range sequence(parts.find("blocks")) {
			b, _ := v.(*dict)
			blocks = append(blocks, placedBlock{b.find("values"), b.find("mgr_locs")})
		}
	}
	if len(axes) != 2 {
		return nil, nil, errPickleType
	}
	return axes, blocks, nil
}

// isBlock reports whether o is made by one of pandas' functions that make blocks.
func isBlock(o *object) bool {
	if partial, ok := o.fn.(*object); ok && partial.class() == classPartial {
		g, ok := partial.arg(0).(*global)
		return ok && g.class == classBlock
	}
	return o.class() == classBlock
}

// columnNames returns distinct names, as text.
func (r *frameReader) columnNames(axis any) ([]string, error) {
	c, err := r.index(axis, -1)
	if err != nil {
		return nil, fmt.Errorf("names of the columns: %w", err)
	}
	names := c.Strings()
	for i, distinct := range distinctNames(names) {
		if distinct != names[i] {
			r.note("another column %q is named %q here", names[i], distinct)
			names[i] = distinct
		}
	}
	return names, nil
}

// columns decodes all blocks and puts the columns into their places.
func (r *frameReader) columns(names []string, blocks []placedBlock) ([]dataframe.Column, error) {
	columns := make([]dataframe.Column, len(names))
	found := make([]bool, len(names))
	count := 0
	for _, placed := range blocks {
		b, err := r.block(placed.values)
		if err != nil {
			return nil, err
		}
		places, err := r.places(placed.places, b.array.rows)
		if err != nil {
			return nil, err
		}
		for k, p := range places {
			if p < 0 || p >= int64(len(names)) || found[p] {
				return nil, fmt.Errorf("a column has the number %d of %d, or comes twice: the file is corrupt", p, len(names))
			}
			if columns[p], err = r.blockColumn(names[p], b, k); err != nil {
				return nil, fmt.Errorf("column %s: %w", dataframe.Clip(names[p]), err)
			}
			found[p] = true
			count++
			if err := r.source.decoded(len(names)+count, 2*len(names)); err != nil {
				return nil, err
			}
		}
	}
	if count != len(names) {
		return nil, fmt.Errorf("%d of %d columns have no values: the file is corrupt", len(names)-count, len(names))
	}
	return columns, nil
}

// places returns the numbers of a block's columns: a slice of start, stop, step, or an array.
func (r *frameReader) places(v any, n int) ([]int64, error) {
	out := make([]int64, 0, n)
	if s := asObject(v, classSlice); s != nil {
		start, ok1 := s.arg(0).(int64)
		stop, ok2 := s.arg(1).(int64)
		step, ok3 := s.arg(2).(int64)
		if !ok3 {
			step = 1
		}
		if !ok1 || !ok2 || step == 0 {
			return nil, errPickleType
		}
		for p := start; len(out) < n && (step > 0 && p < stop || step < 0 && p > stop); p += step {
			out = append(out, p)
		}
	} else if number, ok := v.(int64); ok {
		out = append(out, number)
	} else {
		a, err := r.array(v)
		if err != nil {
			return nil, err
		}
		for i := range min(n, a.length) {
			if a.kind != 'i' {
				return nil, errPickleType
			}
			out = append(out, a.int(0, i))
		}
	}
	if len(out) != n {
		return nil, fmt.Errorf("a block has values of %d columns but places for %d: the file is corrupt", n, len(out))
	}
	return out, nil
}

// labelled makes the frame and gives it its row labels.
func (r *frameReader) labelled(columns []dataframe.Column, axis any) (dataframe.DataFrame, error) {
	if len(columns) == 0 {
		return dataframe.DataFrame{}, nil
	}
	rows := columns[0].Len()
	for _, c := range columns {
		if c.Len() != rows {
			return dataframe.DataFrame{}, fmt.Errorf("column %s has %d rows of %d: the file is corrupt", dataframe.Clip(c.Name()), c.Len(), rows)
		}
	}
	labels, err := r.index(axis, rows)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("row labels: %w", err)
	}
	df := dataframe.New(columns...).WithNotes(r.notes...)
	if labels.Name() == "" && counts(labels) {
		return df, nil
	}
	return df.WithIndex(labels), nil
}

// counts reports whether the labels are 0, 1, 2 …, which every frame has by itself.
func counts(labels dataframe.Column) bool {
	if labels.Kind() != dataframe.Int || labels.Nulls() > 0 {
		return false
	}
	for i, v := range labels.Ints() {
		if v != int64(i) {
			return false
		}
	}
	return true
}
