package dataframe

import "slices"

// JoinKind says which rows a join keeps.
type JoinKind uint8

// The kinds of joins.
const (
	Inner JoinKind = iota // rows whose key is on both sides
	Left                  // all rows of the left frame
	Right                 // all rows of the right frame
	Outer                 // all rows of both
)

// JoinOptions are the options of [DataFrame.Join].
type JoinOptions struct {
	How JoinKind // Inner unless given

	// LeftOn and RightOn name the keys where they differ on the two sides; both stay in the
	// result. They stand in for the names that Join takes.
	LeftOn, RightOn []string

	// Suffixes tell other columns of the same name apart: "_x" and "_y" unless given.
	Suffixes [2]string
}

// Join returns the pairs of rows of two frames that have equal keys:
//
//	events.Join(users, "sid")
//	events.Join(users, "host", "sid", dataframe.JoinOptions{How: dataframe.Left})
//
// The columns are the left frame's, then the right one's but for the keys. Rows are in the
// order of the left frame (of the right one for Right), pairs of one row in the order of the
// other frame; Outer adds the right frame's rest at the end. Null and NaN equal nothing, not
// even each other (unlike pandas, like SQL). An integer key meets one of floating point by
// its value. The result is labelled 0, 1, 2 ….
func (d DataFrame) Join(other Frame, on ...any) DataFrame {
	var names []string
	var options []JoinOptions
	for _, o := range on {
		switch o := o.(type) {
		case string:
			names = append(names, o)
		case JoinOptions:
			options = append(options, o)
		default:
			panic(usage("Join on %s: give column names and at most one JoinOptions", typeName(o)))
		}
	}
	o := option("Join", options)
	if len(names) > 0 {
		if o.LeftOn != nil || o.RightOn != nil {
			panic(usage("Join takes either names or LeftOn and RightOn, not both"))
		}
		o.LeftOn, o.RightOn = names, names
	}
	if len(o.LeftOn) == 0 || len(o.LeftOn) != len(o.RightOn) {
		panic(usage("Join needs the names of its key columns, as many on the left (%d) as on the right (%d)", len(o.LeftOn), len(o.RightOn)))
	}
	if o.Suffixes == [2]string{} {
		o.Suffixes = [2]string{"_x", "_y"}
	}
	return join(d, From(other), o)
}

// InnerJoin is gota's name for [DataFrame.Join].
func (d DataFrame) InnerJoin(other Frame, keys ...string) DataFrame {
	return d.Join(other, JoinOptions{LeftOn: keys, RightOn: keys})
}

// LeftJoin is gota's name for [DataFrame.Join] that keeps all rows of d.
func (d DataFrame) LeftJoin(other Frame, keys ...string) DataFrame {
	return d.Join(other, JoinOptions{LeftOn: keys, RightOn: keys, How: Left})
}

// RightJoin is gota's name for [DataFrame.Join] that keeps all rows of the other frame.
func (d DataFrame) RightJoin(other Frame, keys ...string) DataFrame {
	return d.Join(other, JoinOptions{LeftOn: keys, RightOn: keys, How: Right})
}

// OuterJoin is gota's name for [DataFrame.Join] that keeps all rows of both frames.
func (d DataFrame) OuterJoin(other Frame, keys ...string) DataFrame {
	return d.Join(other, JoinOptions{LeftOn: keys, RightOn: keys, How: Outer})
}

func join(left, right DataFrame, o JoinOptions) DataFrame {
	keys := make([]Column, len(o.LeftOn)) // the left frame's rows, then the right one's
	for i, name := range o.LeftOn {
		keys[i] = stackedKey(left.Col(name), right.Col(o.RightOn[i]))
	}
	ids := joinIDs(New(keys...))
	lefts, rights := pairs(ids[:left.Nrow()], ids[left.Nrow():], o.How)
	either := make([]int32, len(lefts)) // rows of keys
	for i, l := range lefts {
		either[i] = l
		if l < 0 {
			either[i] = int32(left.Nrow()) + rights[i]
		}
	}
	merged := func(name string) int { // the key that both sides have under this name
		i := slices.Index(o.LeftOn, name)
		if i < 0 || o.RightOn[i] != name {
			return -1
		}
		return i
	}
	var columns []Column
	for _, c := range left.table().columns {
		if i := merged(c.name); i >= 0 {
			columns = append(columns, keys[i].Take(either).Named(c.name))
			continue
		}
		name := c.name
		if right.Has(name) {
			name += o.Suffixes[0]
		}
		columns = append(columns, c.Take(lefts).Named(name))
	}
	for _, c := range right.table().columns {
		if merged(c.name) >= 0 {
			continue
		}
		name := c.name
		if left.Has(name) {
			name += o.Suffixes[1]
		}
		columns = append(columns, c.Take(rights).Named(name))
	}
	out := New(columns...)
	out.t.notes = slices.Concat(left.Notes(), right.Notes())
	out.t.bad = mergedBad(left.Bad(), right.Bad())
	return out
}
