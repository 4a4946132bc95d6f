package dataframe

import (
	"encoding/json"
	"fmt"
	"regexp"
	"runtime"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
)

// FromArrow copies an Arrow table in, as readers of Parquet and Arrow files and of a Flight
// stream have it. What a frame has no kind for is kept without loss of digits and said in
// the frame's notes:
//
//	integers of any width   Int; uint64 beyond int64 makes the column text
//	float16, 32, 64         Float
//	utf8, binary            String; bytes that are not UTF-8 become hexadecimal text
//	dates, timestamps       Time; a date outside the years 1678 to 2262 makes the column text
//	time of day, decimals   String
//	durations               Int, in nanoseconds
//	lists, structs, maps    String, as JSON
//	dictionaries            the kind of their values
//
// A column named twice gets a number behind its name. An index that pandas wrote becomes the
// index. The error tells of a damaged table.
func FromArrow(tbl arrow.Table) (DataFrame, error) {
	n := int(tbl.NumCols())
	columns, notes, errs := make([]Column, n), make([]string, n), make([]error, n)
	names, renamed := distinctNames(tbl.Schema())
	var wait sync.WaitGroup
	running := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		wait.Add(1)
		running <- struct{}{}
		go func() {
			columns[i], notes[i], errs[i] = fromChunks(names[i], tbl.Column(i).Data())
			<-running
			wait.Done()
		}()
	}
	wait.Wait()
	all := renamed
	for i, err := range errs {
		if err != nil {
			return DataFrame{}, err
		}
		if columns[i].Len() != int(tbl.NumRows()) {
			return DataFrame{}, fmt.Errorf("column %s has %d rows in a table of %d", Clip(names[i]), columns[i].Len(), tbl.NumRows())
		}
		if notes[i] != "" {
			all = append(all, notes[i])
		}
	}
	out := New(columns...)
	out.t.rows, out.t.notes = int(tbl.NumRows()), all
	return out.pandasIndex(tbl.Schema()), nil
}

// fromChunks turns one column into ours. Arrow's arrays trust their buffers, so a damaged
// file can make them panic; that becomes an error.
func fromChunks(name string, chunks *arrow.Chunked) (c Column, note string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("column %s is damaged: %v", Clip(name), r)
		}
	}()
	b := NewBuilder(name)
	b.become(kindOfArrow(chunks.DataType()))
	b.zoned = zonedArrow(chunks.DataType())
	in := arrowInput{b: b}
	for _, a := range chunks.Chunks() {
		in.append(a)
	}
	if in.note != "" {
		note = fmt.Sprintf("column %q: %s", name, in.note)
	}
	return b.Column(), note, nil
}

// distinctNames returns the fields' names, numbered where one comes again.
func distinctNames(s *arrow.Schema) (names, notes []string) {
	used := map[string]bool{}
	for _, f := range s.Fields() {
		used[f.Name] = true
	}
	seen := map[string]bool{}
	for _, f := range s.Fields() {
		name := f.Name
		for k := 1; seen[name] || (name != f.Name && used[name]); k++ {
			name = fmt.Sprintf("%s.%d", f.Name, k)
		}
		if name != f.Name {
			notes = append(notes, fmt.Sprintf("a second column %q is named %q here", f.Name, name))
		}
		seen[name] = true
		names = append(names, name)
	}
	return names, notes
}

var unnamedIndex = regexp.MustCompile(`^__index_level_\d+__$`)

// pandasIndex makes the column that pandas stored as the index the index again.
func (d DataFrame) pandasIndex(s *arrow.Schema) DataFrame {
	i := s.Metadata().FindKey("pandas")
	if i < 0 {
		return d
	}
	var meta struct {
		Index []any `json:"index_columns"`
	}
	if json.Unmarshal([]byte(s.Metadata().Values()[i]), &meta) != nil || len(meta.Index) != 1 {
		return d
	}
	name, ok := meta.Index[0].(string)
	if !ok || !d.Has(name) {
		return d
	}
	labels := d.Col(name)
	if unnamedIndex.MatchString(name) {
		labels = labels.Named("")
	}
	return d.Drop(name).WithIndex(labels)
}
