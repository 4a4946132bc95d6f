package plotting

import (
	"fmt"
	"math"
	"sort"
	"time"

	"github.com/gophertrees/gopherwood/ptree"
)

const (
	hostPanel = 150.0 // height
	hostWidth = 270.0 // least width
	mostHosts = 60
	hostRows  = 200_000
)

// PlotHosts draws small multiples: a panel for each host, all over the same time and with the same
// scale, with a column for the processes created in each part of it, in the colours of the
// legend. Hosts stand in the order of their number of processes; beyond sixty they are counted in
// the footer.
func PlotHosts(t ptree.Tree, o ...ViewOptions) *Figure {
	options := theOne("PlotHosts", o)
	options.Fold = ptree.Off
	return plotView(t, options, "Hosts", hostRows, (*view).paintHosts)
}

// hostBins counts the processes of a host by time and colour.
type hostBins struct {
	name      string
	processes int
	timeless  int
	bins      []map[tintKey]int
}

type tintKey struct{ r, g, b uint8 }

func (v *view) paintHosts(s *scene, y float64) float64 {
	columns := max(1, min(int((v.inner+12)/(hostWidth+12)), v.hostCount()))
	wide := (v.inner - 12*float64(columns-1)) / float64(columns)
	hosts, tallest, rest := v.byHost(int(wide-20) / 4)
	for i, h := range hosts {
		x := margin + float64(i%columns)*(wide+12)
		v.paintHost(s, h, x, y+float64(i/columns)*(hostPanel+12), wide, tallest)
	}
	if rest > 0 {
		v.notes = append(v.notes, fmt.Sprintf("%s more %s not drawn", grouped(rest), plural(rest, "host", "hosts")))
	}
	lines := (len(hosts) + columns - 1) / columns
	return y + float64(lines)*(hostPanel+12)
}

// byHost counts; tallest is the most processes in one part of the time of any host.
func (v *view) byHost(parts int) (hosts []*hostBins, tallest, rest int) {
	p := v.processes
	known := map[string]*hostBins{}
	a := axis{p.first, p.last, 0, float64(parts)}
	for i := range p.parent {
		h := known[p.host[i]]
		if h == nil {
			h = &hostBins{name: p.host[i], bins: make([]map[tintKey]int, parts)}
			known[p.host[i]] = h
			hosts = append(hosts, h)
		}
		h.processes++
		if p.time[i].IsZero() {
			h.timeless++
			continue
		}
		at := min(parts-1, int(a.at(p.time[i])))
		if h.bins[at] == nil {
			h.bins[at] = map[tintKey]int{}
		}
		c := v.colours.of[p.place[i]]
		h.bins[at][tintKey{c.R, c.G, c.B}]++
	}
	sort.SliceStable(hosts, func(i, j int) bool { return hosts[i].processes > hosts[j].processes })
	if len(hosts) > mostHosts {
		hosts, rest = hosts[:mostHosts], len(hosts)-mostHosts
	}
	for _, h := range hosts {
		for _, bin := range h.bins {
			tallest = max(tallest, binSize(bin))
		}
	}
	return hosts, tallest, rest
}

// hostCount returns how many hosts there are.
func (v *view) hostCount() int {
	known := map[string]bool{}
	for _, h := range v.processes.host {
		known[h] = true
	}
	return max(1, len(known))
}

func binSize(bin map[tintKey]int) (n int) {
	for _, count := range bin {
		n += count
	}
	return n
}

func (v *view) paintHost(s *scene, h *hostBins, x, y, wide float64, tallest int) {
	s.add(box{x: x + 0.5, y: y + 0.5, w: wide - 1, h: hostPanel - 1, r: 4, fill: v.theme.fold, line: v.theme.faint})
	count := fmt.Sprintf("%s %s", grouped(h.processes), plural(h.processes, "process", "processes"))
	if h.timeless > 0 {
		count += fmt.Sprintf(", %s without a time", grouped(h.timeless))
	}
	quiet, bold := v.smallLetters(), v.nameLetters()
	left, right := x+10, x+wide-10
	countAt := right - measure(count, quiet)
	s.write(countAt, y+18, count, quiet)
	name := visible(h.name)
	if name == "" {
		name = "(no host)"
	}
	s.write(left, y+18, cutMiddle(name, countAt-left-textGap, bold), bold)
	base, high := y+hostPanel-22, hostPanel-54.0
	s.add(wire{points: []point{{left, base + 0.5}, {right, base + 0.5}}, color: v.theme.faint, width: 1})
	step := (right - left) / float64(max(1, len(h.bins)))
	for i, bin := range h.bins {
		v.paintBin(s, bin, left+float64(i)*step, base, step, high, tallest)
	}
	v.paintEnds(s, v.processes.first, v.processes.last, left, right, base+14)
}

// paintBin stacks the colours of one column, the most frequent at the bottom. Heights go with the
// square root, so that single processes show beside thousands.
func (v *view) paintBin(s *scene, bin map[tintKey]int, x, base, step, high float64, tallest int) {
	if len(bin) == 0 {
		return
	}
	keys := make([]tintKey, 0, len(bin))
	for k := range bin {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := keys[i], keys[j]
		if bin[a] != bin[b] {
			return bin[a] > bin[b]
		}
		return uint32(a.r)<<16|uint32(a.g)<<8|uint32(a.b) < uint32(b.r)<<16|uint32(b.g)<<8|uint32(b.b)
	})
	n := binSize(bin)
	all := max(2, high*math.Sqrt(float64(n)/float64(tallest)))
	top := base - all
	for i := len(keys) - 1; i >= 0; i-- { // each to the ground, and lower ones over it, so that no seam shows
		k := keys[i]
		s.add(box{x: x, y: top, w: max(1, step-1), h: base - top, fill: rgb(uint32(k.r)<<16 | uint32(k.g)<<8 | uint32(k.b))})
		top += all * float64(bin[k]) / float64(n)
	}
}

// paintEnds writes the ends of a time below a panel.
func (v *view) paintEnds(s *scene, first, last time.Time, left, right, y float64) {
	if first.IsZero() {
		return
	}
	const layout = "2006-01-02 15:04"
	f := v.smallLetters()
	f.size = 9
	end := s.write(left, y, first.Format(layout), f)
	if text := last.Format(layout); right-measure(text, f) > end+8 {
		s.write(right-measure(text, f), y, text, f)
	}
}
