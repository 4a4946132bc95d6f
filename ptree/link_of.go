package ptree

import (
	"fmt"
	"math"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Link returns what ties the process to its parent and how sure that is.
func (p Process) Link() Link {
	if p.IsZero() {
		return Link{}
	}
	return p.forest.link(p.position)
}

// Confidences returns the confidence of every process's link to its parent, from 0 to 1; 1 for a
// root, which has none. See [Link].
func (t Tree) Confidences() []float32 {
	out := make([]float32, t.Len())
	for i := range out {
		out[i] = 1
		if p := t.position(i); !t.forest.inferred(p) {
			out[i] = t.forest.judgements().confidence[t.forest.number[p]]
		}
	}
	return out
}

func (f *Forest) link(p int32) Link {
	if f.inferred(p) {
		return Link{Confidence: 1, Evidence: "it is not in the log; what its children tell is all that is known" + f.bound(p)}
	}
	i := f.number[p]
	j := f.judgements()
	return Link{Kind: f.links.kind[i], Confidence: j.confidence[i], Evidence: f.evidenceOf(i, j.doubt[i])}
}

// bound says when an inferred process that nothing dates was there at the latest.
func (f *Forest) bound(p int32) string {
	nanos, known := f.events.time(f.teller(p))
	if f.born(p) != 0 || !known {
		return ""
	}
	return ", and that it ran before " + time.Unix(0, nanos).UTC().Format("2006-01-02 15:04:05.000")
}

// kindOf is the kind of the link of the process at a position.
func (f *Forest) kindOf(p int32) LinkKind {
	if f.inferred(p) {
		return NoLink
	}
	return f.links.kind[f.number[p]]
}

// confidences is a column of the links' confidences, in hundredths.
func (f *Forest) confidences(at []int32) dataframe.Column {
	all := f.judgements().confidence
	out := make([]float64, len(at))
	for i, p := range at {
		out[i] = 1
		if !f.inferred(p) {
			out[i] = math.Round(100*float64(all[f.number[p]])) / 100
		}
	}
	return dataframe.Floats(linkConfidenceColumn, out)
}

// evidenceOf says in words what a link rests on.
func (f *Forest) evidenceOf(i int32, d doubt) string {
	text := evidenceTexts[f.links.kind[i]] + f.commandLines(i)
	for k, words := range []string{
		"another process with the same id and image began at the same moment",
		"the id had been an earlier process's, too", "hours without any event lie between the two",
		"another witness names another parent"} {
		if d&(1<<k) != 0 {
			text += fmt.Sprintf("; but %s", words)
		}
	}
	return text
}

// commandLines compares the parent's command line with the one that the row names. Sources write
// them differently (blanks, quotes, percent signs), so that a difference proves nothing.
func (f *Forest) commandLines(i int32) string {
	named, own, m := f.schema.ParentCommandLine, f.schema.CommandLine, f.links.matched[i]
	if named == "" || own == "" || m < 0 {
		return ""
	}
	told := f.log.Col(named)
	row := f.findings.row(i)
	switch {
	case told.IsNull(row) || f.events.Col(own).IsNull(int(m)):
		return ""
	case told.Text(row) == f.events.Col(own).Text(int(m)):
		return "; its command line is the one that the row names"
	}
	return "; its command line is written otherwise in the row, which proves nothing"
}

var evidenceTexts = [...]string{
	NoLink:         "",
	ByGUID:         "the row names the parent's unique identity",
	ByFork:         "the log has the fork that made the process",
	ByCreationTime: "process id and creation time of the parent are those that the row names",
	ExecInPlace:    "the same process changed its image",
	ByRepairedGUID: "the GUID that the row names has no start, but id, image, machine and second are this process's",
	ByName:         "the last process with the id and image that the row names, before its time",
	BySequence:     "the last process with the id that the row names; ids are given out in order, and none says that it was given away again since",
	ByProcessID:    "the last process with the id that the row names, before its time",
	ByReissuedID:   "the last process with the id that the row names; the machine may have given the id away again since",
	InferredByGUID: "no start in the log has the identity that the row names",
	InferredByName: "no process in the log has the id and image that the row names, before its time",
	InferredByID:   "no process in the log has the id that the row names, before its time",
	InferredByNone: "the row does not tell its parent's id",
}
