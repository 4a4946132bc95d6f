package ptree_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/internal/progress"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestProgressOfABuild sees the bar move with the work, by whatever a log is linked, also where one host has all events.
func TestProgressOfABuild(t *testing.T) {
	old := progress.Open
	defer func() { progress.Open = old }()
	var done []int64
	progress.Open = func(string, int64) progress.View {
		return func(s progress.State) {
			done = append(done, s.Done)
			time.Sleep(120 * time.Millisecond) // longer than a bar waits before it shows its next state
		}
	}
	const n = 600
	names := ptree.Windows4688
	names.TargetLogonID, names.CommandLine, names.UserName, names.UserID = "", "", "", ""
	identities := names
	identities.ProcessGUID, identities.ParentGUID = "guid", "parent_guid"
	for name, schema := range map[string]ptree.Schema{"by image": names, "by identity": identities} {
		for _, hosts := range []int{1, 3} {
			done = nil
			df := withIdentities(frameOfEvents(randomEvents(rand.New(rand.NewPCG(7, 7)), hosts, n))).With("EventID", slices.Repeat([]string{"4688"}, n))
			if _, err := ptree.BuildProcessTree(df, ptree.Options{Schema: schema, ShowProgress: true}); err != nil {
				t.Fatal(err)
			}
			done = slices.Compact(done) // an end that is no step forward, and hosts without events
			if hosts == 1 && !slices.Equal(done, []int64{0, n, 2 * n, 3 * n}) {
				t.Errorf("%s: the bar of %d events of one host shows %d, want a step after each third", name, n, done)
			}
			if len(done) != 2+2*hosts || !slices.IsSorted(done) {
				t.Errorf("%s: the bar of %d hosts shows %d, want a step forward after each that is linked and each that is grown", name, hosts, done)
			}
		}
	}
}
