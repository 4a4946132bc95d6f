package pages

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/apache/arrow-go/v18/parquet/file"
)

// Texts reads a chunk of texts as codes: those of a dictionary that the chunk has as they are, without
// touching a text again.
type Texts struct {
	column
	words []string // of the chunk's dictionary, and what plain pages have had since the last call
}

// ReadTexts begins a chunk; optional says that rows may be null.
func ReadTexts(pages file.PageReader, optional bool) *Texts {
	t := &Texts{column: column{pages: pages, optional: optional}}
	t.column.dictionary = t.takeDictionary
	return t
}

// Next fills codes with those of the next rows, -1 for null, and returns the words that they stand for:
// the caller's to keep, not to change. io.ErrUnexpectedEOF says that there are fewer rows.
func (t *Texts) Next(codes []int32) (words []string, err error) {
	t.words = t.words[:t.entries:t.entries]
	err = t.take(len(codes), func(at, n int, levels []int32) error {
		return fill(codes[at:at+n], levels, -1, t.read)
	})
	return t.words, err
}

func (t *Texts) read(codes []int32) error {
	if !t.coded {
		return t.readPlain(codes)
	}
	if err := t.codes.read(codes); err != nil {
		return err
	}
	return t.within(codes)
}

func (t *Texts) readPlain(codes []int32) error {
	rest, sizes, err := plainTexts(t.plain, len(codes))
	if err != nil {
		return err
	}
	all := string(t.plain[:len(t.plain)-len(rest)]) // one copy for all
	t.plain = rest
	for i, at := range sizes {
		codes[i] = int32(len(t.words))
		t.words = append(t.words, all[at.from:at.to])
	}
	return nil
}

// extent is where a text stands.
type extent struct{ from, to int }

var errText = errors.New("a text goes beyond the end of its page")

// plainTexts finds n texts with their lengths before them, and what follows them.
func plainTexts(data []byte, n int) (rest []byte, texts []extent, err error) {
	const length = 4
	if n > len(data)/length {
		return nil, nil, errText
	}
	texts, at := make([]extent, n), 0
	for i := range texts {
		if len(data)-at < length {
			return nil, nil, errText
		}
		size := uint64(binary.LittleEndian.Uint32(data[at:]))
		if at += length; size > uint64(len(data)-at) {
			return nil, nil, errText
		}
		texts[i] = extent{at, at + int(size)}
		at += int(size)
	}
	return data[at:], texts, nil
}

func (t *Texts) takeDictionary(data []byte, n int) error {
	rest, sizes, err := plainTexts(data, n)
	if err != nil {
		return fmt.Errorf("its dictionary: %w", err)
	}
	all := string(data[:len(data)-len(rest)])
	t.words = make([]string, n)
	for i, at := range sizes {
		t.words[i] = all[at.from:at.to]
	}
	return nil
}
