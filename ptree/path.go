package ptree

import (
	"strconv"
	"strings"
)

// width is the number of digits that process numbers take: five, as in msticpy, unless the
// forest needs more.
func (f *Forest) width() int { return max(5, len(strconv.Itoa(len(f.links.kept)-1))) }

func (f *Forest) padded(number int32) string {
	digits := strconv.Itoa(int(number))
	return strings.Repeat("0", max(0, f.width()-len(digits))) + digits
}

// rank is the number of the process at a position in the order of time among all hosts', which
// tables and paths show; inferred ones follow the events.
func (f *Forest) rank(p int32) int32 {
	if f.inferred(p) {
		return f.number[p]
	}
	return f.events.rank(f.number[p])
}

// ranked is the number of the process with that rank.
func (f *Forest) ranked(rank int32) int32 {
	if int(rank) >= f.events.Nrow() {
		return rank
	}
	return f.events.atRank(rank)
}

func (f *Forest) path(p int32) string {
	width := f.width()
	depth := int(f.depth[p])
	out := make([]byte, (depth+1)*(width+1)-1)
	for i := range out {
		out[i] = '0'
	}
	for ; p >= 0; p = f.parent[p] {
		at := depth * (width + 1)
		for n, d := f.rank(p), at+width-1; n > 0; n, d = n/10, d-1 {
			out[d] = byte('0' + n%10)
		}
		if depth > 0 {
			out[at-1] = '/'
		}
		depth--
	}
	return string(out)
}
