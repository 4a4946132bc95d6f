package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/gophertrees/gopherwood/bench/floor"
)

// machine is where was measured.
type machine struct {
	Processor string
	Cores     int
	Memory    int64   // bytes
	Bandwidth float64 // bytes a second, of a copy
	System    string
	Go        string
	Load      string // what else it did when the measurements began
}

func thisMachine(array int) machine {
	m := machine{Cores: runtime.GOMAXPROCS(0), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version()}
	m.Processor = strings.TrimSpace(fieldOf("/proc/cpuinfo", "model name"))
	m.Memory = machineMemory()
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load, _, _ = strings.Cut(string(load), " ")
	}
	m.Bandwidth = floor.Bandwidth(array)
	return m
}

// machineMemory is in bytes, 0 where the system does not tell.
func machineMemory() (size int64) {
	fmt.Sscan(fieldOf("/proc/meminfo", "MemTotal"), &size)
	return size << 10
}

// fieldOf is what stands behind the first "name:" of a file of the system, "" where there is none.
func fieldOf(path, name string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// revision names the state of our code; "" where git does not know it.
func revision() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty", "--abbrev=10").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// version is how we are named in the page.
func version() string { return "gopherwood, " + runtime.Version() }
