// Package bench measures this project beside its peers.
package bench

import (
	"fmt"
	"syscall"
	"testing"

	"github.com/gophertrees/gopherwood/bench/fleet"
	"github.com/gophertrees/gopherwood/ptree"
)

// BenchmarkBuild is from columns in memory, in random order, to the finished forest.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := fleet.Fleet{Events: n, Seed: 1, Shuffled: true}
			df := f.All().Frame(max(1, n/10_000))
			b.ReportAllocs()
			before := processorTime()
			for b.Loop() {
				if _, err := ptree.BuildProcessTree(df, ptree.Options{Schema: plain}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/event")
			b.ReportMetric(float64(processorTime()-before)/float64(b.N)/float64(n), "cpu-ns/event")
		})
	}
}

var plain = ptree.Schema{ProcessName: "NewProcessName", ProcessID: "NewProcessId", ParentID: "ProcessId", TimeStamp: "TimeGenerated",
	ParentName: "ParentProcessName", CommandLine: "CommandLine", UserName: "SubjectUserName", LogonID: "SubjectLogonId", HostName: "Computer"}

// processorTime is what all processors have spent on this process, in nanoseconds: it tells more
// than the clock on a machine that does other work, too.
func processorTime() int64 {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return use.Utime.Nano() + use.Stime.Nano()
}
