package ptree

// portion are consecutive buckets of one host, of one kind: with times or without.
type portion struct {
	from, to int32
	timed    bool
}

// portionEntries are enough for a processor to take them on.
const portionEntries = 4096

// portions cut the buckets for the processors. Empty ones are left out.
func (b *buckets) portions() []portion {
	out := make([]portion, 0, b.hosts())
	add := func(p portion) {
		if b.from[p.to] > b.from[p.from] {
			out = append(out, p)
		}
	}
	for h := range b.hosts() {
		p, last := portion{b.first[h], b.first[h], true}, b.first[h+1]-1
		for p.to < last {
			if p.to++; b.from[p.to]-b.from[p.from] >= portionEntries {
				add(p)
				p.from = p.to
			}
		}
		add(p)
		add(portion{last, last + 1, false})
	}
	return out
}

// sort brings a portion into the order of time, and returns the places of those that share time, ids
// and names with another.
func (b *buckets) sort(p portion, s *sorting) (alike []int32) {
	if p.timed {
		for at := p.from; at < p.to; at++ {
			s.sort(b.bucket(at))
		}
	}
	return likeOthers(b.entries, int(b.from[p.from]), int(b.from[p.to]))
}

// complete reports whether all entries of a portion tell the ids of the process and of its parent.
func (b *buckets) complete(p portion) bool {
	for i := b.from[p.from]; i < b.from[p.to]; i++ {
		if b.entries[i].pid < 0 || b.entries[i].parentID < 0 {
			return false
		}
	}
	return true
}
