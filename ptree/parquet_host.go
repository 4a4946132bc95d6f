package ptree

import (
	"errors"
	"slices"
	"strconv"

	"github.com/gophertrees/gopherwood/dataframe"
)

// This file is the only one of the streaming build that knows the in-memory builder: a host's
// rows go in as a frame, its forest comes out as the rows of the output.

// hostRows are the output's rows of one host, in its order of positions.
type hostRows struct {
	columns     []cells // of the log; words are shared with the host's frame
	position    int32   // of the first row
	parent      []int32 // -1 for a root
	size, depth []int32
	inferred    []bool
	link        []LinkKind
	source      []int64 // -1 for an inferred process
}

func (r *hostRows) len() int { return len(r.size) }

// recoder gives hosts dictionaries of their own, without a map: one array for each column tells
// the host's code of each word of all. A worker has one.
type recoder [][]int32

// host copies a host's rows, text coded by the words that the host has.
func (g *hostSet) host(h hostRange, scratch *recoder) []cells {
	if *scratch == nil {
		*scratch = make(recoder, len(g.columns))
	}
	out := make([]cells, len(g.columns))
	for i, c := range g.columns {
		if c.codes == nil {
			out[i].values = c.values[h.from:h.to]
			if c.valid != nil {
				out[i].valid = c.valid[h.from:h.to]
			}
			continue
		}
		known := (*scratch)[i] // code+1, 0 while unknown
		if len(known) < len(c.words) {
			known = make([]int32, len(c.words))
			(*scratch)[i] = known
		}
		var used []int32
		out[i].codes = make([]int32, h.to-h.from)
		for row, code := range c.codes[h.from:h.to] {
			if code >= 0 {
				if known[code] == 0 {
					used = append(used, code)
					known[code] = int32(len(used))
				}
				code = known[code] - 1
			}
			out[i].codes[row] = code
		}
		out[i].of, out[i].origin, out[i].words = c.of, used, make([]string, len(used))
		for n, code := range used {
			out[i].words[n] = c.words[code]
			known[code] = 0
		}
	}
	return out
}

// build links one host's rows. A host without any process creation has no rows in the output.
func (l *layout) build(columns []cells, rows []int64) (*hostRows, *Findings, error) {
	found := &Findings{}
	if !l.hasCreation(columns) {
		for i := range rows {
			found.add(OtherEvent, int32(i), -1)
		}
		return &hostRows{}, found, nil
	}
	made := make([]dataframe.Column, len(columns))
	for i, c := range columns {
		if as := l.columns[i]; l.bystander(i) {
			made[i] = dataframe.SharedInts(as.name, widened(c.codes))
		} else {
			made[i] = c.column(as)
		}
	}
	f, err := build(dataframe.New(made...), l.schema, found, nil)
	if errors.Is(err, errNoExec) {
		return &hostRows{}, found, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return l.rowsOf(f, columns, rows), found, nil
}

// bystander reports whether a column is text that linking only compares, row with row, to find
// those that are repeated: its codes do as well.
func (l *layout) bystander(i int) bool {
	s := l.schema
	s.CommandLine, s.UserName = "", ""
	return l.columns[i].kind == dataframe.String && s.ForkEventID == "" && !slices.Contains(s.Columns(), l.columns[i].name)
}

// hasCreation reports whether one of the rows is a process creation, without which the builder
// would call the log empty.
func (l *layout) hasCreation(columns []cells) bool {
	at := l.at(l.schema.EventIDColumn)
	if at < 0 || l.schema.EventID == "" {
		return true
	}
	c, kind := columns[at], l.columns[at].kind
	if kind == dataframe.String {
		for _, code := range c.codes {
			if code >= 0 && c.words[code] == l.schema.EventID {
				return true
			}
		}
		return false
	}
	codes, words := asText(c.column(l.columns[at])).Codes()
	for _, code := range codes {
		if code >= 0 && words[code] == l.schema.EventID {
			return true
		}
	}
	return false
}

// rowsOf reads a forest's arrays in the order of positions.
func (l *layout) rowsOf(f *Forest, columns []cells, rows []int64) *hostRows {
	n := len(f.number)
	out := &hostRows{parent: f.parent, size: f.size, depth: f.depth,
		inferred: make([]bool, n), link: make([]LinkKind, n), source: make([]int64, n)}
	tells := make([]int32, n) // the host's row that tells of a process; ^row for a child's
	for p := range int32(n) {
		row := int32(f.findings.row(f.teller(p)))
		if f.inferred(p) {
			out.inferred[p], tells[p], out.source[p] = true, ^row, -1
			continue
		}
		tells[p] = row
		out.link[p], out.source[p] = f.kindOf(p), rows[row]
	}
	for i := range columns {
		out.columns = append(out.columns, l.roleCells(f, i, columns, tells))
	}
	return out
}

// roleCells are a column's values: a process's own row tells its, a child's row those of an
// inferred one. Many are put in order only when they are coded.
func (l *layout) roleCells(f *Forest, i int, columns []cells, tells []int32) cells {
	s, c := l.schema, l.columns[i]
	if f.links.forked && f.events.Has(c.name) && c.name != s.TimeStamp {
		return retyped(f.logged(c.name, f.tree().positions()), c.kind)
	}
	told := -1
	switch c.name {
	case s.HostName, s.LogonID:
		told = i
	case s.ProcessID:
		told = l.at(s.ParentID)
	case s.ProcessName:
		told = l.at(s.ParentName)
	}
	born := c.name == s.TimeStamp && slices.ContainsFunc(f.links.born, func(at int64) bool { return at != 0 })
	if columns[i].mostly(tells) && !born && (told < 0 || columns[i].codes == nil) {
		out := columns[i]
		out.rows = tells
		if told >= 0 {
			out.told = &columns[told]
		}
		return out
	}
	out := columns[i].take(tells)
	switch {
	case born:
		for p, r := range tells {
			if r < 0 {
				if at := f.born(int32(p)); at != 0 {
					out.values[p], out.valid[p] = at, true
				}
			}
		}
	case told >= 0:
		out.tell(columns[told], tells)
	}
	return out
}

// mostly reports whether rows are so many of a column's that ordering them is better put off until
// they are coded, though the others stay in memory until then.
func (c cells) mostly(rows []int32) bool { return 2*len(rows) >= max(len(c.codes), len(c.values)) }

// take returns rows of a column, null for negative ones.
func (c cells) take(rows []int32) cells {
	var out cells
	if c.codes != nil {
		out.words, out.of, out.origin, out.codes = c.words, c.of, c.origin, make([]int32, len(rows))
		for i, r := range rows {
			out.codes[i] = -1
			if r >= 0 {
				out.codes[i] = c.codes[r]
			}
		}
		return out
	}
	out.values, out.valid = make([]int64, len(rows)), make([]bool, len(rows))
	for i, r := range rows {
		if r >= 0 && (c.valid == nil || c.valid[r]) {
			out.values[i], out.valid[i] = c.values[r], true
		}
	}
	return out
}

// tell fills in what children's rows tell in another column of the same kind; "" tells nothing.
func (c *cells) tell(from cells, tells []int32) {
	var code map[int32]int32 // of the other column's words here
	for i, r := range tells {
		own := r >= 0
		r = ^r
		switch {
		case own:
		case c.codes == nil:
			if from.valid == nil || from.valid[r] {
				c.values[i], c.valid[i] = from.values[r], true
			}
		case from.codes[r] >= 0 && from.words[from.codes[r]] != "":
			if code == nil {
				code = map[int32]int32{}
				c.words = c.words[:len(c.words):len(c.words)]
			}
			n, ok := code[from.codes[r]]
			if !ok {
				n = int32(len(c.words))
				code[from.codes[r]] = n
				c.words = append(c.words, from.words[from.codes[r]])
			}
			c.codes[i] = n
		}
	}
}

// retyped gives a cleaned column, which is text, the log's kind again.
func retyped(c dataframe.Column, kind dataframe.Kind) cells {
	if kind == dataframe.String || c.Kind() != dataframe.String {
		codes, words := asText(c).Codes()
		return cells{codes: codes, words: words}
	}
	out := cells{values: make([]int64, c.Len()), valid: make([]bool, c.Len())}
	for i, text := range c.Strings() {
		if v, err := strconv.ParseInt(text, 10, 64); err == nil {
			out.values[i], out.valid[i] = v, true
		}
	}
	return out
}
