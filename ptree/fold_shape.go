package ptree

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// family lists the children of every process, in their order.
type family struct {
	start []int32 // by process+1, of its children in list; roots are the children of -1
	list  []int32
}

func familyOf(parents []int32) family {
	f := family{start: make([]int32, len(parents)+2), list: make([]int32, len(parents))}
	for _, up := range parents {
		f.start[up+2]++
	}
	for i := 1; i < len(f.start); i++ {
		f.start[i] += f.start[i-1]
	}
	next := slices.Clone(f.start)
	for i, up := range parents {
		f.list[next[up+1]] = int32(i)
		next[up+1]++
	}
	return f
}

func (f family) of(process int32) []int32 { return f.list[f.start[process+1]:f.start[process+2]] }

// downward lists all processes, each before its children.
func (f family) downward() []int32 {
	out := slices.Clone(f.of(-1))
	for i := 0; i < len(out); i++ {
		out = append(out, f.of(out[i])...)
	}
	return out
}

// interned numbers texts in the order in which they come, so that equal numbers are equal texts.
type interned map[string]int32

func (n interned) of(text []byte) int32 {
	code, known := n[string(text)]
	if !known {
		code = int32(len(n))
		n[string(text)] = code
	}
	return code
}

// likenesses numbers every process by what it is: host, image, user and masked command line.
func likenesses(t Tree) []int32 {
	out := make([]int32, t.Len())
	if t.Len() == 0 {
		return out
	}
	s := t.Schema()
	names, known := interned{}, interned{}
	users, commands := codesOf(t, s.UserName, nil), codesOf(t, s.CommandLine, masked)
	var key []byte
	for i := range out {
		p := t.position(i)
		key = binary.LittleEndian.AppendUint32(key[:0], uint32(names.of([]byte(t.forest.lowerName(p)))))
		key = binary.LittleEndian.AppendUint32(key, uint32(names.of([]byte(t.forest.host(p)))))
		key = binary.LittleEndian.AppendUint32(key, uint32(users[i]))
		key = binary.LittleEndian.AppendUint32(key, uint32(commands[i]))
		if t.forest.inferred(p) {
			key = append(key, 1)
		}
		out[i] = known.of(key)
	}
	return out
}

// codesOf numbers a column's texts, each distinct one changed first; -1 for none.
func codesOf(t Tree, column string, change func(string) string) []int32 {
	out := make([]int32, t.Len())
	if column == "" {
		return out
	}
	c := t.Col(column)
	if c.Kind() != dataframe.String {
		c = dataframe.Strings(column, c.Strings())
	}
	codes, texts := c.Codes()
	same := interned{}
	to := make([]int32, len(texts))
	for i, text := range texts {
		if change != nil {
			text = change(text)
		}
		to[i] = same.of([]byte(text))
	}
	for i, code := range codes {
		if out[i] = -1; code >= 0 {
			out[i] = to[code]
		}
	}
	return out
}

// masked replaces what differs from one run of a command to the next: numbers, and hexadecimal
// ones of eight digits or more, with those of GUIDs. Long words of all letters and digits, such
// as encoded commands, say what is done and stay.
func masked(command string) string {
	if !strings.ContainsAny(command, "0123456789") {
		return command
	}
	var out strings.Builder
	for i := 0; i < len(command); {
		from := i
		for i < len(command) && isAlphanumeric(command[i]) {
			i++
		}
		maskWord(&out, command[from:i])
		if i < len(command) {
			out.WriteByte(command[i])
			i++
		}
	}
	return out.String()
}

const longWord = 40 // characters from which a word is taken for encoded data

func maskWord(out *strings.Builder, word string) {
	digits, hex := 0, true
	for i := range len(word) {
		if isDigit(word[i]) {
			digits++
		} else if c := word[i] | 0x20; c < 'a' || c > 'f' {
			hex = false
		}
	}
	switch {
	case digits == 0 || !hex && len(word) >= longWord:
		out.WriteString(word)
	case hex && len(word) >= 8 || strings.HasPrefix(word, "0x"):
		out.WriteByte('#')
	default:
		maskDigits(out, word)
	}
}

func maskDigits(out *strings.Builder, word string) {
	for i := range len(word) {
		switch {
		case !isDigit(word[i]):
			out.WriteByte(word[i])
		case i == 0 || !isDigit(word[i-1]):
			out.WriteByte('#')
		}
	}
}

func isDigit(c byte) bool        { return c >= '0' && c <= '9' }
func isAlphanumeric(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

// compare numbers the shapes, from the leaves up. Shapes are compared in full and not by a hash,
// so that no log can be written to make different trees look alike.
func (f *folder) compare() {
	n := len(f.like)
	f.shape, f.heir = make([]int32, n), make([]int32, n)
	height := make([]int32, n)
	shapes := interned{}
	order := f.kids.downward()
	var below []int32
	var key []byte
	for k := n - 1; k >= 0; k-- {
		i := order[k]
		below = below[:0]
		heir := int32(-1)
		for _, c := range f.kids.of(i) {
			below = append(below, f.shape[c])
			if heir < 0 || height[c] > height[heir] || height[c] == height[heir] && f.shape[c] < f.shape[heir] {
				heir = c
			}
		}
		slices.Sort(below)
		f.heir[i] = heir
		key = binary.LittleEndian.AppendUint32(key[:0], uint32(f.like[i]))
		for _, s := range below {
			key = binary.LittleEndian.AppendUint32(key, uint32(s))
		}
		f.shape[i] = shapes.of(key)
		if heir >= 0 {
			height[i] = height[heir] + 1
		}
	}
}
