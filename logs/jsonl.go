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
	streams: streamsRecords,
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

func readLines(s *source) (dataframe.DataFrame, error) { return readRecordLines(s, newRecords(s)) }

func readRecordLines(s *source, r *records) (dataframe.DataFrame, error) {
	err := s.eachLine(&r.bad, func(line, from, to int) error {
		if firstByte(s.data[from:to]) == 0 {
			return nil
		}
		return r.add(line, from, to)
	})
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return r.frame()
}
