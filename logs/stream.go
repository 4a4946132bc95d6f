package logs

import (
	"bytes"
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
)

// usualWindow is the size up to which an input is read whole. Of a larger one of lines only so
// much is in memory at a time: the memory is that of the frame.
const usualWindow = 16 << 20

// streamed returns the format of an input of which only the beginning has come, when it can be
// read line by line; nil when the whole is needed.
func (s *source) streamed() *format {
	if s.more == nil {
		return nil
	}
	head := *s
	f, err := head.format()
	if err != nil || f.streams == nil || head.offset < 0 || !f.streams(&head) {
		return nil
	}
	s.room, s.came = s.data, s.more.promised()
	s.data, s.offset = head.data, head.offset
	return f
}

// enoughLines is one more than any format looks at to know its lines.
const enoughLines = 21

// streamsRecords reports whether the text is one record in each line, as far as more of it could
// tell.
func streamsRecords(s *source) bool {
	full := 0
	for rest := s.data; full < enoughLines; {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		if !ok {
			return false
		}
		if firstByte(line) != 0 {
			full++
		}
		rest = after
	}
	return firstByte(s.data) == '{' && looksLikeLines(s)
}

const tooLong = "record of %d bytes, more than %d"

// eachLine reads the lines one by one: data[from:to] is one, without the end of the line. A line
// that is longer than any record is rejected.
func (s *source) eachLine(bad *dataframe.BadRecords, read func(number, from, to int) error) error {
	for line, pos := 1, 0; ; line++ {
		length := bytes.IndexByte(s.data[pos:], '\n')
		for length < 0 && s.more != nil && len(s.data)-pos <= maxRecord {
			known := len(s.data) - pos
			if err := s.refill(pos); err != nil {
				return err
			}
			pos = 0
			if i := bytes.IndexByte(s.data[known:], '\n'); i >= 0 {
				length = known + i
			}
		}
		switch {
		case length < 0 && s.more != nil:
			if err := s.skipLine(bad, line, pos); err != nil {
				return err
			}
			pos = 0
			continue
		case length < 0 && pos == len(s.data):
			return nil
		case length < 0:
			length = len(s.data) - pos
		}
		if length > maxRecord {
			s.reject(bad, line, pos, pos+length, tooLong, length, maxRecord)
		} else if err := read(line, pos, pos+length); err != nil {
			return err
		}
		pos = min(pos+length+1, len(s.data))
		if line%1024 == 0 {
			if err := s.decoded(pos, len(s.data)); err != nil {
				return err
			}
		}
	}
}

// refill gives up data before pos, and reads more behind the rest.
func (s *source) refill(pos int) (err error) {
	rest := s.data[pos:]
	if len(rest) == cap(s.room) {
		s.room = make([]byte, 0, 2*len(rest))
	}
	s.offset += int64(pos)
	if s.data, err = s.more.read(append(s.room[:0], rest...)); err != nil {
		return s.more.fault(err)
	}
	s.came = max(s.came, s.more.total)
	if s.more.ended {
		s.more = nil
	}
	return nil
}

// skipLine rejects the line at pos, which is too long, and gives up data to its end.
func (s *source) skipLine(bad *dataframe.BadRecords, line, pos int) error {
	length := len(s.data) - pos
	record := dataframe.BadRecord{Source: s.name, Line: int64(line), Offset: s.place(pos), Text: string(s.data[pos:min(len(s.data), pos+keptText)])}
	for s.more != nil {
		if err := s.refill(len(s.data)); err != nil {
			return err
		}
		end := bytes.IndexByte(s.data, '\n')
		if end >= 0 {
			length += end
			s.data, s.offset = s.data[end+1:], s.offset+int64(end+1)
			break
		}
		length += len(s.data)
		if s.more == nil {
			s.data = nil
		}
	}
	record.Reason = fmt.Sprintf(tooLong, length, maxRecord)
	bad.Add(record)
	return nil
}
