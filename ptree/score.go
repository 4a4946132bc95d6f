package ptree

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// ScoreOptions of [Score]; the zero value is the default.
type ScoreOptions struct {
	Schema Schema // columns and their roles; default: inferred from the columns
}

// AccuracyCard tells how good linking by process id, image and time is on a log that also holds
// the truth. [Score] makes it.
type AccuracyCard struct {
	Hosts    []Accuracy // in the order of their names
	Total    Accuracy
	Unjudged int // processes whose true parent the log does not tell
}

// Accuracy counts links of one host, or of all.
type Accuracy struct {
	Host      string // "" for all, and where the log names none
	Processes int    // processes whose true parent is known by its identity
	True      int    // of those, the ones whose true parent is in the log
	Made      int    // links made without identities, to a process in the log
	Right     int    // of those, the ones to the true parent
}

// Precision is the share of right links among those made.
func (a Accuracy) Precision() Share { return Share{a.Right, a.Made} }

// Recall is the share of true links that were found.
func (a Accuracy) Recall() Share { return Share{a.Right, a.True} }

// Share is a part of a whole.
type Share struct{ Part, Of int }

// Value returns the share from 0 to 1, and NaN of nothing.
func (s Share) Value() float64 { return float64(s.Part) / float64(s.Of) }

// Bounds returns between which values the share of all such links lies with a probability of 95 %,
// when these are a random sample: Wilson's interval, which also holds for few of them and for
// shares near 0 and 1. Of nothing it is 0 to 1.
// https://doi.org/10.1080/01621459.1927.10502953
func (s Share) Bounds() (low, high float64) {
	if s.Of <= 0 {
		return 0, 1
	}
	const z = 1.959963984540054 // the normal distribution's 97.5 % quantile
	n, p := float64(s.Of), s.Value()
	middle := p + z*z/(2*n)
	spread := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	scale := 1 + z*z/n
	return max(0, (middle-spread)/scale), min(1, (middle+spread)/scale)
}

// String writes the share with its bounds: "0.993 (0.984 to 0.997)"; "none" of nothing.
func (s Share) String() string {
	if s.Of <= 0 {
		return "none"
	}
	low, high := s.Bounds()
	return fmt.Sprintf("%.4f (%.4f to %.4f)", s.Value(), low, high)
}

// Score measures linking on a log that tells the truth: unique identities, creation times of
// parents, or forks. It builds the tree twice, once with all of them and once by process id,
// image and time alone, and compares. A log without the truth is an error.
func Score(df dataframe.Frame, options ...ScoreOptions) (AccuracyCard, error) {
	o := only("Score", options)
	truth, err := BuildProcessTree(df, Options{Schema: o.Schema})
	if err != nil {
		return AccuracyCard{}, err
	}
	s := truth.Schema()
	if (s.ProcessGUID == "" || s.ParentGUID == "") && s.ParentTime == "" && !truth.forest.links.forked {
		return AccuracyCard{}, errors.New("the log has no unique identities, no creation times of parents and no forks: " +
			"there is no truth to hold the links against; name such columns in the schema (process_guid, parent_guid, parent_time)")
	}
	s.ProcessGUID, s.ParentGUID, s.ParentTime, s.ForkEventID = "", "", "", ""
	blind, err := BuildProcessTree(df, Options{Schema: s})
	if err != nil {
		return AccuracyCard{}, err
	}
	return compared(truth.forest, blind.forest), nil
}

// compared counts the links of the blind forest that agree with the true one.
func compared(truth, blind *Forest) AccuracyCard {
	var card AccuracyCard
	hosts := map[string]*Accuracy{}
	place := map[int]int32{} // of a row of the log: its number in the true forest
	for i := range truth.links.matched {
		place[truth.findings.row(int32(i))] = int32(i)
	}
	chosen := map[int32]bool{} // numbers of the true forest that the blind one has
	for i := range blind.links.matched {
		if n, ok := place[blind.findings.row(int32(i))]; ok {
			chosen[truth.firstImage(n)] = true
		}
	}
	for i, m := range blind.links.matched {
		n, ok := place[blind.findings.row(int32(i))]
		if !ok || truth.links.kept[n] != n || truth.links.kind[n] == ExecInPlace {
			continue
		}
		if !truth.links.kind[n].known() {
			card.Unjudged++
			continue
		}
		host := truth.hostOf(n)
		a := hosts[host]
		if a == nil {
			a = &Accuracy{Host: host}
			hosts[host] = a
		}
		a.Processes++
		parent := truth.links.matched[n]
		if parent >= 0 && chosen[truth.firstImage(parent)] {
			a.True++
		}
		if m < 0 {
			continue
		}
		a.Made++
		if p, ok := place[blind.findings.row(m)]; ok && parent >= 0 && truth.firstImage(p) == truth.firstImage(parent) {
			a.Right++
		}
	}
	for _, a := range hosts {
		card.Hosts = append(card.Hosts, *a)
		card.Total.Processes += a.Processes
		card.Total.True += a.True
		card.Total.Made += a.Made
		card.Total.Right += a.Right
	}
	slices.SortFunc(card.Hosts, func(a, b Accuracy) int { return cmp.Compare(a.Host, b.Host) })
	return card
}

// known reports whether a link of the kind rests on the truth.
func (k LinkKind) known() bool {
	return k == ByGUID || k == ByFork || k == ByCreationTime || k == ByRepairedGUID || k == InferredByGUID
}

// firstImage is the first image of an event's process, which stands for all of them.
func (f *Forest) firstImage(n int32) int32 {
	n = f.links.kept[n]
	for f.links.kind[n] == ExecInPlace && f.links.matched[n] >= 0 {
		n = f.links.kept[f.links.matched[n]]
	}
	return n
}

func (f *Forest) hostOf(n int32) string {
	if !f.id.hosts {
		return ""
	}
	return f.events.Col(f.schema.HostName).Text(int(n))
}

// maxHostsShown bounds what a card shows; all hosts are in its fields.
const maxHostsShown = 40

// lines are the card's rows as text, header first.
func (c AccuracyCard) lines() [][]string {
	out := [][]string{{"host", "processes", "true", "made", "right", "precision", "recall"}}
	row := func(name string, a Accuracy) {
		out = append(out, []string{name, itoa(a.Processes), itoa(a.True), itoa(a.Made), itoa(a.Right), a.Precision().String(), a.Recall().String()})
	}
	for i, a := range c.Hosts {
		if i == maxHostsShown {
			out = append(out, []string{fmt.Sprintf("… %d more hosts", len(c.Hosts)-i), "", "", "", "", "", ""})
			break
		}
		row(dataframe.Printable(a.Host, 60), a)
	}
	row("all", c.Total)
	return out
}

const cardLegend = "linked by process id, image and time, with the identities hidden; shares with 95 % bounds (Wilson)"

// String prints the card as a table of text.
func (c AccuracyCard) String() string {
	lines := c.lines()
	widths := make([]int, len(lines[0]))
	for _, l := range lines {
		for i, cell := range l {
			widths[i] = max(widths[i], length(cell))
		}
	}
	var b strings.Builder
	for _, l := range lines {
		for i, cell := range l {
			pad := strings.Repeat(" ", widths[i]-length(cell))
			switch {
			case i == 0:
				b.WriteString(cell + pad)
			default:
				b.WriteString("  " + pad + cell)
			}
		}
		b.WriteByte('\n')
	}
	b.WriteString(cardLegend + "\n")
	if c.Unjudged > 0 {
		fmt.Fprintf(&b, "%d processes whose true parent the log does not tell are not judged\n", c.Unjudged)
	}
	return b.String()
}

var cardTable = template.Must(template.New("card").Parse(`<table>{{range .Lines}}
<tr>{{range $i, $cell := .}}<td style="text-align: {{if $i}}right{{else}}left{{end}};">{{$cell}}</td>{{end}}</tr>{{end}}
</table><div>{{.Legend}}{{if .Unjudged}}; {{.Unjudged}} processes whose true parent the log does not tell are not judged{{end}}</div>`))

// HTML shows the card as a table.
func (c AccuracyCard) HTML() string {
	data := struct {
		Lines    [][]string
		Legend   string
		Unjudged int
	}{c.lines(), cardLegend, c.Unjudged}
	var b strings.Builder
	if err := cardTable.Execute(&b, data); err != nil {
		return template.HTMLEscapeString(c.String())
	}
	return b.String()
}
