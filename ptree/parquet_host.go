package ptree

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/gophertrees/gopherwood/dataframe"
)

// This file is the only one of the streaming build that knows the in-memory builder: a host's
// rows go in as a frame, its forest comes out as the rows of the output.

// hostRows are the output's rows of one host, in its order of positions, or some of them.
type hostRows struct {
	first       int     // position of the first
	columns     []cells // of the log; words are shared with the host's frame
	parent      []int32 // -1 for a root
	size, depth []int32
	inferred    []bool
	link        []LinkKind
	source      []int64 // -1 for an inferred process
	tells       []int32 // the host's row that tells of the process; ^row of a child's for an inferred one
}

func (r *hostRows) len() int { return len(r.size) }

// recoder gives hosts dictionaries of their own, without a map: one array for each column tells
// the host's code of each word of all, another that of each image. A worker has one.
type recoder struct {
	words  [][]int32
	images []int32
}

// host takes a host's rows. Text is coded by the words that the host has, but for columns that are only
// carried along: looking at each of those rows would cost more than it saves. The only host of a set has
// all words.
func (g *hostSet) host(h hostRange, scratch *recoder, carried []bool) []cells {
	if scratch.words == nil {
		scratch.words = make([][]int32, len(g.columns))
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
		if carried[i] {
			out[i].codes, out[i].words, out[i].of = c.codes[h.from:h.to], c.words, c.of
			continue
		}
		if len(g.hosts) == 1 {
			out[i].codes, out[i].words, out[i].of, out[i].origin = c.codes, c.words, c.of, span(0, len(c.words))
			continue
		}
		known := scratch.words[i] // code+1, 0 while unknown
		if len(known) < len(c.words) {
			known = make([]int32, len(c.words))
			scratch.words[i] = known
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
func (l *layout) build(columns []cells, images *imageCoding, rows []int64) (*hostRows, *Findings, error) {
	found := &Findings{}
	if !l.hasCreation(columns) {
		for i := range rows {
			found.add(OtherEvent, int32(i), -1)
		}
		return &hostRows{}, found, nil
	}
	f, err := build(l.frame(columns), l.schema, l.known(columns, images), found, nil)
	if errors.Is(err, errNoExec) {
		return &hostRows{}, found, nil
	}
	if err != nil {
		return nil, nil, err
	}
	out := &hostRows{parent: f.parent, size: f.size, depth: f.depth}
	l.fill(out, f, columns, rows, nil)
	return out, found, nil
}

// frame is what the builder is given: the columns that linking reads.
func (l *layout) frame(columns []cells) dataframe.DataFrame {
	made := make([]dataframe.Column, 0, len(columns))
	for i, c := range columns {
		if !l.carried[i] {
			made = append(made, c.column(l.columns[i]))
		}
	}
	return dataframe.New(made...)
}

// known is what it is given beside.
func (l *layout) known(columns []cells, images *imageCoding) known {
	k := known{images: images}
	for i, c := range columns {
		if l.carried[i] {
			k.others = append(k.others, c)
		}
	}
	return k
}

// bystanders are the columns that linking only compares, row with row, to find those that are repeated.
// What they say of a process decides nothing.
func (l *layout) bystanders() []bool {
	s := l.schema
	s.CommandLine, s.UserName, s.UserID, s.ParentCommandLine, s.EventTime = "", "", "", "", ""
	reads, out := s.Columns(), make([]bool, len(l.columns))
	for i, c := range l.columns {
		out[i] = !slices.Contains(reads, c.name)
	}
	return out
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

// fill adds what the rows tell of a forest's processes, in the order of their positions or, unless
// nil, in another.
func (l *layout) fill(out *hostRows, f *Forest, columns []cells, rows []int64, order []int32) {
	n := len(f.number)
	out.inferred, out.link, out.source, out.tells = make([]bool, n), make([]LinkKind, n), make([]int64, n), make([]int32, n)
	for i := range int32(n) {
		p := i
		if order != nil {
			p = order[i]
		}
		row := int32(f.findings.row(f.teller(p)))
		if f.inferred(p) {
			out.inferred[i], out.tells[i], out.source[i] = true, ^row, -1
			continue
		}
		out.tells[i] = row
		out.link[i], out.source[i] = f.kindOf(p), rows[row]
	}
	for i := range columns {
		out.columns = append(out.columns, l.roleCells(f, i, columns, out.tells))
	}
}

// roleCells are a column's values: a process's own row tells its, a child's row those of an
// inferred one. Many are put in order only when they are coded.
func (l *layout) roleCells(f *Forest, i int, columns []cells, tells []int32) cells {
	if l.carried[i] {
		return columns[i].ordered(tells)
	}
	s, c := l.schema, l.columns[i]
	if f.links.forked && (f.events.replaced(c.name) || c.name == s.EventIDColumn) && retypes(c.kind) {
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

// ordered are the values of rows, which tell nothing of an inferred process.
func (c cells) ordered(rows []int32) cells {
	if !c.mostly(rows) {
		return c.take(rows)
	}
	c.rows = rows
	return c
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

// retyped gives a column that replaying has made, which is text, the log's kind again.
func retyped(c dataframe.Column, kind dataframe.Kind) cells {
	codes, words := c.Codes()
	if kind == dataframe.String {
		return cells{codes: codes, words: words}
	}
	numbers, valid := make([]int64, len(words)), make([]bool, len(words))
	for i, w := range words {
		v, err := strconv.ParseInt(w, 10, 64)
		if numbers[i], valid[i] = v, err == nil; kind == dataframe.Float {
			numbers[i] = int64(math.Float64bits(float64(v)))
		}
	}
	out := cells{values: make([]int64, c.Len()), valid: make([]bool, c.Len())}
	for i, code := range codes {
		if code >= 0 && valid[code] {
			out.values[i], out.valid[i] = numbers[code], true
		}
	}
	return out
}

// retypes reports whether [retyped] makes the kind: ids and kinds of events are of no other.
func retypes(kind dataframe.Kind) bool {
	return kind == dataframe.String || kind == dataframe.Int || kind == dataframe.Float
}
