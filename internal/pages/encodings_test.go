package pages

import (
	"bytes"
	"testing"
)

// What the specification shows, and what it demands at ends, where readers forgive much.
func TestEncodingsOfTheSpecification(t *testing.T) {
	for what, c := range map[string]struct{ got, want []byte }{
		"packed 0 to 7, the example": {appendPacked(nil, []uint8{0, 1, 2, 3, 4, 5, 6, 7}, 3), []byte{0x88, 0xc6, 0xfa}},
		"a group of three is whole":  {appendHybrid(nil, []uint8{1, 2, 3}, 3), []byte{1<<1 | 1, 0xd1, 0, 0}},
		"a run":                      {appendHybrid(nil, bytes.Repeat([]byte{5}, 100), 3), []byte{0xc8, 1, 5}},
		"a run after a group": {appendHybrid(nil, append([]byte{1, 0, 1, 0, 1, 0, 1, 0}, make([]byte, 9)...), 1),
			[]byte{1<<1 | 1, 0x55, 9 << 1, 0}},
		"differences, the second example": {appendDelta(nil, []int32{7, 5, 3, 1, 2, 3, 4, 5}),
			[]byte{0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0, 0, 0}},
		"no differences": {appendDelta(nil, []int64{}), []byte{0x80, 1, 4, 0, 0}},
	} {
		if !bytes.Equal(c.got, c.want) {
			t.Errorf("%s: % x, want % x", what, c.got, c.want)
		}
	}
}
