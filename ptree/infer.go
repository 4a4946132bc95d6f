package ptree

import (
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// InferSchema finds the built-in schema that a frame's columns fit: one whose four required
// columns are there, and of those the one with most columns present. Roles that the frame has
// no column for are empty in the result. When none fits, or two fit equally well, the error
// says what to do.
func InferSchema(df dataframe.Frame) (Schema, error) {
	frame := dataframe.From(df)
	var best []Schema
	most := 0
	for _, s := range append(Schemas(), defenderByParent()) {
		s = s.timed(frame)
		n, fits := present(s, frame)
		fits = fits && s.provided(frame)
		switch {
		case !fits || n < most, n == most && s.Name == best[0].Name:
		case n > most:
			best, most = []Schema{s}, n
		default:
			best = append(best, s)
		}
	}
	switch len(best) {
	case 0:
		return Schema{}, noSchema(frame)
	case 1:
		return pruned(best[0], frame), nil
	}
	return Schema{}, fmt.Errorf("the columns fit the schemas %s and %s equally well: choose one with Options.Schema (--schema)", best[0].Name, best[1].Name)
}

// present counts the schema's columns that the frame has; fits is false when a required one is missing.
func present(s Schema, df dataframe.DataFrame) (n int, fits bool) {
	for _, r := range s.required() {
		if !df.Has(r.column) {
			return 0, false
		}
	}
	for _, c := range s.Columns() {
		if df.Has(c) {
			n++
		}
	}
	return n, true
}

func pruned(s Schema, df dataframe.DataFrame) Schema {
	for key, field := range (&s).roles() {
		if !literal[key] && !df.Has(field.String()) {
			field.SetString("")
		}
	}
	return s
}

// literal are the roles that hold a value and not the name of a column.
var literal = map[string]bool{"name": true, "event_id": true, "path_separator": true, "exit_event_id": true, "fork_event_id": true}

// noSchema says which schema comes nearest and what it lacks.
func noSchema(df dataframe.DataFrame) error {
	var near Schema
	var missing []string
	most := 0
	for _, s := range Schemas() {
		s = s.timed(df)
		n := 0
		var lacks []string
		for _, r := range s.required() {
			if !df.Has(r.column) {
				lacks = append(lacks, r.column)
			}
		}
		for _, c := range s.Columns() {
			if df.Has(c) {
				n++
			}
		}
		if n > most {
			near, missing, most = s, lacks, n
		}
	}
	advice := "say which columns play which role with ptree.Options{Schema: ptree.Schema{…}} (--schema FILE.json)"
	if most == 0 {
		return fmt.Errorf("no known schema fits the columns %s: %s", clippedList(df.Names()), advice)
	}
	return fmt.Errorf("no known schema fits: %s comes nearest but lacks %s: %s", near.Name, strings.Join(missing, ", "), advice)
}

func clippedList(names []string) string {
	const shown = 12
	out := make([]string, 0, shown)
	for _, n := range names[:min(shown, len(names))] {
		out = append(out, dataframe.Clip(n))
	}
	s := strings.Join(out, ", ")
	if len(names) > shown {
		s += fmt.Sprintf(" and %d more", len(names)-shown)
	}
	return "[" + s + "]"
}
