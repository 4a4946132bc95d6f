package logs

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16 returns UTF-16 as UTF-8 without zeros at its end; it is valid until the next call.
func (x *binaryXML) utf16(data []byte) []byte {
	out := x.scratch[:0]
	sound := true
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(binary.LittleEndian.Uint16(data[i:]))
		switch {
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
			continue
		case utf16.IsSurrogate(r):
			next := rune(0)
			if i+3 < len(data) {
				next = rune(binary.LittleEndian.Uint16(data[i+2:]))
			}
			if r = utf16.DecodeRune(r, next); r == utf8.RuneError {
				sound = false
			} else {
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	if !sound || len(data)%2 != 0 {
		x.surrogates++
	}
	x.scratch = out
	return trimNULs(out)
}

func trimNULs(text []byte) []byte {
	for len(text) > 0 && text[len(text)-1] == 0 {
		text = text[:len(text)-1]
	}
	return text
}
