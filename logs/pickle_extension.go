package logs

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
)

// block is the values of some columns of one type.
type block struct {
	array *ndarray
	zoned bool   // times that had a zone
	valid []bool // of masked integers, numbers and booleans

	categories *dataframe.Column // array holds codes into these
}

// block decodes the values of a block or an index: a numpy array or one of pandas' own.
func (r *frameReader) block(v any) (block, error) {
	o, ok := v.(*object)
	if !ok {
		return block{}, fmt.Errorf("%s stands where values should: the file is corrupt", describe(v))
	}
	switch o.class() {
	case classReconstruct, classFromBuffer:
		a, err := r.array(o)
		return block{array: a}, err
	case classNewIndex: // older pandas keep times with a zone as an index
		return r.indexBlock(o)
	}
	return r.extension(o)
}

// extension decodes pandas' own arrays. Their state is a dict, or a tuple of type and array.
func (r *frameReader) extension(o *object) (block, error) {
	kind, state := o.class(), o.state
	if kind == classNDArrayBacked { // (class, checksum, state)
		g, ok := o.arg(0).(*global)
		if !ok {
			return block{}, errPickleType
		}
		kind = g.class
		if state == nil {
			state = o.arg(2)
		}
	}
	switch kind {
	case classDatetimeArray, classTimedeltaArray, classCategorical, classStringArray, classMaskedArray:
	default:
		return block{}, fmt.Errorf("values of %s are not read: convert the column by .astype(object) and save it again", describe(o))
	}
	values, dtype, mask := parts(state)
	b := block{zoned: asObject(dtype, classZonedType) != nil}
	var err error
	if b.array, err = r.array(values); err != nil {
		return b, err
	}
	if mask != nil {
		if b.valid, err = r.unmasked(mask); err != nil {
			return b, err
		}
	}
	if kind == classCategorical {
		b.categories, err = r.categoriesOf(dtype)
	}
	return b, err
}

// parts takes an extension array's state apart.
func parts(state any) (values, dtype, mask any) {
	items := sequence(state)
	if len(items) == 1 {
		state = items[0]
	} else if len(items) > 1 {
		values, dtype = items[1], items[0]
		if asObject(dtype, classReconstruct, classFromBuffer) != nil {
			values, dtype = dtype, values
		}
		if d, ok := values.(*dict); ok {
			state = d
		} else {
			return values, dtype, nil
		}
	}
	d, _ := state.(*dict)
	for _, key := range []string{"_ndarray", "_data", "_codes"} {
		if v := d.find(key); v != nil {
			values = v
			break
		}
	}
	return values, d.find("_dtype"), d.find("_mask")
}

// unmasked returns which values count: those whose mask is false.
func (r *frameReader) unmasked(mask any) ([]bool, error) {
	a, err := r.array(mask)
	if err != nil {
		return nil, err
	}
	if a.kind != 'b' || a.rows != 1 {
		return nil, errArray
	}
	valid := make([]bool, a.length)
	for i := range valid {
		valid[i] = a.at(0, i)[0] == 0
	}
	return valid, r.spend(a.length)
}

// categoriesOf returns the values that the codes of a categorical stand for.
func (r *frameReader) categoriesOf(dtype any) (*dataframe.Column, error) {
	o := asObject(dtype, classCategoricalType)
	if o == nil {
		return nil, errPickleType
	}
	state, _ := o.state.(*dict)
	values := state.find("categories")
	if values == nil {
		values = o.arg(0)
	}
	c, err := r.index(values, -1)
	return &c, err
}

// column returns row k of the block as a column.
func (r *frameReader) blockColumn(name string, b block, k int) (dataframe.Column, error) {
	if b.categories == nil {
		return r.column(name, b.array, k, b.zoned, b.valid)
	}
	a := b.array
	if a.kind != 'i' || k >= a.rows {
		return dataframe.Column{}, errPickleType
	}
	if err := r.spend(a.length); err != nil {
		return dataframe.Column{}, err
	}
	rows := make([]int32, a.length)
	for i := range rows {
		code := a.int(k, i)
		if code < -1 || code >= int64(b.categories.Len()) {
			return dataframe.Column{}, fmt.Errorf("column %s has a category %d of %d: the file is corrupt",
				dataframe.Clip(name), code, b.categories.Len())
		}
		rows[i] = int32(code)
	}
	return b.categories.Take(rows).Named(name), nil
}
