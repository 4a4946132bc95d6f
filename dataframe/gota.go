package dataframe

import (
	"math"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// FromGota takes a gota frame in. gota's NA becomes null; its error, if it carries one, is a
// panic with that message, because the frame behind it is empty.
func FromGota(g gota.DataFrame) DataFrame {
	if g.Err != nil {
		panic(usage("the gota frame carries an error: %v", g.Err))
	}
	columns := make([]Column, g.Ncol())
	for i, name := range g.Names() {
		columns[i] = fromSeries(name, g.Col(name))
	}
	return New(columns...)
}

func fromSeries(name string, s series.Series) Column {
	b := NewBuilder(name)
	b.become(map[series.Type]Kind{series.String: String, series.Int: Int, series.Float: Float, series.Bool: Bool}[s.Type()])
	for i := range s.Len() {
		e := s.Elem(i)
		if e.IsNA() {
			b.AppendNull()
			continue
		}
		switch s.Type() {
		case series.Int:
			v, _ := e.Int()
			b.AppendInt(int64(v))
		case series.Float:
			b.AppendFloat(e.Float())
		case series.Bool:
			v, _ := e.Bool()
			b.AppendBool(v)
		default:
			b.AppendString(e.String())
		}
	}
	return b.Column()
}

// Gota gives the frame as a gota DataFrame, built once and kept. Types are passed, never
// guessed: "007" and "NaN" stay text, integers stay integers, null becomes NA. gota has no
// times and no index: times become RFC 3339 text, and a set index becomes the first column.
func (d DataFrame) Gota() gota.DataFrame {
	t := d.table()
	t.gotaOnce.Do(func() {
		columns := d.ResetIndex().table().columns
		all := make([]series.Series, len(columns))
		for i, c := range columns {
			all[i] = c.series()
		}
		if len(all) > 0 {
			t.gotaCopy = gota.New(all...)
		}
	})
	return t.gotaCopy
}

// text is a gota element that hands its text over unread: gota takes the plain string "NaN"
// for a missing value, but not an element that prints so.
type text string

func (t text) String() string { return string(t) }

// The rest of gota's Element; a text never answers as anything else.

func (t text) Set(any)                    {}
func (t text) Eq(e series.Element) bool   { return string(t) == e.String() }
func (t text) Neq(e series.Element) bool  { return string(t) != e.String() }
func (t text) Less(e series.Element) bool { return string(t) < e.String() }
func (t text) LessEq(e series.Element) bool {
	return string(t) <= e.String()
}
func (t text) Greater(e series.Element) bool { return string(t) > e.String() }
func (t text) GreaterEq(e series.Element) bool {
	return string(t) >= e.String()
}
func (t text) Copy() series.Element     { return t }
func (t text) Val() series.ElementValue { return string(t) }
func (t text) Int() (int, error)        { return 0, usage("%q is text", string(t)) }
func (t text) Float() float64           { return math.NaN() }
func (t text) Bool() (bool, error)      { return false, usage("%q is text", string(t)) }
func (t text) IsNA() bool               { return false }
func (t text) Type() series.Type        { return series.String }

func (c Column) series() series.Series {
	values := make([]any, c.Len())
	switch c.Kind() {
	case Int, Float, Bool:
		for i := range values {
			values[i] = c.Value(i)
			if n, ok := values[i].(int64); ok {
				values[i] = int(n)
			}
		}
		return series.New(values, map[Kind]series.Type{Int: series.Int, Float: series.Float, Bool: series.Bool}[c.Kind()], c.name)
	case Time:
		for i := range values {
			if !c.IsNull(i) {
				values[i] = text(c.Text(i))
			}
		}
		return series.New(values, series.String, c.name)
	}
	// gota copies the elements of a subset: a text is converted once, not once a row
	codes, texts := c.Codes()
	words := make([]any, len(texts)+1)
	for i, w := range texts {
		words[i+1] = text(w)
	}
	rows := make([]int, len(codes))
	for i, code := range codes {
		rows[i] = int(code) + 1
	}
	s := series.New(words, series.String, c.name).Subset(rows)
	s.Name = c.name
	return s
}
