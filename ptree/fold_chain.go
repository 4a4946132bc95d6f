package ptree

const longestCycle = 8 // processes of one turn of a chain

// chain returns the cycle that begins at a process and how many whole turns of it follow one
// another; no turns when it does not repeat often enough. The shortest cycle wins.
func (f *folder) chain(head int32) (cycle []int32, turns int) {
	if f.off {
		return nil, 0
	}
	ahead := head
	for period := 1; period <= longestCycle; period++ {
		if ahead = f.heir[ahead]; ahead < 0 {
			return nil, 0
		}
		length := period
		for a, b := head, ahead; b >= 0 && f.like[a] == f.like[b]; a, b = f.heir[a], f.heir[b] {
			length++
		}
		if turns = length / period; turns >= f.least {
			for p := head; len(cycle) < period; p = f.heir[p] {
				cycle = append(cycle, p)
			}
			return cycle, turns
		}
	}
	return nil, 0
}

// unroll returns the processes of chains of a length, and all that they started beside one another.
func (f *folder) unroll(heads []int32, length int) (chain, below []int32) {
	for _, at := range heads {
		for k := range length {
			heir := f.heir[at]
			chain = append(chain, at)
			for _, c := range f.kids.of(at) {
				if c != heir || k == length-1 {
					below = append(below, c)
				}
			}
			at = heir
		}
	}
	return chain, below
}
