package ptree

import (
	"fmt"
	"math"
	"slices"
	"sync"
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

// judgements are what is worked out about the links when somebody first asks.
type judgements struct {
	once       sync.Once
	confidence []float32 // per event
	doubt      []doubt   // per event
}

// doubt is what lowers a link's confidence.
type doubt uint8

const (
	sameMoment  doubt = 1 << iota // another process of the same id and image began at the same moment
	reusedID                      // the parent's id was that of an earlier process, too
	acrossAGap                    // nothing was logged for hours between parent and child
	otherParent                   // another witness names another parent
)

const longGap = int64(6 * time.Hour)

func (f *Forest) judgements() *judgements {
	f.judged.once.Do(f.judge)
	return &f.judged
}

// judge weighs every link, and notes what a person should know of them.
func (f *Forest) judge() {
	n := f.events.Nrow()
	j := &f.judged
	j.confidence, j.doubt = make([]float32, n), make([]doubt, n)
	nanos := f.events.nanos
	reused, gaps, twins := f.reused(), f.gaps(), f.twins()
	for i := range n {
		kind, m := f.links.kind[i], f.links.matched[i]
		j.confidence[i] = kind.confidence()
		if f.disagreed(i) {
			j.doubt[i] = otherParent
			j.confidence[i] = min(j.confidence[i], 0.6)
		}
		if m < 0 {
			f.findings.add(Orphan, int32(i), -1)
			continue
		}
		if kind < ByName || kind > ByReissuedID {
			continue
		}
		if twins[m] {
			j.doubt[i] |= sameMoment
		}
		if reused[m] && kind != BySequence {
			j.doubt[i] |= reusedID
		}
		if f.events.known(i) && gaps[f.id.host[i]].between(nanos[m], nanos[i]) {
			j.doubt[i] |= acrossAGap
		}
		j.confidence[i] = min(j.confidence[i], weighed(kind, j.doubt[i]))
		if j.doubt[i]&sameMoment != 0 || kind == ByReissuedID {
			f.findings.add(Ambiguous, int32(i), m)
		}
	}
}

// disagreed reports whether a witness names another parent than the log.
func (f *Forest) disagreed(event int) bool {
	if f.testimonies == nil {
		return false
	}
	return slices.ContainsFunc(f.testimonies[f.findings.source[event]], func(t Testimony) bool { return t.Disagree })
}

// weighed lowers the confidence of links by id, image and time.
func weighed(kind LinkKind, d doubt) float32 {
	c := kind.confidence()
	if d&sameMoment != 0 {
		c = min(c, 0.5)
	}
	switch {
	case d&reusedID != 0 && kind == ByName:
		c -= 0.03
	case d&reusedID != 0:
		c -= 0.15
	}
	if d&acrossAGap != 0 {
		c -= 0.35 // the machine may have slept, or been started anew
	}
	return c
}

// reused tells which events' process ids an earlier process of the host had; each is a finding.
func (f *Forest) reused() []bool {
	out := make([]bool, f.events.Nrow())
	last := make(map[identity]int32, len(out))
	for i := range out {
		if !f.events.known(i) || f.id.pid[i] < 0 || f.links.kept[i] != int32(i) || f.links.kind[i] == ExecInPlace {
			continue
		}
		at := identity{f.id.host[i], f.id.pid[i], -2}
		if b, known := last[at]; known {
			out[i] = true
			f.findings.add(ReusedID, int32(i), b)
		}
		last[at] = int32(i)
	}
	return out
}

// twins tells which events have an earlier one of the same host, id, image and moment: the last of
// equal ones was taken for the parent, and the first would have done as well.
func (f *Forest) twins() []bool {
	nanos := f.events.nanos
	out := make([]bool, len(nanos))
	last := make(map[identity]int32, len(nanos))
	for i := range nanos {
		if !f.events.known(i) {
			continue
		}
		who := f.id.own(i)
		if b, known := last[who]; known && nanos[b] == nanos[i] && f.links.kept[b] != f.links.kept[i] {
			out[i] = true
		}
		last[who] = int32(i)
	}
	return out
}

// quiet are the stretches in which a host logged nothing.
type quiet []int64 // the moments at which they end

func (q quiet) between(from, to int64) bool {
	at, _ := slices.BinarySearch(q, from+1)
	return at < len(q) && q[at] <= to
}

// gaps finds the long silences of every host.
func (f *Forest) gaps() map[int32]quiet {
	nanos := f.events.nanos
	out := map[int32]quiet{}
	last := map[int32]int32{}
	for i := range nanos {
		if !f.events.known(i) {
			continue
		}
		h := f.id.host[i]
		if b, known := last[h]; known && nanos[i]-nanos[b] >= longGap {
			out[h] = append(out[h], nanos[i])
			f.findings.add(TimeGap, int32(i), b)
		}
		last[h] = int32(i)
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
	row := int(f.findings.source[i])
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
