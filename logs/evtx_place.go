package logs

import "encoding/binary"

// place walks over bytes. Reading beyond the end gives zeros and sets short, so that a reader
// looks once at the end of a token and not at each number.
type place struct {
	data  []byte
	pos   int
	short bool
}

func (p *place) take(n int) []byte {
	if n < 0 || p.pos < 0 || p.pos > len(p.data) || n > len(p.data)-p.pos {
		p.short = true
		p.pos = len(p.data)
		return nil
	}
	p.pos += n
	return p.data[p.pos-n : p.pos : p.pos]
}

func (p *place) skip(n int) { p.take(n) }

func (p *place) byte() byte {
	if b := p.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (p *place) uint16() uint16 {
	if b := p.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (p *place) uint32() uint32 {
	if b := p.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}
