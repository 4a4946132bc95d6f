package logs

import (
	"context"
	"fmt"
	"os"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/internal/progress"
)

// source is one input while it is read: its bytes, and how far the work has come.
type source struct {
	name    string // file name, "" for a stream
	size    int64  // bytes of the file as it is on disk, -1 when not known
	options Options
	bar     *progress.Bar

	data    []byte // the input: decompressed, and as UTF-8 when it is text
	dropped int    // lines before data that are no record
	offset  int64  // place of data[0] in the decompressed input; -1 when places differ (UTF-16)

	window int      // bytes that are read before the format is known, and of which data is a part when there is more
	more   *intake  // what has not come into data yet; nil when it is whole
	file   *os.File // that is still read; may be nil
	came   int64    // bytes of a stream of lines, as far as known
	room   []byte   // of which data is a part when it is a stream
}

// close ends the reading.
func (s *source) close() {
	s.bar.Done()
	if s.file != nil {
		_ = s.file.Close() // nothing was written
		s.file = nil
	}
}

// bytes is the size of the input as far as it is known.
func (s *source) bytes() int { return int(max(int64(len(s.data)), s.came)) }

// streams reports whether the source is read line by line.
func (s *source) streams() bool { return s.room != nil }

func (s *source) title() string {
	if s.name == "" {
		return "the input"
	}
	return s.name
}

func (s *source) errorf(format string, args ...any) error {
	return fmt.Errorf("%s: %w", s.title(), fmt.Errorf(format, args...))
}

func (s *source) context() context.Context {
	if s.options.Context == nil {
		return context.Background()
	}
	return s.options.Context
}

// stopError is the end that the caller's context asked for.
type stopError struct{ cause error }

func (e *stopError) Error() string { return "reading was stopped: " + e.cause.Error() }
func (e *stopError) Unwrap() error { return e.cause }

// stopped returns an error once the reading is to stop.
func (s *source) stopped() error {
	if s.context().Err() != nil {
		return &stopError{context.Cause(s.context())}
	}
	return nil
}

// loaded tells how many bytes of the file are in memory. The bar counts bytes of the file: one
// counts half when it is in memory, and half when it is decoded. Of a stream both are one.
func (s *source) loaded(n int64) {
	if s.streams() {
		s.bar.Set(n)
		return
	}
	s.bar.Set(n / 2)
}

// decoded tells that part of whole is decoded, and returns an error once the reading is to stop.
func (s *source) decoded(part, whole int) error {
	if s.bar != nil && whole > 0 && !s.streams() {
		size := max(s.size, int64(len(s.data)))
		s.bar.Set(size/2 + int64(float64(size)/2*float64(part)/float64(whole)))
	}
	return s.stopped()
}

// place returns the offset in the decompressed input of a position in data.
func (s *source) place(position int) int64 {
	if s.offset < 0 {
		return -1
	}
	return s.offset + int64(position)
}

// keptText is how much of a bad record is kept.
const keptText = 200

// reject keeps one bad record: data[from:to] on the given line.
func (s *source) reject(bad *dataframe.BadRecords, line, from, to int, reason string, args ...any) {
	if bad.Total >= dataframe.KeptBadRecords {
		bad.Total++ // not kept: spare the work
		return
	}
	bad.Add(dataframe.BadRecord{
		Source: s.name,
		Line:   int64(line),
		Offset: s.place(from),
		Reason: fmt.Sprintf(reason, args...),
		Text:   string(s.data[from:min(to, from+keptText)]),
	})
}

// frame makes the result of a reader of records. When there are bad records and no good one,
// the input is most likely something else: that is an error.
func frame(columns []dataframe.Column, bad dataframe.BadRecords, notes []string) (dataframe.DataFrame, error) {
	rows := 0
	if len(columns) > 0 {
		rows = columns[0].Len()
	}
	if rows == 0 && bad.Total > 0 {
		return dataframe.DataFrame{}, fmt.Errorf("none of the %d records could be read, the first is at%s", bad.Total, bad.First[0])
	}
	df := dataframe.New(columns...)
	if bad.Total > 0 {
		df = df.WithBad(bad)
	}
	if len(notes) > 0 {
		df = df.WithNotes(notes...)
	}
	return df, nil
}
