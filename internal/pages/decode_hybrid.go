package pages

import (
	"encoding/binary"
	"errors"
	"math"
)

// hybrid reads what [appendHybrid] writes: runs of one number, and groups of eight packed ones.
type hybrid struct {
	data  []byte // behind the run at hand
	width int    // bits of a number

	left   int    // numbers of the run at hand
	packed []byte // nil where all are the same
	bit    int    // of packed, where the next number begins
	same   int32
}

var errRun = errors.New("a run of numbers goes beyond the end of its page")

// mostWidth is what the lowest bits of an int32 hold.
const mostWidth = 32

func hybridOf(data []byte, width int) (hybrid, error) {
	if width > mostWidth {
		return hybrid{}, errors.New("numbers of more than 32 bits stand for values")
	}
	return hybrid{data: data, width: width}, nil
}

// read fills out with the next numbers.
func (h *hybrid) read(out []int32) error {
	for len(out) > 0 {
		if h.left == 0 {
			if err := h.begin(); err != nil {
				return err
			}
		}
		n := min(h.left, len(out))
		if h.packed != nil {
			h.unpack(out[:n])
		} else {
			for i := range out[:n] {
				out[i] = h.same
			}
		}
		h.left -= n
		out = out[n:]
	}
	return nil
}

// skip passes over n numbers if one run has them all, with that value.
func (h *hybrid) skip(n int, value int32) bool {
	if h.left == 0 && h.begin() != nil || h.left < n || h.packed != nil || h.same != value {
		return false
	}
	h.left -= n
	return true
}

// begin reads the header of a run that is not empty.
func (h *hybrid) begin() error {
	for h.left == 0 {
		header, size := binary.Uvarint(h.data)
		if size <= 0 || header>>1 > math.MaxInt32 {
			return errRun
		}
		h.data, h.left, h.packed = h.data[size:], int(header>>1), nil
		if header&1 == 1 && h.width > 0 {
			h.beginPacked()
			continue
		}
		if header&1 == 1 {
			h.left *= 8
		}
		if err := h.beginSame(); err != nil {
			return err
		}
	}
	return nil
}

// beginPacked begins a run of groups. The last group of a page may be cut off behind its last number.
func (h *hybrid) beginPacked() {
	size := min(h.left*h.width, len(h.data))
	h.packed, h.data, h.bit = h.data[:size:size], h.data[size:], 0
	h.left = min(h.left*8, size*8/h.width)
}

func (h *hybrid) beginSame() error {
	size := (h.width + 7) / 8
	if len(h.data) < size {
		return errRun
	}
	var word [4]byte
	copy(word[:], h.data[:size])
	h.same, h.data = int32(binary.LittleEndian.Uint32(word[:])), h.data[size:]
	return nil
}

// unpack reads numbers of the packed run at hand, which has as many.
func (h *hybrid) unpack(out []int32) {
	data, bit, width, mask := h.packed, h.bit, h.width, uint64(1)<<h.width-1
	whole := 0 // numbers for which there are eight bytes from their first on
	if most := (len(data)-8)*8 + 7 - bit; most >= 0 {
		whole = min(len(out), most/width+1)
	}
	for i := range out[:whole] {
		out[i] = int32(binary.LittleEndian.Uint64(data[bit>>3:]) >> (bit & 7) & mask)
		bit += width
	}
	for i := whole; i < len(out); i++ {
		var word [8]byte
		copy(word[:], data[bit>>3:])
		out[i] = int32(binary.LittleEndian.Uint64(word[:]) >> (bit & 7) & mask)
		bit += width
	}
	h.bit = bit
}
