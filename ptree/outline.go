package ptree

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Outline says how [Tree.WriteOutline] draws; the zero value is the default.
type Outline struct {
	MaxRows  int // processes drawn; 0 is all
	MaxDepth int // levels drawn below the tree's highest process; 0 is all
	Width    int // characters of a command line; default 100, negative none

	// Fold gives repetition one line with its count, see [Tree.Fold]. Both limits then count lines.
	Fold bool
}

// maxIndent is the deepest level that is drawn by indentation; deeper ones carry their number.
const maxIndent = 24

// String draws the tree with one line a process, at most 60 of them, and says what it left out.
func (t Tree) String() string {
	var b strings.Builder
	// a strings.Builder takes everything
	_ = t.WriteOutline(&b, Outline{MaxRows: 60})
	return b.String()
}

// WriteOutline draws the tree as text, one line a process: guides from parent to child, image,
// process id, creation time and command line. The log's text is escaped and cut; what is not
// drawn is counted in the last lines.
func (t Tree) WriteOutline(w io.Writer, o Outline) error {
	if o.Fold {
		return t.writeFolded(w, o)
	}
	out := bufio.NewWriter(w)
	if t.Len() == 0 {
		fmt.Fprintln(out, "no processes")
		return out.Flush()
	}
	rows := t.drawn(o)
	last := lastChildren(t, rows)
	var stem []string // per level: what the lines of deeper processes begin with
	base := t.forest.depth[t.position(0)]
	for i := range t.Len() {
		base = min(base, t.forest.depth[t.position(i)])
	}
	for k, i := range rows {
		level := int(t.forest.depth[t.position(i)] - base)
		for len(stem) <= level {
			stem = append(stem, "   ")
		}
		stem = stem[:level+1]
		branch := "├─ "
		stem[level] = "│  "
		if last[k] {
			branch, stem[level] = "└─ ", "   "
		}
		if level == 0 {
			branch, stem[level] = "", ""
		}
		fmt.Fprintln(out, indent(stem[:level])+branch+t.line(i, o))
	}
	if left := t.Len() - len(rows); left > 0 {
		fmt.Fprintf(out, "… %d of %d processes not drawn\n", left, t.Len())
	}
	return out.Flush()
}

// indent joins the guides of a line; beyond maxIndent levels it says how deep the line is.
func indent(stem []string) string {
	if len(stem) <= maxIndent {
		return strings.Join(stem, "")
	}
	return strings.Join(stem[:maxIndent], "") + fmt.Sprintf("[level %d] ", len(stem)+1)
}

// drawn returns the places in t of the processes that the options leave in.
func (t Tree) drawn(o Outline) []int {
	rows := make([]int, 0, t.Len())
	top := t.forest.depth[t.position(0)]
	for i := range t.Len() {
		if o.MaxRows > 0 && len(rows) == o.MaxRows {
			break
		}
		if o.MaxDepth <= 0 || int(t.forest.depth[t.position(i)]-top) < o.MaxDepth {
			rows = append(rows, i)
		}
	}
	return rows
}

// lastChildren tells which drawn processes have no later drawn sibling.
func lastChildren(t Tree, rows []int) []bool {
	last := make([]bool, len(rows))
	seen := map[int32]bool{}
	for k := len(rows) - 1; k >= 0; k-- {
		parent := t.forest.parent[t.position(rows[k])]
		last[k] = !seen[parent]
		seen[parent] = true
	}
	return last
}

func (t Tree) line(i int, o Outline) string {
	p := t.At(i)
	when := p.Time.Format("2006-01-02 15:04:05")
	switch {
	case p.Inferred() && p.Time.IsZero():
		when = beforeTheLog
	case p.Time.IsZero():
		when = "no time"
	}
	line := fmt.Sprintf("%s  %s  %s", dataframe.Printable(p.BaseName(), 80), dataframe.Printable(p.PID, 40), when)
	width := o.Width
	if width == 0 {
		width = 100
	}
	if c := p.CommandLine(); c != "" && width > 0 {
		line += "  " + dataframe.Printable(c, width)
	}
	return line
}
