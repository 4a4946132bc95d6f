package ptree

import "github.com/gophertrees/gopherwood/dataframe"

// setImages are the images of a set's processes and parents in lower case: coded once, and not for
// every host again.
type setImages struct {
	own, parent []int32 // by a word's code in the set: the image's
	words       []string
	unknown     int32 // the code of a parent's image that is not told
}

// images codes those of a set; nil where a frame must make text of them first.
func (l *layout) images(columns []cells) *setImages {
	own, parent := l.at(l.schema.ProcessName), l.at(l.schema.ParentName)
	if own < 0 || l.columns[own].kind != dataframe.String || parent >= 0 && l.columns[parent].kind != dataframe.String {
		return nil
	}
	names := dictionary{fold: lower}
	x := &setImages{unknown: names.code(unknownName)}
	coded := func(words []string) []int32 {
		out := make([]int32, len(words))
		for i, w := range words {
			out[i] = names.code(lower(w))
		}
		return out
	}
	x.own = coded(columns[own].words)
	if parent >= 0 {
		x.parent = coded(columns[parent].words)
		for i, w := range columns[parent].words {
			if w == "" {
				x.parent[i] = x.unknown
			}
		}
	}
	x.words = names.words
	return x
}

// coded codes the images of some hosts by those that they have; nil where a frame must make text of them first.
func (x *setImages) coded(l *layout, columns []cells, scratch *recoder) *imageCoding {
	if x == nil {
		return nil
	}
	known := &scratch.images // 0 everywhere between calls
	if len(*known) < len(x.words) {
		*known = make([]int32, len(x.words))
	}
	out, used := &imageCoding{}, []int32(nil)
	code := func(image int32) int32 {
		n := &(*known)[image]
		if *n == 0 {
			out.words, used = append(out.words, x.words[image]), append(used, image)
			*n = int32(len(used))
		}
		return *n - 1
	}
	coded := func(c *cells, inSet []int32, absent int32) coding {
		to := make([]int32, 1, len(c.words)+1)
		to[0] = absent
		for _, origin := range c.origin {
			to = append(to, code(inSet[origin]))
		}
		return coding{codes: c.codes, to: to, nulls: true}
	}
	out.own = coded(&columns[l.at(l.schema.ProcessName)], x.own, -1)
	unknown := code(x.unknown)
	if out.parent = (coding{same: unknown}); x.parent != nil {
		out.parent = coded(&columns[l.at(l.schema.ParentName)], x.parent, unknown)
	}
	for _, image := range used {
		(*known)[image] = 0
	}
	return out
}
