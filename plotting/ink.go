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
		line := rgba.Pix[(y+margin)*rgba.Stride:][:4*k.width]
		buckets := k.buckets[(top+y)*k.width:][:k.width]
		for x := 0; x < k.width; {
			// a line is mostly long runs of one colour
			c := colourAt(line, x)
			end := x + 1
			for end < k.width && colourAt(line, end) == c {
				end++
			}
			bucket := k.put(c, int32(end-x))
			for ; x < end; x++ {
				buckets[x] = bucket
			}
		}
	}
}

func colourAt(line []uint8, x int) uint32 {
	pixel := line[4*x : 4*x+4 : 4*x+4]
	return uint32(pixel[0])<<16 | uint32(pixel[1])<<8 | uint32(pixel[2])
}

// put counts pixels of one colour, lets them vote for their bucket's colour (Boyer and Moore's majority
// vote), and returns the bucket.
func (k *ink) put(c uint32, pixels int32) uint16 {
	bucket := uint16(c>>19)<<11 | uint16(c>>10&0x3f)<<5 | uint16(c>>3&0x1f)
	k.count[bucket] += pixels
	switch votes := k.votes[bucket]; {
	case k.colour[bucket] == c:
		k.votes[bucket] = votes + pixels
	case votes < pixels:
		k.colour[bucket], k.votes[bucket] = c, pixels-votes
	default:
		k.votes[bucket] = votes - pixels
	}
	return bucket
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
