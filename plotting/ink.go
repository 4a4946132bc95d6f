package plotting

import (
	"image"
	"image/color"
	"sort"
)

// ink collects painted bands and reduces their colours to the 256 of a palette. Every pixel goes
// into a bucket of similar colours; a bucket is drawn in the colour that most of its pixels have,
// so that even grounds keep their colour exactly and only the smoothed rims of letters change.
type ink struct {
	width, height int
	buckets       []uint16 // of each pixel
	count         [1 << 16]int32
	colour        [1 << 16]uint32 // the bucket's candidate for its most frequent colour
	votes         [1 << 16]int32
}

func newInk(width, height int) *ink {
	return &ink{width: width, height: height, buckets: make([]uint16, width*height)}
}

// band takes in lines of a painted band, below its margin.
func (k *ink) band(top, lines, margin int, picture image.Image) {
	rgba := picture.(*image.RGBA) // what gonum paints on
	for y := range lines {
		line := rgba.Pix[(y+margin)*rgba.Stride:]
		for x := range k.width {
			r, g, b := line[4*x], line[4*x+1], line[4*x+2]
			k.put((top+y)*k.width+x, uint32(r)<<16|uint32(g)<<8|uint32(b))
		}
	}
}

// put counts a pixel and lets it vote for its bucket's colour (Boyer and Moore's majority vote).
func (k *ink) put(at int, c uint32) {
	bucket := uint16(c>>19)<<11 | uint16(c>>10&0x3f)<<5 | uint16(c>>3&0x1f)
	k.buckets[at] = bucket
	k.count[bucket]++
	switch {
	case k.votes[bucket] == 0:
		k.colour[bucket], k.votes[bucket] = c, 1
	case k.colour[bucket] == c:
		k.votes[bucket]++
	default:
		k.votes[bucket]--
	}
}

// paletted returns the picture. The palette covers all colours evenly: it takes the most frequent
// ones first and leaves out those that are closer than a distance to one taken, which is the
// smallest at which 256 colours are enough.
func (k *ink) paletted() *image.Paletted {
	var used []int
	for bucket, n := range k.count {
		if n > 0 {
			used = append(used, bucket)
		}
	}
	sort.SliceStable(used, func(i, j int) bool { return k.count[used[i]] > k.count[used[j]] })
	var palette color.Palette
	for distance := 0; ; distance += 6 {
		if palette = k.choose(used, distance); len(palette) <= 256 {
			break
		}
	}
	var entry [1 << 16]uint8
	for _, bucket := range used {
		entry[bucket] = uint8(palette.Index(rgb(k.colour[bucket])))
	}
	out := image.NewPaletted(image.Rect(0, 0, k.width, k.height), palette)
	for i, bucket := range k.buckets {
		out.Pix[i] = entry[bucket]
	}
	return out
}

// choose returns the colours of the buckets that are further than a distance from one another;
// it gives up at 257.
func (k *ink) choose(used []int, distance int) color.Palette {
	var palette color.Palette
	for _, bucket := range used {
		c := rgb(k.colour[bucket])
		far := true
		for _, taken := range palette {
			far = far && apart(c, taken.(color.NRGBA)) > distance
		}
		if far {
			if palette = append(palette, c); len(palette) > 256 {
				break
			}
		}
	}
	return palette
}

// apart is the greatest difference of two colours in any of red, green and blue.
func apart(a, b color.NRGBA) int {
	difference := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return max(difference(a.R, b.R), difference(a.G, b.G), difference(a.B, b.B))
}
