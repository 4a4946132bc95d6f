package ptree

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Images names what a folded row shows: the base name of its process's image, or those of one
// turn of its chain, with an arrow between them.
func (t Tree) Images(r FoldRow) string {
	if r.Cycle == nil {
		return t.At(int(r.Processes[0])).BaseName()
	}
	names := make([]string, len(r.Cycle))
	for i, at := range r.Cycle {
		names[i] = t.At(int(at)).BaseName()
	}
	return strings.Join(names, " → ")
}

// writeFolded draws the outline with repetition folded.
func (t Tree) writeFolded(w io.Writer, o Outline) error {
	out := bufio.NewWriter(w)
	if t.Len() == 0 {
		fmt.Fprintln(out, "no processes")
		return out.Flush()
	}
	rows := t.Fold()
	level, last := make([]int, len(rows)), make([]bool, len(rows))
	seen := map[int]bool{}
	for i, r := range rows {
		if r.Parent >= 0 {
			level[i] = level[r.Parent] + 1
		}
	}
	shows := func(i int) bool { return o.MaxDepth <= 0 || level[i] < o.MaxDepth }
	drawn := 0
	var shown []int
	for i := range rows {
		if shows(i) && (o.MaxRows <= 0 || len(shown) < o.MaxRows) {
			shown = append(shown, i)
			drawn += len(rows[i].Processes)
		}
	}
	for k := len(shown) - 1; k >= 0; k-- {
		i := shown[k]
		last[i] = !seen[rows[i].Parent]
		seen[rows[i].Parent] = true
	}
	var stem []string
	for _, i := range shown {
		stem = append(stem[:min(level[i], len(stem))], "│  ")
		branch := "├─ "
		if last[i] {
			branch, stem[level[i]] = "└─ ", "   "
		}
		if level[i] == 0 {
			branch, stem[level[i]] = "", ""
		}
		fmt.Fprintln(out, indent(stem[:level[i]])+branch+t.foldedLine(rows[i], o))
	}
	fmt.Fprintf(out, "%d processes in %d lines", drawn, len(shown))
	if left := t.Len() - drawn; left > 0 {
		fmt.Fprintf(out, ", … %d of %d processes not drawn", left, t.Len())
	}
	fmt.Fprintln(out)
	return out.Flush()
}

// foldedLine shows a row that stands for several processes by their images, count and period;
// any other as the outline does.
func (t Tree) foldedLine(r FoldRow, o Outline) string {
	if !r.Folded() {
		return t.line(int(r.Processes[0]), o)
	}
	line := fmt.Sprintf("%s ×%d", dataframe.Printable(t.Images(r), 240), r.Repeats())
	if len(r.Processes) != r.Repeats() {
		line += fmt.Sprintf("  %d processes", len(r.Processes))
	}
	first, last := t.period(r.Processes)
	if first != "" {
		line += "  " + first + " – " + last
	}
	if c := t.At(int(r.Processes[0])).CommandLine(); c != "" && o.Width >= 0 {
		width := o.Width
		if width == 0 {
			width = 100
		}
		line += "  such as " + dataframe.Printable(c, width)
	}
	return line
}

// period returns the first and last creation time among processes, "" when none is known.
func (t Tree) period(processes []int32) (first, last string) {
	const layout = "2006-01-02 15:04:05"
	low, high := t.forest.created(t.position(int(processes[0]))), t.forest.created(t.position(int(processes[0])))
	for _, i := range processes {
		at := t.forest.created(t.position(int(i)))
		if at.IsZero() {
			continue
		}
		if low.IsZero() || at.Before(low) {
			low = at
		}
		if at.After(high) {
			high = at
		}
	}
	if low.IsZero() {
		return "", ""
	}
	return low.Format(layout), high.Format(layout)
}
