package ptree

import (
	"fmt"
	"strings"
)

// ParquetSummary tells what a build read and wrote.
type ParquetSummary struct {
	Rows      int64 // of the input
	Processes int64 // rows of the output
	Inferred  int64 // of these, processes that no row tells of
	Hosts     int64 // with at least one process
	Spilled   int64 // bytes that went through the folder because they did not fit in memory

	Found  [len(findingNames)]int64 // findings by [FindingKind], of linking alone
	Absent []string                 // columns that the schema names and the log does not have
}

// Count returns the number of findings of a kind.
func (s ParquetSummary) Count(k FindingKind) int64 { return s.Found[k] }

func (s *ParquetSummary) add(r *hostRows, found *Findings) {
	if r.len() > 0 {
		s.Hosts++
	}
	s.Processes += int64(r.len())
	for _, inferred := range r.inferred {
		if inferred {
			s.Inferred++
		}
	}
	for _, x := range found.List {
		s.Found[x.Kind]++
	}
}

// String tells the numbers, one a line, then the findings.
func (s ParquetSummary) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows read, %d processes of %d hosts written, %d of them inferred", s.Rows, s.Processes, s.Hosts, s.Inferred)
	if s.Spilled > 0 {
		fmt.Fprintf(&b, ", %.1f MB spilled", float64(s.Spilled)/1e6)
	}
	b.WriteByte('\n')
	for k, n := range s.Found {
		if n == 0 || FindingKind(k) == InferredParent {
			continue
		}
		fmt.Fprintf(&b, "%d %s", n, FindingKind(k))
		if FindingKind(k) == AbsentColumn {
			b.WriteString(": " + strings.Join(s.Absent, ", "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (s *ParquetSummary) addSchema(found *Findings) {
	for _, x := range found.List {
		s.Found[x.Kind]++
		if x.Kind == AbsentColumn {
			s.Absent = append(s.Absent, x.Column)
		}
	}
}
