package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// result is a group's, as it is kept: a line of JSON in the file of results, so that a run that was
// stopped goes on where it was, and the page can be written anew without measuring.
type result struct {
	Group        string
	Case         string
	Log          log
	Revision     string // of our code
	Date         string
	Machine      machine
	Measurements []measurement
	Top          []hotspot `json:",omitempty"`
}

func readResults(path string) ([]result, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []result
	for line := range strings.Lines(string(data)) {
		var r result
		if json.Unmarshal([]byte(line), &r) == nil { // a line that was cut off is measured again
			out = append(out, r)
		}
	}
	return out, nil
}

// add keeps one more result, in the place of an older one of the same group.
func addResult(path string, all []result, r result) ([]result, error) {
	all = append(slices.DeleteFunc(slices.Clone(all), func(old result) bool { return old.Group == r.Group }), r)
	var lines []byte
	for _, r := range all {
		line, err := json.Marshal(r)
		if err != nil {
			return all, err
		}
		lines = append(append(lines, line...), '\n')
	}
	if err := os.WriteFile(path+".part", lines, 0o644); err != nil {
		return all, err
	}
	return all, os.Rename(path+".part", path)
}

// has tells whether a group was measured with this revision and by all of these contenders.
func has(all []result, g group, revision string, contenders []string) bool {
	for _, r := range all {
		if r.Group != g.String() || r.Revision != revision {
			continue
		}
		var did []string
		for _, m := range r.Measurements {
			if m.Failure == "" {
				did = append(did, m.Contender)
			}
		}
		return !slices.ContainsFunc(contenders, func(c string) bool { return !slices.Contains(did, c) })
	}
	return false
}

func (r result) of(contender string) (measurement, bool) {
	for _, m := range r.Measurements {
		if m.Contender == contender && m.Failure == "" && len(m.Seconds) > 0 {
			return m, true
		}
	}
	return measurement{}, false
}
