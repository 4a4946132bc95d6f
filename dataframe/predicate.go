package dataframe

import "slices"

// Predicate is a condition on rows, made by [Eq], [Ne], [Lt], [Le], [Gt], [Ge], [In],
// [Contains], [HasPrefix], [HasSuffix], [Matches], [IsNull], [And], [Or] and [Not]. It belongs
// to no frame and can be kept and used on several. Its zero value matches every row.
//
// Null follows pandas: no comparison matches a null, except that Ne does, because null is
// different from every value; so Ne is always the opposite of Eq, and Not of what it is given.
// A NaN among numbers counts as null here, as it does in pandas.
type Predicate struct {
	mark func(d DataFrame, hits []bool) // sets hits of the rows that match; they come in false
}

func (p Predicate) marks(d DataFrame) []bool {
	hits := make([]bool, d.Nrow())
	if p.mark == nil {
		fill(hits, true)
	} else {
		p.mark(d, hits)
	}
	return hits
}

// And matches rows that match all predicates; without any it matches every row.
func And(preds ...Predicate) Predicate {
	preds = slices.Clone(preds)
	return Predicate{func(d DataFrame, hits []bool) {
		fill(hits, true)
		for _, p := range preds {
			for i, hit := range p.marks(d) {
				hits[i] = hits[i] && hit
			}
		}
	}}
}

// Or matches rows that match at least one of the predicates; without any it matches none.
func Or(preds ...Predicate) Predicate {
	preds = slices.Clone(preds)
	return Predicate{func(d DataFrame, hits []bool) {
		for _, p := range preds {
			for i, hit := range p.marks(d) {
				hits[i] = hits[i] || hit
			}
		}
	}}
}

// Not matches the rows that p does not match, so Not(Gt("x", 5)) matches null.
func Not(p Predicate) Predicate {
	return Predicate{func(d DataFrame, hits []bool) {
		for i, hit := range p.marks(d) {
			hits[i] = !hit
		}
	}}
}

// IsNull matches rows without a value: null, and NaN among numbers.
func IsNull(col string) Predicate {
	return Predicate{func(d DataFrame, hits []bool) {
		c := d.Col(col)
		if c.Kind() == Float {
			for i, v := range c.Floats() {
				hits[i] = v != v
			}
			return
		}
		if c.Nulls() > 0 {
			for i := range hits {
				hits[i] = c.IsNull(i)
			}
		}
	}}
}

func fill(hits []bool, v bool) {
	for i := range hits {
		hits[i] = v
	}
}
