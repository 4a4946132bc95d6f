package main

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// witnesses reads each of the other logs, whose formats are found from their bytes.
func (s source) witnesses(io streams) ([]ptree.Witness, error) {
	var out []ptree.Witness
	for _, path := range s.Witness {
		df, err := source{Quiet: s.Quiet}.read(io, path)
		if err != nil {
			return nil, err
		}
		schema, err := source{File: []string{path}}.schema(df)
		if err != nil {
			return nil, err
		}
		out = append(out, ptree.Witness{Log: df, Schema: schema})
	}
	return out, nil
}

// beside takes from a log the rows in which another known schema tells of processes, such as those
// of Security 4688 where Sysmon's decide: they bear witness. Nothing is taken when the person has
// said which schema to read.
func (s source) beside(io streams, df dataframe.DataFrame, schema ptree.Schema) (dataframe.DataFrame, []ptree.Witness) {
	if s.Schema != "" {
		return df, nil
	}
	var out []ptree.Witness
	for _, other := range ptree.Schemas() {
		if other.EventIDColumn != schema.EventIDColumn || other.EventID == schema.EventID || !describes(other, df) {
			continue
		}
		theirs, rest := split(df.Col(other.EventIDColumn).Strings(), other.EventID)
		if len(theirs) == 0 {
			continue
		}
		out = append(out, ptree.Witness{Log: df.Take(theirs), Schema: other})
		df = df.Take(rest)
		if !s.Quiet {
			fmt.Fprintf(io.err, "note: %d rows of %s bear witness to those of %s\n", len(theirs), other.Name, schema.Name)
		}
	}
	return df, out
}

// describes reports whether a log has the columns without which a schema tells of no process.
func describes(s ptree.Schema, df dataframe.DataFrame) bool {
	return s.EventIDColumn != "" && df.Has(s.EventIDColumn) &&
		df.Has(s.ProcessName) && df.Has(s.ProcessID) && df.Has(s.ParentID) && df.Has(s.TimeStamp)
}

// split tells the rows that have a text from the others.
func split(texts []string, wanted string) (have, rest []int32) {
	for i, text := range texts {
		if text == wanted {
			have = append(have, int32(i))
		} else {
			rest = append(rest, int32(i))
		}
	}
	return have, rest
}
