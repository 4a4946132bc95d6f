package logs

import "bytes"

// separators are what a table of text may be separated by, the likeliest first.
var separators = []byte{',', '\t', ';', '|'}

// sniffedRecords is the number of records that finding the separator looks at.
const sniffedRecords = 100

// sniff finds the separator of a table of text: the one that splits the most records into as
// many fields as the first has, two at least; 0 when none does so for half of the records. A
// table of one column has none.
func sniff(sample []byte) byte {
	best, bestShare, bestFields := byte(0), 0.5, 0
	for _, comma := range separators {
		fields, share := regularity(sample, comma)
		if fields < 2 || share < bestShare || share == bestShare && fields <= bestFields {
			continue
		}
		best, bestShare, bestFields = comma, share, fields
	}
	return best
}

// regularity returns the number of fields of the first record and the share of the records
// that have as many.
func regularity(sample []byte, comma byte) (fields int, share float64) {
	s := scanner{data: sample, comma: comma}
	records, alike := 0, 0
	for pos := 0; pos < len(sample) && records < sniffedRecords; {
		next, lineEnd, fault := s.record(pos)
		if fault != "" {
			next = lineEnd
		}
		pos = next
		// the last record may be cut off by the end of the sample
		if s.blank() || records > 0 && next == len(sample) && sample[len(sample)-1] != '\n' {
			continue
		}
		if records++; records == 1 {
			fields = len(s.fields)
		}
		if fault == "" && len(s.fields) == fields {
			alike++
		}
	}
	if records == 0 {
		return 0, 0
	}
	return fields, float64(alike) / float64(records)
}

// oneColumn reports whether a text without any separator reads as a table of one column: short
// lines, of which the first looks like a name.
func oneColumn(sample []byte) bool {
	lines := bytes.SplitN(bytes.TrimSpace(sample), []byte("\n"), sniffedRecords+1)
	for i, line := range lines {
		line = bytes.TrimSpace(line)
		switch {
		case i == sniffedRecords:
			return true
		case len(line) > 200:
			return false
		case i == 0 && (len(line) == 0 || len(line) > 64 || bytes.ContainsAny(line, " ={}[]<>:")):
			return false
		}
	}
	return true
}
