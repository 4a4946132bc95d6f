package logs

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
)

// index decodes an index, such as the labels of the rows or the names of the columns, into n
// values; a negative n is as many as there are.
func (r *frameReader) index(v any, n int) (dataframe.Column, error) {
	if r.depth++; r.depth > 16 { // an index may hold categories, which are an index
		return dataframe.Column{}, errPickleType
	}
	defer func() { r.depth-- }()
	o := asObject(v, classNewIndex)
	if o == nil {
		return dataframe.Column{}, fmt.Errorf("%s stands where an index should: the file is corrupt", describe(v))
	}
	g, ok := o.arg(0).(*global)
	state, isDict := o.arg(1).(*dict)
	if !ok || !isDict {
		return dataframe.Column{}, errPickleType
	}
	name := r.label(state.find("name"))
	if g.class == classRangeIndex {
		return r.rangeIndex(name, state, n)
	}
	b, err := r.indexBlock(o)
	if err != nil {
		return dataframe.Column{}, err
	}
	if b.array.rows != 1 || n >= 0 && b.array.length != n {
		return dataframe.Column{}, fmt.Errorf("an index has %d labels, want %d: the file is corrupt", b.array.length, n)
	}
	return r.blockColumn(name, b, 0)
}

// indexBlock decodes the values of an index that is not a range.
func (r *frameReader) indexBlock(o *object) (block, error) {
	if r.depth++; r.depth > 16 {
		return block{}, errPickleType
	}
	defer func() { r.depth-- }()
	g, _ := o.arg(0).(*global)
	state, _ := o.arg(1).(*dict)
	if g == nil || state == nil {
		return block{}, errPickleType
	}
	switch g.class {
	case classIndex, classDatetimeIndex, classCategoricalIndex:
	default:
		return block{}, fmt.Errorf("an index of %s is not read: call df.reset_index() and save it again", g.name)
	}
	b, err := r.block(state.find("data"))
	if err == nil && g.class == classDatetimeIndex && state.find("tz") != nil {
		b.zoned = true
	}
	return b, err
}

// rangeIndex makes the labels start, start+step, …; there must be as many as rows, so that the
// range's own word does not decide how much is made.
func (r *frameReader) rangeIndex(name string, state *dict, n int) (dataframe.Column, error) {
	start, ok1 := state.find("start").(int64)
	stop, ok2 := state.find("stop").(int64)
	step, ok3 := state.find("step").(int64)
	if !ok1 || !ok2 || !ok3 || step == 0 || start > 1<<60 || start < -1<<60 || stop > 1<<60 || stop < -1<<60 {
		return dataframe.Column{}, errPickleType
	}
	length := int64(0)
	if step > 0 && stop > start {
		length = (stop-start-1)/step + 1
	} else if step < 0 && stop < start {
		length = (start-stop-1)/-step + 1
	}
	if n < 0 {
		n = int(min(length, int64(len(r.data))))
	}
	if length != int64(n) {
		return dataframe.Column{}, fmt.Errorf("an index has %d labels, want %d: the file is corrupt", length, n)
	}
	if err := r.spend(n); err != nil {
		return dataframe.Column{}, err
	}
	labels := make([]int64, n)
	for i := range labels {
		labels[i] = start + int64(i)*step
	}
	return dataframe.Ints(name, labels), nil
}

// label returns the name of an index, or "".
func (r *frameReader) label(v any) string {
	switch v := v.(type) {
	case string:
		return sound(v)
	case int64:
		return fmt.Sprint(v)
	}
	return ""
}
