package ptree

import "github.com/gophertrees/gopherwood/dataframe"

// coding is how the values of a column become codes: by a table of its dictionary's words, by
// being small numbers, or all alike.
type coding struct {
	codes []int32 // of the column's dictionary
	to    []int32 // by such a code plus one: the code that it becomes
	ints  []int64 // or the codes themselves, as numbers
	null  func(row int) bool
	same  int32   // or the code of all rows
	nulls bool    // some rows may have none
	rows  []int32 // which row of the column each is; nil for all in their order
}

// fill reads the codes of consecutive rows.
func (c *coding) fill(out []int32, from int) {
	switch {
	case c.rows != nil:
		for i, row := range c.rows[from : from+len(out)] {
			out[i] = c.at(int(row))
		}
	case c.ints != nil && c.null == nil:
		for i, v := range c.ints[from : from+len(out)] {
			out[i] = int32(v)
		}
	case c.codes != nil:
		for i, code := range c.codes[from : from+len(out)] {
			out[i] = c.to[code+1]
		}
	default:
		for i := range out {
			out[i] = c.at(from + i)
		}
	}
}

func (c *coding) at(row int) int32 {
	switch {
	case c.codes != nil:
		return c.to[c.codes[row]+1]
	case c.ints == nil:
		return c.same
	case c.null != nil && c.null(row):
		return -1
	}
	return int32(c.ints[row])
}

// all returns the codes of n rows.
func (c *coding) all(n int) []int32 {
	out := make([]int32, n)
	stretches(n, func(from, to int) { c.fill(out[from:to], from) })
	return out
}

// blockRows are the rows whose codes are read at a time: they stay in a processor's nearest cache.
const blockRows = 512

// codedBlock has the codes of some rows.
type codedBlock struct{ host, pid, parentID, name, parentName, bucket [blockRows]int32 }

func (b *codedBlock) read(c *identityCoding, from, n int) {
	c.host.fill(b.host[:n], from)
	c.pid.fill(b.pid[:n], from)
	c.parentID.fill(b.parentID[:n], from)
	c.name.fill(b.name[:n], from)
	c.parentName.fill(b.parentName[:n], from)
}

// put writes the codes of the block's row i to an entry.
func (b *codedBlock) put(e *entry, i int) {
	e.host, e.pid, e.parentID, e.name, e.parentName = b.host[i], b.pid[i], b.parentID[i], b.name[i], b.parentName[i]
}

// small codes a column of integers that are no negative 32-bit numbers, -1 for null; else false.
func (e *creations) small(name string) (c coding, ok bool) {
	if e.replaced(name) || e.log.Col(name).Kind() != dataframe.Int {
		return c, false
	}
	column := e.log.Col(name)
	c.ints, c.rows = column.Ints(), e.rows()
	if column.Nulls() > 0 {
		c.null = column.IsNull
	}
	wide := make([]uint64, len(c.ints)/stretch+1)
	stretches(len(c.ints), func(from, to int) {
		wide[from/stretch] = c.bits(from, to)
	})
	for _, w := range wide {
		if w >= 1<<31 {
			return c, false
		}
	}
	return c, true
}

// bits are those that some of the rows' numbers have.
func (c *coding) bits(from, to int) (all uint64) {
	if c.null == nil {
		for _, v := range c.ints[from:to] {
			all |= uint64(v)
		}
		return all
	}
	for i, v := range c.ints[from:to] {
		if !c.null(from + i) {
			all |= uint64(v)
		}
	}
	return all
}

// dictionary codes several columns alike, after changing each distinct text by fold.
type dictionary struct {
	wordTable
	fold func(string) string
}

// coded codes a described column of the events; absent is the code of null and, where null has a
// code, of the empty text.
func (d *dictionary) coded(e *creations, name string, absent int32) coding {
	if e.replaced(name) {
		return d.coding(e.Col(name), absent)
	}
	c := d.coding(e.log.Col(name), absent)
	c.rows = e.rows()
	return c
}

// coding codes a column.
func (d *dictionary) coding(c dataframe.Column, absent int32) coding {
	c = asText(c)
	codes, words := c.Codes()
	to := make([]int32, len(words)+1)
	to[0] = absent
	d.reserve(len(words))
	for i, w := range words {
		switch {
		case w == "" && absent >= 0:
			to[i+1] = absent
		case d.fold != nil:
			to[i+1] = d.code(d.fold(w))
		default:
			to[i+1] = d.code(w)
		}
	}
	if codes == nil { // no row, or none with a value
		return coding{same: absent, nulls: true}
	}
	return coding{codes: codes, to: to, nulls: c.Nulls() > 0}
}

// unify codes two text columns by one dictionary, after changing each distinct text by fold.
func unify(a, b dataframe.Column, fold func(string) string) (left, right []int32, words []string) {
	d := dictionary{fold: fold}
	own, other := d.coding(a, -1), d.coding(b, -1)
	return own.all(a.Len()), other.all(b.Len()), d.words
}
