package logs

import (
	"bytes"
	"fmt"
)

// maxLine is the length of a line, or of a text in a JSON document, with which reading ends: no
// log has one, and to find out at the end of the input would take its memory.
const maxLine = 256 << 20

// lineWatch sees the input while it comes into memory, and finds a line without end.
type lineWatch struct {
	line, quote int // where the last line began, and what follows the last quote
	seen        int
	head        []byte // the input's beginning
	kind        inputKind
}

type inputKind byte

const (
	unknownInput inputKind = iota
	linesInput
	jsonInput   // may be one line, which quotes divide
	binaryInput // has no lines
)

// lineTooLong is a line over the limit.
type lineTooLong struct{ at int }

func (e *lineTooLong) Error() string {
	return fmt.Sprintf("the line or text at byte %d is longer than %d bytes: this is no log, or a damaged one", e.at, maxLine)
}

// watch looks at what has come since the last call.
func (w *lineWatch) watch(s *source, fresh []byte) error {
	if len(w.head) < watchedHead {
		w.head = append(w.head, fresh[:min(len(fresh), watchedHead-len(w.head))]...)
	}
	if i := bytes.LastIndexByte(fresh, '\n'); i >= 0 {
		w.line = w.seen + i + 1
	}
	if i := bytes.LastIndexByte(fresh, '"'); i >= 0 {
		w.quote = w.seen + i + 1
	}
	w.seen += len(fresh)
	if w.seen-w.line <= maxLine {
		return nil
	}
	if w.kind == unknownInput {
		w.kind = s.kindOf(w.head)
	}
	switch {
	case w.kind == linesInput:
		return &lineTooLong{w.line}
	case w.kind == jsonInput && w.seen-max(w.line, w.quote) > maxLine:
		return &lineTooLong{max(w.line, w.quote)}
	}
	return nil
}

// watchedHead is what tells the kind of an input.
const watchedHead = 4096

// kindOf tells text from what has no lines.
func (s *source) kindOf(data []byte) inputKind {
	if looksBinary(data) || compressionOf(data) != nil {
		return binaryInput
	}
	head := *s
	head.data = data
	for _, f := range formats {
		if f.binary && f.matches(&head) {
			return binaryInput
		}
	}
	if first := firstByte(data); first == '{' || first == '[' {
		return jsonInput
	}
	return linesInput
}
