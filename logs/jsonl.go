package logs

import (
	"bytes"

	"github.com/gophertrees/gopherwood/dataframe"
)

var jsonlFormat = &format{
	Format: Format{"jsonl", "one JSON object in each line",
		[]string{".jsonl", ".ndjson", ".json"}, "https://jsonlines.org"},
	matches: looksLikeLines,
	decode:  readLines,
}

// looksLikeLines reports whether most of the first lines hold an object each. One line alone
// may as well be a JSON document, which reads it the same way when it is a record.
func looksLikeLines(s *source) bool {
	lines, objects := 0, 0
	for rest := s.data; len(rest) > 0 && lines < 20; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		lines++
		if line[0] == '{' && (line[len(line)-1] == '}' || lines > 1 && len(rest) == 0) {
			objects++
		}
	}
	return lines > 1 && 2*objects > lines
}

func readLines(s *source) (dataframe.DataFrame, error) { return newRecords(s).lines() }

// lines reads a record from each line.
func (r *records) lines() (dataframe.DataFrame, error) {
	s := r.source
	for line, pos := 1, 0; pos < len(s.data); line++ {
		end, next := len(s.data), len(s.data)
		if i := bytes.IndexByte(s.data[pos:], '\n'); i >= 0 {
			end, next = pos+i, pos+i+1
		}
		if firstByte(s.data[pos:end]) != 0 {
			if err := r.add(line, pos, end); err != nil {
				return dataframe.DataFrame{}, err
			}
		}
		if pos = next; line%1024 == 0 {
			if err := s.decoded(pos, len(s.data)); err != nil {
				return dataframe.DataFrame{}, err
			}
		}
	}
	return r.frame()
}
