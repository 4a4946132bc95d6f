package ptree

// custom is what a host's images are used to doing, learned from the links that are sure: how often
// processes of one image start ones of another. It tells a daemon, which has had its id for many
// rounds and starts what it always starts, from a process that took the id of a dead one.
type custom struct {
	id    *identities
	runs  map[[2]int32]int // by host and image: its processes
	pairs map[[3]int32]int // by host and images of parent and child: links that are sure
}

// How often a parent's image must have started the child's, per process of its own, to be familiar
// with it: one sure link in fifty may be wrong. And of how many processes one must know all
// children to call an image strange to it.
const (
	seldom    = 50
	wellKnown = 50
)

func customOf(id *identities) *custom {
	c := &custom{id: id, runs: map[[2]int32]int{}, pairs: map[[3]int32]int{}}
	for i := range id.of {
		c.runs[[2]int32{id.of[i].host, id.of[i].name}]++
	}
	return c
}

// add counts a link that is sure.
func (c *custom) add(parent, child int32) {
	c.pairs[[3]int32{c.id.of[child].host, c.id.of[parent].name, c.id.of[child].name}]++
}

// judge reports whether processes of the parent's image are familiar with starting those of the
// child's, or, of an image that is known well, strangers to it. Neither may be known.
func (c *custom) judge(parent, child int32) (familiar, stranger bool) {
	host, from, to := c.id.of[child].host, c.id.of[parent].name, c.id.of[child].name
	if from < 0 || to < 0 {
		return false, false
	}
	runs := c.runs[[2]int32{host, from}]
	familiar = c.pairs[[3]int32{host, from, to}]*seldom > runs
	return familiar, !familiar && runs >= wellKnown
}
