package ptree

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Explanation tells why a process has the parent that it has: the link's evidence and, with
// the reason against each, the other processes that could have been it.
type Explanation struct {
	Process    Process
	Parent     Process // the zero Process for a root
	Link       Link
	Candidates []Candidate // those that were not chosen, the likeliest first
	More       int         // further ones that are not listed
}

// Candidate is a process that could have been the parent and was not chosen.
type Candidate struct {
	Process Process
	Reason  string // why it is not the parent
	near    int    // 0 for the likeliest
}

// maxCandidates bounds an explanation: ids are given away again without end.
const maxCandidates = 12

// Explain tells why a process has its parent: what the link rests on, and which processes of the
// same host with the parent's id were not chosen and why. The zero Process explains nothing.
func Explain(p Process) Explanation {
	x := Explanation{Process: p, Parent: p.Parent(), Link: p.Link()}
	if p.IsZero() || p.Inferred() {
		return x
	}
	f, child := p.forest, p.forest.number[p.position]
	for i := range f.events.Nrow() {
		if int32(i) == f.links.matched[child] || f.links.kept[i] != int32(i) {
			continue
		}
		if reason, near, is := f.against(child, int32(i)); is {
			x.Candidates = append(x.Candidates, Candidate{f.process(f.position[i]), reason, near})
		}
	}
	when := func(c Candidate) time.Duration { return c.Process.Time.Sub(p.Time).Abs() }
	slices.SortStableFunc(x.Candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.near, b.near), cmp.Compare(when(a), when(b)))
	})
	if n := len(x.Candidates); n > maxCandidates {
		x.Candidates, x.More = x.Candidates[:maxCandidates], n-maxCandidates
	}
	return x
}

// against says why event i is not the parent of a child; is reports whether it is a candidate at
// all: on the same host, with the id that the child names.
func (f *Forest) against(child, i int32) (reason string, near int, is bool) {
	id := f.id
	if id.of[i].host != id.of[child].host || id.of[child].parentID < 0 || id.of[i].pid != id.of[child].parentID {
		return "", 0, false
	}
	stamps := f.events.Col(f.schema.TimeStamp)
	nanos := stamps.Nanos()
	m, kind := f.links.matched[child], f.links.kind[child]
	otherImage := id.hasParentName && id.of[i].name != id.of[child].parentName
	switch {
	case i == child || f.links.kept[child] == i:
		return "it is the process itself", 0, true
	case kind == ByGUID || kind == ByFork || kind == ExecInPlace || kind == ByRepairedGUID:
		return "another process is known to be the parent", 2, true
	case kind == ByCreationTime:
		return "it was not created when the row says that its parent was", 2, true
	case stamps.IsNull(int(i)) || stamps.IsNull(int(child)):
		return "one of the two has no time", 3, true
	case nanos[i] > nanos[child]:
		return "it was created after the child", 5, true
	case otherImage:
		return "its image is another than the row names", 4, true
	case kind == InferredByGUID:
		return "its identity is another than the row names", 1, true
	case f.ends != nil && f.ends[i] != never && nanos[child] > f.ends[i]:
		return "it had ended at " + time.Unix(0, f.ends[i]).UTC().Format("2006-01-02 15:04:05.000"), 1, true
	case m >= 0 && nanos[m] == nanos[i]:
		return "it began at the same moment as the one chosen, which comes later in the log", 0, true
	case m >= 0:
		return "a later process had the id", 2, true
	}
	return "the machine has given its id away again since", 1, true
}

// String prints the explanation, a line for each candidate; the log's text is escaped.
func (x Explanation) String() string {
	if x.Process.IsZero() {
		return "no process: nothing to explain\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "process    %s\n", x.Process)
	if x.Parent.IsZero() {
		fmt.Fprintf(&b, "parent     none: %s\n", x.Link.Evidence)
		return b.String()
	}
	fmt.Fprintf(&b, "parent     %s\n", x.Parent)
	sure := "sure"
	if x.Link.Weak() {
		sure = "a guess"
	}
	fmt.Fprintf(&b, "because    %s (%s, confidence %.2f, %s)\n", x.Link.Evidence, x.Link.Kind, x.Link.Confidence, sure)
	for _, c := range x.Candidates {
		fmt.Fprintf(&b, "not        %s\n           %s\n", c.Process, c.Reason)
	}
	for _, w := range x.Process.Witnesses() {
		says := "agrees"
		if w.Disagree {
			says = "names " + dataframe.Printable(w.Parent, 200) + " (PID " + dataframe.Printable(w.ParentID, 40) + ")"
		}
		fmt.Fprintf(&b, "witness    %d, row %d, %s\n", w.Witness, w.Row, says)
	}
	if x.More > 0 {
		fmt.Fprintf(&b, "… %d more processes with that id\n", x.More)
	}
	return b.String()
}

var explanationTable = template.Must(template.New("explanation").Parse(`<table>
<tr><th style="text-align: left;">process</th><td style="text-align: left;" colspan="2">{{.Process}}</td></tr>
<tr><th style="text-align: left;">parent</th><td style="text-align: left;">{{.Parent}}</td><td style="text-align: left;">{{.Why}}</td></tr>
{{range .Not}}<tr><td>not</td><td style="text-align: left;">{{.Process}}</td><td style="text-align: left;">{{.Reason}}</td></tr>
{{end}}{{if .More}}<tr><td></td><td style="text-align: left;" colspan="2">… {{.More}} more processes with that id</td></tr>
{{end}}</table>`))

// HTML shows the explanation as a table.
func (x Explanation) HTML() string {
	type row struct{ Process, Reason string }
	data := struct {
		Process, Parent, Why string
		Not                  []row
		More                 int
	}{Process: x.Process.String(), Parent: "none", Why: x.Link.Evidence, More: x.More}
	if !x.Parent.IsZero() {
		data.Parent = x.Parent.String()
		data.Why = fmt.Sprintf("%s (%s, confidence %.2f)", x.Link.Evidence, x.Link.Kind, x.Link.Confidence)
	}
	for _, c := range x.Candidates {
		data.Not = append(data.Not, row{c.Process.String(), c.Reason})
	}
	var b strings.Builder
	if err := explanationTable.Execute(&b, data); err != nil {
		return template.HTMLEscapeString(dataframe.Printable(x.String(), 10_000))
	}
	return b.String()
}
