package plotting

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

const (
	tableRows   = 20   // rows of the table that are painted
	cellPitch   = 18.0 // height of a row
	widestCell  = 420.0
	cellPadding = 8.0

	narrowestColumn = 105 // how wide a picture has to be for each column
)

// table is the list of processes under a picture.
type table struct {
	frame   dataframe.DataFrame // the columns that are shown
	painted []string            // the most important ones, which a picture has room for
}

// newTable takes the columns that msticpy shows, as far as the tree has them: time, user, ids,
// image, command line, parent, and the column of the legend. It is empty when no table is wanted.
func newTable(t ptree.Tree, o Options) table {
	if !o.ShowTable {
		return table{}
	}
	df, s := t.DataFrame(), t.Schema()
	pick := func(names ...string) []string {
		var out []string
		for _, name := range names {
			if name != "" && df.Has(name) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		return out
	}
	all := pick(s.TimeStamp, s.UserName, s.UserID, s.LogonID, s.ProcessID, s.ProcessName, s.CommandLine,
		s.ParentID, s.ParentName, s.TargetLogonID, o.LegendCol)
	most := max(2, (o.Width-2*margin)/narrowestColumn)
	important := pick(s.TimeStamp, s.ProcessID, s.ProcessName, o.LegendCol, s.CommandLine, s.UserName, s.ParentID, s.LogonID)
	important = important[:min(len(important), most)]
	painted := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return !slices.Contains(important, name) })
	return table{df.Select(all...), painted}
}

// columns returns the columns that are painted.
func (t table) columns() []dataframe.Column {
	var out []dataframe.Column
	for _, name := range t.painted {
		out = append(out, t.frame.Col(name))
	}
	return out
}

// html returns the table for a page, "" when there is none.
func (t table) html() string {
	if t.frame.Ncol() == 0 {
		return ""
	}
	return t.frame.HTML()
}

// paint paints the first rows and returns the height below them. It says how many it leaves out.
func (t table) paint(s *scene, th theme, x, y, width float64) float64 {
	if t.frame.Ncol() == 0 {
		return y
	}
	head := letters{size: 10.5, bold: true, color: th.ink}
	cell := letters{size: 10.5, color: th.ink}
	shown := min(t.frame.Nrow(), tableRows)
	columns := t.columns()
	widths := widthsOf(columns, shown, head, cell, width)
	s.add(wire{points: []point{{x, y + cellPitch + 0.5}, {x + width, y + cellPitch + 0.5}}, color: th.quiet, width: 1})
	at := x
	for c, column := range columns {
		room := widths[c] - cellPadding
		s.write(at, y+13, cutEnd(visible(column.Name()), room, head), head)
		for r := range shown {
			text := cutMiddle(cellText(column, r), room, cell)
			s.write(at, y+13+cellPitch*float64(r+1)+2, text, cell)
		}
		at += widths[c]
	}
	y += cellPitch*float64(shown+1) + 4
	if left := t.left(shown); left != "" {
		note := letters{size: 10.5, color: th.quiet}
		s.write(x, y+13, cutEnd(left, width, note), note)
		y += cellPitch
	}
	return y
}

// left says what of the table is not painted, "" when all of it is.
func (t table) left(shown int) string {
	var parts []string
	if n := t.frame.Nrow() - shown; n > 0 {
		parts = append(parts, fmt.Sprintf("%s more %s", grouped(n), plural(n, "row", "rows")))
	}
	if n := t.frame.Ncol() - len(t.painted); n > 0 {
		parts = append(parts, fmt.Sprintf("%d more %s", n, plural(n, "column", "columns")))
	}
	if len(parts) == 0 {
		return ""
	}
	return "… " + strings.Join(parts, " and ") + " of the table not drawn"
}

func cellText(c dataframe.Column, row int) string {
	if c.Kind() == dataframe.Time {
		if c.IsNull(row) || c.Nanos()[row] == 0 { // 1970 stands for a time that is not known
			return ""
		}
		return c.Slice(row, row+1).Times()[0].Format(timestamp)
	}
	return visible(c.Text(row))
}

// widths gives every column the width of its widest text; where that is too much in all, the
// widest columns are cut to one width.
func widthsOf(columns []dataframe.Column, shown int, head, cell letters, width float64) []float64 {
	out := make([]float64, len(columns))
	for c, column := range columns {
		out[c] = measure(visible(column.Name()), head)
		for r := range shown {
			out[c] = max(out[c], measure(cellText(column, r), cell))
		}
		out[c] = math.Ceil(min(out[c], widestCell) + cellPadding)
	}
	low, high := 0.0, width
	for range 30 { // the common width by bisection
		middle := (low + high) / 2
		if sum(out, middle) > width {
			high = middle
		} else {
			low = middle
		}
	}
	for c := range out {
		out[c] = min(out[c], low)
	}
	return out
}

func sum(widths []float64, most float64) float64 {
	total := 0.0
	for _, w := range widths {
		total += min(w, most)
	}
	return total
}
