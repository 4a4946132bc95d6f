package logs

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// format finds the format of the input, and turns its text into UTF-8.
func (s *source) format() (*format, error) {
	named := formatNamed(s.options.Format)
	for _, f := range formats {
		if f.binary && f.matches(s) && (named == nil || named == f) {
			return f, nil
		}
	}
	if named != nil && named.binary {
		return nil, fmt.Errorf("the bytes are not those of a %s file: leave Options.Format empty to find the format", named.Name)
	}
	if err := s.toUTF8(); err != nil {
		return nil, err
	}
	if named != nil {
		return named, nil
	}
	if looksBinary(s.data) {
		return nil, errors.New("a binary file of no known format: the formats are " + strings.Join(formatNames(), ", "))
	}
	for _, f := range formats {
		if !f.binary && f.matches(s) {
			return f, nil
		}
	}
	return nil, errors.New("text of no known format: name one by Options.Format, the formats are " + strings.Join(formatNames(), ", "))
}

// toUTF8 removes a byte order mark and turns UTF-16 that has one into UTF-8.
// https://www.unicode.org/faq/utf_bom.html
func (s *source) toUTF8() error {
	order := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(s.data, []byte("\xef\xbb\xbf")):
		s.data, s.offset = s.data[3:], s.offset+3
		if len(s.data) == 0 {
			return errors.New("the file is empty but for a byte order mark: there is nothing to read")
		}
		return nil
	case bytes.HasPrefix(s.data, []byte("\xfe\xff")):
		order = unicode.BigEndian
	case !bytes.HasPrefix(s.data, []byte("\xff\xfe")):
		return nil
	}
	text, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(s.data)
	if err != nil {
		return fmt.Errorf("the text is not UTF-16 as its first bytes say: %w", err)
	}
	if len(text) == 0 {
		return errors.New("the file is empty but for a byte order mark: there is nothing to read")
	}
	s.data, s.offset = text, -1
	return nil
}

// sample returns the beginning of the text.
func (s *source) sample() []byte { return s.data[:min(len(s.data), 1<<16)] }

// looksBinary reports whether the data cannot be text: a tenth of it control characters or a third
// of it not UTF-8, which no Latin-1 text comes near.
func looksBinary(data []byte) bool {
	data = data[:min(len(data), 1<<12)]
	control, broken := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f':
			control++
		}
		i += n
	}
	return control*10 > len(data) || broken*3 > len(data)
}

// firstByte returns the first byte that is not blank, 0 when there is none.
func firstByte(data []byte) byte {
	if data = bytes.TrimLeft(data, " \t\r\n"); len(data) > 0 {
		return data[0]
	}
	return 0
}
