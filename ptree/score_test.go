package ptree_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

func TestScoreWindows(t *testing.T) {
	card, err := ptree.Score(frameOfRows(t, truthRows(t, "otrf_sysmon")), ptree.ScoreOptions{Schema: identified(flat)})
	if err != nil {
		t.Fatal(err)
	}
	want := ptree.Accuracy{Processes: 1694, True: 819, Made: 819, Right: 819}
	if card.Total != want || card.Unjudged != 1702-want.Processes || len(card.Hosts) != 22 {
		t.Errorf("Score = %+v, %d unjudged, %d hosts, want %+v, %d, 22", card.Total, card.Unjudged, len(card.Hosts), want, 1702-want.Processes)
	}
	if s := card.String(); !strings.Contains(s, "1.0000 (0.9953 to 1.0000)") {
		t.Errorf("the card lacks the bounds of 819 of 819:\n%s", s)
	}
}

// TestScoreLinux holds links by process id alone against the replay of forks.
func TestScoreLinux(t *testing.T) {
	s := traced
	s.ForkEventID, s.ExitEventID, s.ExitProcessID = "fork", "exit", "pid"
	card, err := ptree.Score(frameOfRows(t, truthRows(t, "linux_strace_gt")), ptree.ScoreOptions{Schema: s})
	if err != nil {
		t.Fatal(err)
	}
	// 8577 creators have an exec of their own, some of them only after they started the child
	if c := card.Total; c.True != 8577 || c.Right == c.Made || c.Precision().Value() < 0.95 || c.Recall().Value() < 0.8 {
		t.Errorf("Score = %+v, want 8577 true links, four in five found, a few links wrong", c)
	}
}

func TestScoreNeedsTheTruth(t *testing.T) {
	df := dataframe.FromMaps([]map[string]any{{"host": "h", "event": "start", "pid": 1, "ppid": 0, "pimage": "a", "image": "b", "cmd": "", "time": "2024-01-01"}})
	if _, err := ptree.Score(df, ptree.ScoreOptions{Schema: flat}); err == nil || !strings.Contains(err.Error(), "process_guid") {
		t.Errorf("Score of a log without identities = %v, want an error that names the roles", err)
	}
}

// TestWilson takes the bounds from Newcombe's comparison of methods.
// https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C857::AID-SIM777%3E3.0.CO;2-E
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		share     ptree.Share
		low, high float64
	}{
		{ptree.Share{Part: 81, Of: 263}, 0.2553, 0.3662},
		{ptree.Share{Part: 15, Of: 148}, 0.0624, 0.1605},
		{ptree.Share{Part: 0, Of: 20}, 0, 0.1611},
		{ptree.Share{Part: 1, Of: 29}, 0.0061, 0.1718},
		{ptree.Share{}, 0, 1},
	} {
		if low, high := c.share.Bounds(); math.Abs(low-c.low) > 0.00005 || math.Abs(high-c.high) > 0.00005 {
			t.Errorf("%v: Bounds = %.4f, %.4f, want %.4f, %.4f", c.share, low, high, c.low, c.high)
		}
	}
}
