package logs

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unsafe"
)

// machine runs the opcodes of a pickle. It builds lists, dicts and inert [object] values, and
// calls nothing. What it allocates is bounded by a constant times the length of the input:
// every opcode is at least a byte, and every length is checked against the bytes that follow.
// https://github.com/python/cpython/blob/3.13/Lib/pickletools.py
type machine struct {
	source *source
	data   []byte
	pos    int
	stack  []any
	marks  []int // stack heights
	memo   []any
	sparse map[uint64]any // memo entries that do not follow the one before
	ended  bool
}

var (
	errPickleEnds  = errors.New("the file ends in the middle: it is truncated, get a whole copy")
	errPickleStack = errors.New("a value is missing: the file is corrupt")
	errPickleType  = errors.New("a value has the wrong type: the file is corrupt")
)

// run executes the opcodes up to STOP and returns the value that they built.
func (m *machine) run() (any, error) {
	for steps := 0; ; steps++ {
		if steps%(1<<16) == 0 {
			if err := m.source.decoded(m.pos/2, len(m.data)); err != nil {
				return nil, err
			}
		}
		start := m.pos
		code, err := m.byte()
		if err == nil {
			if execute := opcodes[code]; execute != nil {
				err = execute(m, code)
			} else {
				err = fmt.Errorf("opcode %#x is not one that pandas writes: this is not a pickled DataFrame, or it is corrupt", code)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("pickle, byte %d: %w", start, err)
		}
		if m.ended {
			return m.pop()
		}
	}
}

func (m *machine) byte() (byte, error) {
	if m.pos >= len(m.data) {
		return 0, errPickleEnds
	}
	m.pos++
	return m.data[m.pos-1], nil
}

// take returns the next n bytes, a view of the input.
func (m *machine) take(n uint64) ([]byte, error) {
	if n > uint64(len(m.data)-m.pos) {
		return nil, errPickleEnds
	}
	b := m.data[m.pos : m.pos+int(n)]
	m.pos += int(n)
	return b, nil
}

// size reads a little-endian number of 1, 2, 4 or 8 bytes.
func (m *machine) size(bytes uint64) (uint64, error) {
	b, err := m.take(bytes)
	if err != nil {
		return 0, err
	}
	switch bytes {
	case 1:
		return uint64(b[0]), nil
	case 2:
		return uint64(binary.LittleEndian.Uint16(b)), nil
	case 4:
		return uint64(binary.LittleEndian.Uint32(b)), nil
	}
	return binary.LittleEndian.Uint64(b), nil
}

// sized reads a length of the given width and as many bytes.
func (m *machine) sized(width uint64) ([]byte, error) {
	n, err := m.size(width)
	if err != nil {
		return nil, err
	}
	return m.take(n)
}

// line reads the text up to the next line break.
func (m *machine) line() (string, error) {
	const longest = 1 << 10 // names of globals
	for i := m.pos; i < len(m.data) && i < m.pos+longest; i++ {
		if m.data[i] == '\n' {
			s := string(m.data[m.pos:i])
			m.pos = i + 1
			return s, nil
		}
	}
	return "", errPickleEnds
}

func (m *machine) push(v any) { m.stack = append(m.stack, v) }

// floor is the height below which the values belong to an open mark.
func (m *machine) floor() int {
	if len(m.marks) == 0 {
		return 0
	}
	return m.marks[len(m.marks)-1]
}

func (m *machine) pop() (any, error) {
	v, err := m.top()
	if err == nil {
		m.stack = m.stack[:len(m.stack)-1]
	}
	return v, err
}

func (m *machine) top() (any, error) {
	if len(m.stack) <= m.floor() {
		return nil, errPickleStack
	}
	return m.stack[len(m.stack)-1], nil
}

// popMark takes the values above the latest mark. They are overwritten by the next push.
func (m *machine) popMark() ([]any, error) {
	if len(m.marks) == 0 {
		return nil, errPickleStack
	}
	height := m.floor()
	m.marks = m.marks[:len(m.marks)-1]
	values := m.stack[height:]
	m.stack = m.stack[:height]
	return values, nil
}

// popN takes n values off the stack. They are overwritten by the next push.
func (m *machine) popN(n int) ([]any, error) {
	if len(m.stack)-m.floor() < n {
		return nil, errPickleStack
	}
	values := m.stack[len(m.stack)-n:]
	m.stack = m.stack[:len(m.stack)-n]
	return values, nil
}

func (m *machine) remember(i uint64, v any) {
	switch {
	case i < uint64(len(m.memo)):
		m.memo[i] = v
	case i == uint64(len(m.memo)):
		m.memo = append(m.memo, v)
	default:
		if m.sparse == nil {
			m.sparse = map[uint64]any{}
		}
		m.sparse[i] = v
	}
}

func (m *machine) recall(i uint64) (any, error) {
	if i < uint64(len(m.memo)) {
		return m.memo[i], nil
	}
	if v, ok := m.sparse[i]; ok {
		return v, nil
	}
	return nil, fmt.Errorf("value %d is used but was never made: the file is corrupt", i)
}

// view returns bytes of the input as a string without copying them: a pickle is mostly text,
// and the input is never written to after it was loaded.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
