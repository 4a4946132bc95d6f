package logs

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// OpenFiles reads several files as one log. The parts of a rotated audit log (audit.log,
// audit.log.1, …), in any order, are read as a whole, since an event may begin in one and end in
// the next; the rows of other formats follow each other. The files may differ in format and
// compression.
func OpenFiles(paths []string, options ...Options) (dataframe.DataFrame, error) {
	o := one(options)
	if len(paths) == 0 {
		return dataframe.DataFrame{}, errors.New("no files to read")
	}
	var audit *auditCollector
	var frames []dataframe.Frame
	for _, path := range inTurn(paths) {
		s, f, err := open(path, o)
		if err != nil {
			return dataframe.DataFrame{}, err
		}
		if f == auditdFormat {
			if audit == nil {
				audit = newAuditCollector()
			}
			if err := audit.add(s); err != nil {
				return dataframe.DataFrame{}, s.errorf("%w", err)
			}
			continue
		}
		df, err := s.decode(f)
		if err != nil {
			return dataframe.DataFrame{}, err
		}
		frames = append(frames, df)
	}
	if audit != nil {
		df, err := audit.frame()
		if err != nil {
			return df, audit.source.errorf("%w", err)
		}
		frames = append(frames, df)
	}
	if len(frames) == 1 {
		return dataframe.From(frames[0]), nil
	}
	return dataframe.Concat(frames...), nil
}

// inTurn puts the parts of a rotated log in the order of their events: x.log.2, x.log.1, x.log.
// Other files stay where they are.
func inTurn(paths []string) []string {
	first := map[string]int{} // where a log's first part stands
	for i, path := range paths {
		name, _ := rotation(path)
		if _, ok := first[name]; !ok {
			first[name] = i
		}
	}
	out := slices.Clone(paths)
	slices.SortStableFunc(out, func(x, y string) int {
		nameX, numberX := rotation(x)
		nameY, numberY := rotation(y)
		return cmp.Or(cmp.Compare(first[nameX], first[nameY]), cmp.Compare(numberY, numberX))
	})
	return out
}

// rotation splits the number off a rotated file's name; 0 is the newest.
func rotation(path string) (name string, number int) {
	name = path
	for _, end := range []string{".gz", ".xz", ".zst", ".zip"} {
		name = strings.TrimSuffix(name, end)
	}
	end := filepath.Ext(name)
	if n, err := strconv.Atoi(strings.TrimPrefix(end, ".")); err == nil && n > 0 && n < 1000 {
		return strings.TrimSuffix(name, end), n
	}
	return name, 0
}
