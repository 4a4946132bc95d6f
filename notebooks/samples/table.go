package main

import (
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// table collects rows, one value after the other; the first row fixes the columns.
type table struct {
	names    []string
	builders map[string]*dataframe.Builder
}

func (t *table) column(name string) *dataframe.Builder {
	b, ok := t.builders[name]
	if !ok {
		if t.builders == nil {
			t.builders = map[string]*dataframe.Builder{}
		}
		b = dataframe.NewBuilder(name)
		t.names, t.builders[name] = append(t.names, name), b
	}
	return b
}

func (t *table) text(name, v string)           { t.column(name).AppendString(v) }
func (t *table) int(name string, v int)        { t.column(name).AppendInt(int64(v)) }
func (t *table) float(name string, v float64)  { t.column(name).AppendFloat(v) }
func (t *table) bool(name string, v bool)      { t.column(name).AppendBool(v) }
func (t *table) time(name string, v time.Time) { t.column(name).AppendNanos(v.UnixNano(), false) }
func (t *table) null(name string)              { t.column(name).AppendNull() }

func (t *table) frame() dataframe.DataFrame {
	columns := make([]dataframe.Column, len(t.names))
	for i, name := range t.names {
		columns[i] = t.builders[name].Column()
	}
	return dataframe.New(columns...)
}
