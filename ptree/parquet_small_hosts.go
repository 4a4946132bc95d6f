package ptree

import "iter"

// Hosts with few rows, such as containers, are linked many at a time: what a host takes beside its rows
// would be most of the work.

// taskRows is how many rows a task has at least.
const taskRows = 1 << 12

// tasks are the hosts by what one worker does at a time: a host, or many small ones.
func (g *hostSet) tasks() iter.Seq[[]hostRange] {
	return func(yield func([]hostRange) bool) {
		first := 0
		for i, h := range g.hosts {
			if last := i == len(g.hosts)-1; !last && h.to-g.hosts[first].from < taskRows {
				continue
			}
			if !yield(g.hosts[first : i+1]) {
				return
			}
			first = i + 1
		}
	}
}

// buildTogether links hosts that follow each other in a set as one log, of which each gets what it would
// get alone. It leaves those to be linked one by one of which the log tells more than id, image and time, or
// of which one has no process.
func (l *layout) buildTogether(g *hostSet, hosts []hostRange, images *setImages, scratch *recoder) (built []builtHost, ok bool) {
	if l.schema.toldMore() {
		return nil, false
	}
	whole := hostRange{from: hosts[0].from, to: hosts[len(hosts)-1].to}
	columns := g.host(whole, scratch, l.carried)
	frame := l.frame(columns)
	if !l.schema.byIdentityAlone(frame) {
		return nil, false
	}
	if !l.schema.creationsAlone(frame) {
		for _, h := range hosts {
			if !l.hasCreation(cut(columns, h.from-whole.from, h.to-whole.from)) {
				return nil, false
			}
		}
	}
	found := &Findings{}
	f, err := build(frame, l.schema, l.known(columns, images.coded(l, columns, scratch)), found, nil)
	if err != nil {
		return nil, false // alone, the host that has it is named
	}
	out, order, from := f.apart(hosts, whole)
	l.fill(out, f, columns, g.rows[whole.from:whole.to], order)
	for i := range hosts {
		built = append(built, builtHost{out.slice(from[i], from[i+1]), &Findings{}})
	}
	built[0].found = found // they are counted for all hosts together
	return built, true
}

// apart puts the trees of a forest in the order of hosts, those of a host in their order, and counts
// positions within the host: order has the forest's positions, from where each host's begin.
func (f *Forest) apart(hosts []hostRange, whole hostRange) (out *hostRows, order []int32, from []int) {
	of := make([]int32, whole.to-whole.from) // by row: its host
	for i, h := range hosts {
		for row := h.from; row < h.to; row++ {
			of[row-whole.from] = int32(i)
		}
	}
	hostOf := func(root int32) int32 { return of[f.findings.row(f.teller(root))] }
	n := int32(len(f.number))
	from = make([]int, len(hosts)+1)
	for root := int32(0); root < n; root += f.size[root] {
		from[hostOf(root)+1] += int(f.size[root])
	}
	for i := range hosts {
		from[i+1] += from[i]
	}
	next := make([]int32, len(hosts)) // by host: its processes so far
	out = &hostRows{parent: make([]int32, n), size: make([]int32, n), depth: make([]int32, n)}
	order = make([]int32, n)
	for root := int32(0); root < n; root += f.size[root] {
		h := hostOf(root)
		for p := root; p < root+f.size[root]; p++ {
			at := int32(from[h]) + next[h] + p - root
			order[at], out.size[at], out.depth[at] = p, f.size[p], f.depth[p]
			if out.parent[at] = -1; p > root {
				out.parent[at] = f.parent[p] - root + next[h]
			}
		}
		next[h] += f.size[root]
	}
	return out, order, from
}

// slice are some of the rows.
func (r *hostRows) slice(from, to int) *hostRows {
	return &hostRows{columns: cut(r.columns, from, to), parent: r.parent[from:to], size: r.size[from:to], depth: r.depth[from:to],
		inferred: r.inferred[from:to], link: r.link[from:to], source: r.source[from:to], tells: r.tells[from:to]}
}
