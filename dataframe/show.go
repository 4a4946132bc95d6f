package dataframe

import (
	"fmt"
	"strings"
)

// What a table shows at most, in a page as in a terminal. The numbers are pandas'.
const (
	shownRows    = 60 // a frame with more shows edgeRows from each end
	edgeRows     = 5
	shownColumns = 20  // a frame with more shows half of them from each end
	shownText    = 50  // characters of a cell
	titleText    = 500 // characters of a cell's full text, shown when the pointer rests on it
	shownNotes   = 5   // notes, and bad records, below the table
	noteText     = 300 // characters of a note
)

// cell is one value as it is shown.
type cell struct {
	Text  string
	Title string // more of the text where Text is cut
	Null  bool
}

// grid is the part of a frame that is shown, as text.
type grid struct {
	Index   string   // the index's name
	Labels  []cell   // of the shown rows
	Names   []cell   // of the shown columns
	Columns [][]cell // Columns[j][i] is row i of column j
	RowGap  int      // "…" stands before this row; 0: nowhere
	ColGap  int      // "…" stands before this column; 0: nowhere
	Rows    int      // of the whole frame
	Cols    int
	Below   []string // notes and bad records
}

func (d DataFrame) grid() grid {
	g := grid{Rows: d.Nrow(), Cols: d.Ncol(), Below: d.below(), Index: Printable(d.indexName(), shownText)}
	rows := edges(d.Nrow(), shownRows, edgeRows, &g.RowGap)
	g.Labels = labelCells(d.labels(rows))
	for _, j := range edges(d.Ncol(), shownColumns, shownColumns/2, &g.ColGap) {
		c := d.table().columns[j]
		g.Names = append(g.Names, textCell(c.name, shownText))
		g.Columns = append(g.Columns, cells(c.Take(rows), shownText))
	}
	return g
}

func (d DataFrame) indexName() string {
	if t := d.table(); !t.counted {
		return t.index.name
	}
	return ""
}

// edges returns the numbers 0 to n-1, or the first and last few when there are more than most;
// gap is then how many come before the hole.
func edges(n, most, edge int, gap *int) []int32 {
	var out []int32
	for i := range n {
		if n <= most || i < edge || i >= n-edge {
			out = append(out, int32(i))
		} else {
			*gap = edge
		}
	}
	return out
}

// footer tells the size and what is not shown of it.
func (g grid) footer() string {
	var hidden []string
	if n := g.Rows - len(g.Labels); n > 0 {
		hidden = append(hidden, count(n, "row"))
	}
	if n := g.Cols - len(g.Names); n > 0 {
		hidden = append(hidden, count(n, "column"))
	}
	size := fmt.Sprintf("%s × %s", count(g.Rows, "row"), count(g.Cols, "column"))
	if hidden == nil {
		return size
	}
	return fmt.Sprintf("%s (%s not shown)", size, strings.Join(hidden, " and "))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// below lists the first notes and bad records, and says how many more there are.
func (d DataFrame) below() []string {
	var out []string
	add := func(texts []string, total int, what string) {
		for _, t := range texts[:min(len(texts), shownNotes)] {
			out = append(out, Printable(t, noteText))
		}
		if more := total - min(len(texts), shownNotes); more > 0 {
			out = append(out, "… and "+strings.Replace(count(more, what), " ", " more ", 1))
		}
	}
	add(d.Notes(), len(d.Notes()), "note")
	bad := d.Bad()
	if bad.Total == 0 {
		return out
	}
	out = append(out, fmt.Sprintf("%s could not be read:", count(bad.Total, "record")))
	var first []string
	for _, b := range bad.First[:min(len(bad.First), shownNotes)] {
		first = append(first, b.String())
	}
	add(first, bad.Total, "bad record")
	return out
}
