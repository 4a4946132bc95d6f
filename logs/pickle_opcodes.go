package logs

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"unicode/utf8"
)

// opcodes are the ones of protocols 2 to 5 that data can need. Those that reach out of the file
// (persistent ids, extension registries, out-of-band buffers, INST and OBJ) are not there.
var opcodes = [256]func(*machine, byte) error{
	0x80: opProtocol, 0x95: opFrame, '.': opStop,
	'(': opMark, '0': opPop, '1': opPopMark, '2': opDuplicate,
	'N': opConstant, 0x88: opConstant, 0x89: opConstant,
	'K': opInt, 'M': opInt, 'J': opInt, 0x8a: opLong, 0x8b: opLong, 'G': opFloat,
	'I': opTextInt, 'L': opTextInt,
	'U': opText, 'T': opText, 0x8c: opText, 'X': opText, 0x8d: opText,
	'C': opBytes, 'B': opBytes, 0x8e: opBytes, 0x96: opBytes, 0x98: opNothing,
	')': opEmpty, ']': opEmpty, '}': opEmpty, 0x8f: opEmpty,
	0x85: opTupleN, 0x86: opTupleN, 0x87: opTupleN, 't': opTuple, 'l': opList, 'd': opDict, 0x91: opList,
	'a': opAppend, 'e': opAppends, 0x90: opAppends, 's': opSetItem, 'u': opSetItems,
	'q': opPut, 'r': opPut, 0x94: opPut, 'h': opGet, 'j': opGet,
	'c': opGlobal, 0x93: opStackGlobal, 'R': opReduce, 0x81: opReduce, 'b': opBuild,
}

func opProtocol(m *machine, _ byte) error {
	version, err := m.byte()
	if err == nil && version > 5 {
		err = fmt.Errorf("protocol %d is newer than 5: save it by pickle.HIGHEST_PROTOCOL of an older Python", version)
	}
	return err
}

// opFrame skips a frame's length: frames only help readers that stream.
func opFrame(m *machine, _ byte) error {
	_, err := m.take(8)
	return err
}

func opNothing(*machine, byte) error { return nil }

func opStop(m *machine, _ byte) error {
	m.ended, m.marks = true, nil
	return nil
}

func opMark(m *machine, _ byte) error {
	m.marks = append(m.marks, len(m.stack))
	return nil
}

func opPop(m *machine, _ byte) error {
	if len(m.marks) > 0 && len(m.stack) == m.floor() {
		return opPopMark(m, 0)
	}
	_, err := m.pop()
	return err
}

func opPopMark(m *machine, _ byte) error {
	_, err := m.popMark()
	return err
}

func opDuplicate(m *machine, _ byte) error {
	v, err := m.top()
	if err == nil {
		m.push(v)
	}
	return err
}

func opConstant(m *machine, code byte) error {
	switch code {
	case 0x88:
		m.push(true)
	case 0x89:
		m.push(false)
	default:
		m.push(nil)
	}
	return nil
}

func opInt(m *machine, code byte) error {
	width := uint64(1)
	switch code {
	case 'M':
		width = 2
	case 'J':
		width = 4
	}
	v, err := m.size(width)
	switch {
	case err != nil:
		return err
	case code == 'J':
		m.push(int64(int32(v)))
	default:
		m.push(int64(v))
	}
	return nil
}

func opFloat(m *machine, _ byte) error {
	b, err := m.take(8)
	if err == nil {
		m.push(math.Float64frombits(binary.BigEndian.Uint64(b)))
	}
	return err
}

func opLong(m *machine, code byte) error {
	width := uint64(1)
	if code == 0x8b {
		width = 4
	}
	b, err := m.sized(width)
	if err == nil {
		m.push(long(b))
	}
	return err
}

// long reads a little-endian two's complement integer: an int64, or a *big.Int beyond it.
func long(b []byte) any {
	if len(b) <= 8 {
		v := uint64(0)
		for i := len(b) - 1; i >= 0; i-- {
			v = v<<8 | uint64(b[i])
		}
		shift := 64 - 8*len(b)
		return int64(v<<shift) >> shift
	}
	bigEndian := make([]byte, len(b))
	for i, c := range b {
		bigEndian[len(b)-1-i] = c
	}
	v := new(big.Int).SetBytes(bigEndian)
	if b[len(b)-1] >= 0x80 {
		v.Sub(v, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	if v.IsInt64() {
		return v.Int64()
	}
	return v
}

// opTextInt reads an integer in digits; protocol 2 does so for none but old booleans.
func opTextInt(m *machine, code byte) error {
	s, err := m.line()
	if err != nil {
		return err
	}
	if code == 'I' && (s == "00" || s == "01") {
		m.push(s == "01")
		return nil
	}
	if n := len(s); code == 'L' && n > 0 && s[n-1] == 'L' {
		s = s[:n-1]
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return errPickleType
	}
	m.push(v)
	return nil
}

// lengthWidth is the width of the length in front of a text or bytes.
func lengthWidth(code byte) uint64 {
	switch code {
	case 'U', 0x8c, 'C':
		return 1
	case 'T', 'X', 'B':
		return 4
	}
	return 8
}

func opText(m *machine, code byte) error {
	b, err := m.sized(lengthWidth(code))
	if err == nil {
		m.push(view(b))
	}
	return err
}

func opBytes(m *machine, code byte) error {
	b, err := m.sized(lengthWidth(code))
	if err == nil {
		m.push(b)
	}
	return err
}

func opPut(m *machine, code byte) error {
	i := uint64(len(m.memo) + len(m.sparse))
	var err error
	switch code {
	case 'q':
		i, err = m.size(1)
	case 'r':
		i, err = m.size(4)
	}
	if err != nil {
		return err
	}
	v, err := m.top()
	if err == nil {
		m.remember(i, v)
	}
	return err
}

func opGet(m *machine, code byte) error {
	width := uint64(1)
	if code == 'j' {
		width = 4
	}
	i, err := m.size(width)
	if err != nil {
		return err
	}
	v, err := m.recall(i)
	if err == nil {
		m.push(v)
	}
	return err
}

// latin1 turns text whose every character stands for a byte into those bytes; that is how
// protocol 2 writes bytes.
func latin1(s string) ([]byte, bool) {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r > 0xff || r == utf8.RuneError {
			return nil, false
		}
		out = append(out, byte(r))
		i += n
	}
	return out, true
}
