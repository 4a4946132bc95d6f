package ptree

import (
	"errors"
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/internal/progress"
)

// Options of [BuildProcessTree]; the zero value is the default.
type Options struct {
	Schema       Schema // columns and their roles; default: inferred from the columns
	ShowProgress bool   // a progress bar in the notebook or on the terminal
	ShowSummary  bool   // print the tree's [Summary]
	Debug        bool   // print the counts of every step, as msticpy does

	Witnesses []Witness // other logs of the same machines, such as Security 4688 beside Sysmon
}

// BuildProcessTree links the process creations of a log into a forest and returns all of its
// processes. df is a frame of ours or of gota; it is not changed. Rows that are not process
// creations are left out, parents that are not in the log are inferred; [Tree.Findings]
// counts both. An error says what about the log or the schema must be put right.
func BuildProcessTree(df dataframe.Frame, options ...Options) (Tree, error) {
	o := only("BuildProcessTree", options)
	frame := dataframe.From(df)
	schema, found, err := fitted(frame, o.Schema)
	if err != nil {
		return Tree{}, err
	}
	var bar *progress.Bar
	if o.ShowProgress {
		bar = progress.Start("Building process tree", int64(3*frame.Nrow())) // put in order, linked, grown
		defer bar.Done()
	}
	var told map[int32][]Testimony
	if len(o.Witnesses) > 0 {
		if frame, told, err = hear(frame, schema, o.Witnesses, found); err != nil {
			return Tree{}, err
		}
	}
	f, err := build(frame, schema, known{}, found, bar)
	if err != nil {
		return Tree{}, err
	}
	f.testimonies = told
	if o.Debug {
		fmt.Print(f.debug())
	}
	t := f.tree()
	if o.ShowSummary {
		fmt.Println(GetSummaryInfo(t))
	}
	return t, nil
}

// only returns the one options value of a variadic list, or the zero value.
func only[T any](function string, options []T) T {
	var zero T
	switch len(options) {
	case 0:
		return zero
	case 1:
		return options[0]
	}
	panic(&dataframe.UsageError{Message: function + " takes one options value at most"})
}

// fitted checks or infers the schema and notes the columns that it names in vain.
func fitted(frame dataframe.DataFrame, s Schema) (Schema, *Findings, error) {
	found := &Findings{}
	if frame.Has("parent_key") && frame.Has("path") && frame.Index().Name() == "proc_key" {
		return s, nil, errors.New("this frame is the table of a tree that was built already: give the log itself")
	}
	if frame.Ncol() == 0 {
		return s, nil, errors.New("the log has no columns: there is no process to build a tree of")
	}
	if s == (Schema{}) {
		s, err := InferSchema(frame)
		return s, found, err
	}
	s, absent, err := s.fit(frame)
	for _, c := range absent {
		found.List = append(found.List, Finding{Kind: AbsentColumn, Row: -1, Other: -1, Column: c})
	}
	return s, found, err
}

// known is what is known of a log beside its frame. The zero value is nothing.
type known struct {
	images *imageCoding // by which processes and parents are coded
	others []cells      // columns that linking only compares, row with row
}

func build(frame dataframe.DataFrame, s Schema, k known, found *Findings, bar *progress.Bar) (*Forest, error) {
	events, id, e, err := prepare(frame, s, k, found)
	if err != nil {
		return nil, err
	}
	bar.Set(int64(frame.Nrow()))
	f := link(events, s, id, e, found, bar).plant(s)
	f.log = frame
	if e != nil {
		f.ends = e.ends
	}
	return f, nil
}

// prepare brings the events into an order for linking, and reads who the processes are and what
// else the log tells of them.
func prepare(frame dataframe.DataFrame, s Schema, k known, found *Findings) (*creations, *identities, *evidence, error) {
	if s.byIdentityAlone(frame) {
		events, id, err := arrange(frame, s, k, found)
		return events, id, nil, err
	}
	events, other, err := clean(frame, s, k, found)
	if err != nil {
		return nil, nil, nil, err
	}
	id := identify(events, s)
	id.noteMissing(found)
	return events, id, gather(frame, events, s, id, other, found), nil
}

// noteMissing notes the events that tell no id of the process or of its parent.
func (id *identities) noteMissing(found *Findings) {
	missing := make([]notes, len(id.of)/stretch+1)
	stretches(len(id.of), func(from, to int) {
		n := &missing[from/stretch]
		for i := from; i < to; i++ {
			if id.of[i].pid < 0 {
				n.add(NoProcessID, int32(i), -1)
			}
			if id.of[i].parentID < 0 {
				n.add(NoParentID, int32(i), -1)
			}
		}
	})
	for _, some := range missing {
		for _, n := range some {
			found.add(n.kind, n.row, n.other)
		}
	}
}
