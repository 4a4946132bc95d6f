package logs

import "fmt"

// The values that a pickle builds, beside nil, bool, int64, *big.Int, float64, string and []byte.
type (
	tuple []any
	list  struct{ values []any } // also sets, in the order of the file
	dict  struct{ keys, values []any }

	// object records what Python would make by calling fn: nothing is called.
	object struct {
		fn    any // *global, or *object for a functools.partial
		args  tuple
		state any

		array *ndarray // its decoded form, once it was needed
	}
)

// set adds items, given as key, value, key, value.
func (d *dict) set(items []any) error {
	if len(items)%2 != 0 {
		return errPickleStack
	}
	for i := 0; i < len(items); i += 2 {
		d.keys = append(d.keys, items[i])
		d.values = append(d.values, items[i+1])
	}
	return nil
}

// find returns the latest value of a text key, nil when there is none.
func (d *dict) find(key string) any {
	if d == nil {
		return nil
	}
	for i := len(d.keys) - 1; i >= 0; i-- {
		if k, ok := d.keys[i].(string); ok && k == key {
			return d.values[i]
		}
	}
	return nil
}

// class returns what the object would be; classNone for anything else.
func (o *object) class() class {
	if o == nil {
		return classNone
	}
	if g, ok := o.fn.(*global); ok {
		return g.class
	}
	return classNone
}

// arg returns an argument, nil when there are fewer.
func (o *object) arg(i int) any {
	if i < len(o.args) {
		return o.args[i]
	}
	return nil
}

// asObject returns v as an object of a class, or nil.
func asObject(v any, classes ...class) *object {
	o, ok := v.(*object)
	if !ok {
		return nil
	}
	for _, c := range classes {
		if o.class() == c {
			return o
		}
	}
	return nil
}

// sequence returns the items of a tuple or list, nil for anything else.
func sequence(v any) []any {
	switch v := v.(type) {
	case tuple:
		return v
	case *list:
		return v.values
	}
	return nil
}

// describe names what a value is, for messages.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case *global:
		return v.name
	case *object:
		if g, ok := v.fn.(*global); ok {
			if g.class == classNDArrayBacked || g.class == classNewIndex {
				return describe(v.arg(0))
			}
			return g.name
		}
	case tuple, *list:
		return "a list"
	case *dict:
		return "a dict"
	case string, []byte:
		return "a text"
	}
	return fmt.Sprintf("%T", v)
}
