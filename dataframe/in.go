package dataframe

import (
	"reflect"
)

// In matches rows whose value equals one of those given: In("user", "root", "admin"), a slice,
// In("pid", pids), or a [Column], In("key", other.Col("key")), whose nulls are left out.
// Null never matches; without values nothing does. See [Eq] for what can be compared.
func In(col string, values ...any) Predicate {
	all := spread(values)
	return Predicate{func(d DataFrame, hits []bool) {
		c := d.Col(col)
		texts, numbers := map[string]bool{}, map[int64]bool{}
		floats := map[float64]bool{}
		for _, x := range all {
			v := operand(c, x, "In")
			switch {
			case c.Kind() == String:
				texts[v.text] = true
			case v.nan:
			case c.Kind() == Float && v.wide == 0:
				floats[v.float] = true
			case c.Kind() != Float && v.above == 0:
				numbers[v.number] = true
			}
		}
		switch c.Kind() {
		case String:
			c.markTexts(hits, func(s string) bool { return texts[s] })
		case Float:
			for i, x := range c.Floats() {
				hits[i] = floats[x]
			}
		default:
			for i, x := range c.integers() {
				hits[i] = numbers[x]
			}
			c.unmarkNulls(hits)
		}
	}}
}

// spread replaces one slice or column by its elements.
func spread(values []any) []any {
	if len(values) != 1 {
		return append([]any(nil), values...)
	}
	if c, ok := values[0].(Column); ok {
		return c.distinct()
	}
	v := reflect.ValueOf(values[0])
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		return values
	}
	out := make([]any, v.Len())
	for i := range out {
		out[i] = v.Index(i).Interface()
	}
	return out
}

// distinct returns a column's values without nulls and, for text, without repetition.
func (c Column) distinct() []any {
	var out []any
	if c.Kind() == String {
		used := make([]bool, c.Len())
		c.markTexts(used, func(s string) bool { out = append(out, s); return true })
		return out
	}
	seen := map[any]bool{}
	for i := range c.Len() {
		if v := c.Value(i); v != nil && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
