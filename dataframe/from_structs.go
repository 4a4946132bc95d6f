package dataframe

import (
	"fmt"
	"reflect"
	"strings"
)

// FromStructs makes a frame of one row for each struct of a slice (or pointer to one; nil is a
// row of nulls). The columns are the exported fields of basic types, of time.Time, of types
// that print themselves, and pointers to all these, nil being null:
//
//	type Process struct {
//		PID   int       `dataframe:"pid"` // another name for the column
//		Start time.Time                   // the zero time is null
//		Raw   string    `dataframe:"-"`   // left out
//	}
//
// Fields that hold several values and unexported fields are left out, and a note says so.
func FromStructs(slice any) DataFrame {
	rows := reflect.ValueOf(slice)
	if !rows.IsValid() || rows.Kind() != reflect.Slice && rows.Kind() != reflect.Array {
		panic(usage("FromStructs of %T: give a slice of structs", slice))
	}
	t := rows.Type().Elem()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == timeType {
		panic(usage("FromStructs of %T: give a slice of structs", slice))
	}
	var columns []Column
	var left []string
	for i := range t.NumField() {
		f := t.Field(i)
		name, tagged := f.Tag.Lookup("dataframe")
		if name == "-" {
			continue
		}
		if !tagged || name == "" {
			name = f.Name
		}
		kind, ok := kindOfType(f.Type)
		switch {
		case !f.IsExported():
			left = append(left, f.Name+" (not exported)")
		case !ok && f.Type.Kind() != reflect.Interface:
			left = append(left, fmt.Sprintf("%s (a %s)", f.Name, f.Type.Kind()))
		default:
			columns = append(columns, fieldColumn(name, rows, i, kind, ok))
		}
	}
	out := New(columns...)
	out.t.rows = rows.Len()
	if left != nil {
		out.t.notes = []string{fmt.Sprintf("fields of %s left out: %s", t, strings.Join(left, ", "))}
	}
	return out
}

// fieldColumn collects field i of every row; known says that the field's type fixes the kind.
func fieldColumn(name string, rows reflect.Value, i int, kind Kind, known bool) Column {
	b := NewBuilder(name)
	if known {
		b.become(kind)
	}
	for r := range rows.Len() {
		row := rows.Index(r)
		if row.Kind() == reflect.Pointer {
			if row.IsNil() {
				b.AppendNull()
				continue
			}
			row = row.Elem()
		}
		b.Append(row.Field(i).Interface())
	}
	return b.Column()
}
