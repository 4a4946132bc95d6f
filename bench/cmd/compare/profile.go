package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strings"
)

// profiledSeconds is how long is looked at where the time goes: enough samples to trust the shares.
const profiledSeconds = 4

// profiled runs, again if it is soon over, and writes where the processors' time went.
func (o *side) profiled(path string) (reply, error) {
	f, err := os.Create(path)
	if err != nil {
		return reply{}, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return reply{}, errors.Join(err, f.Close())
	}
	var r reply
	for total := 0.0; err == nil && total < profiledSeconds; total += r.Seconds {
		r, err = o.timed()
	}
	pprof.StopCPUProfile()
	return r, errors.Join(err, f.Close())
}

// hotspot is a function and its own share of the processors' time.
type hotspot struct {
	Share    string
	Function string
}

const hotspots = 12

// topOf asks go tool pprof for the functions that take most of the time.
func topOf(profile string) ([]hotspot, error) {
	out, err := exec.Command("go", "tool", "pprof", "-top", fmt.Sprintf("-nodecount=%d", hotspots), profile).Output()
	if err != nil {
		return nil, fmt.Errorf("go tool pprof: %w", err)
	}
	var top []hotspot
	_, table, _ := strings.Cut(string(out), "cum%")
	for line := range strings.Lines(table) {
		// flat flat% sum% cum cum% name
		if fields := strings.Fields(line); len(fields) >= 6 {
			top = append(top, hotspot{fields[1], filepath.Base(strings.Join(fields[5:], " "))})
		}
	}
	return top, nil
}
