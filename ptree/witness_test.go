package ptree_test

import (
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestWitnessesAreMerged gives Sysmon and the Security log of the same machines. The truth knows which
// rows are of one process; the Security log's times are as they were logged, whole hours off in many captures.
func TestWitnessesAreMerged(t *testing.T) {
	for _, raw := range []bool{false, true} {
		rows := truthRows(t, "otrf_4688_paired")
		for _, r := range rows {
			if r["raw_time"] != nil && raw {
				r["time"] = r["raw_time"]
			}
		}
		sysmon, security := frameOfRows(t, truthRows(t, "otrf_sysmon")), frameOfRows(t, rows)
		tree, err := ptree.BuildProcessTree(sysmon, ptree.Options{Schema: identified(flat), Witnesses: []ptree.Witness{{Log: security, Schema: flat}}})
		if err != nil {
			t.Fatal(err)
		}
		truth := security.Col("gt_guid")
		right, wrong := 0, 0
		for i := range tree.Len() {
			p := tree.At(i)
			for _, w := range p.Witnesses() {
				switch guid, _ := p.Get("guid").(string); {
				case truth.IsNull(w.Row):
				case truth.Text(w.Row) == guid:
					right++
				default:
					wrong++
				}
			}
		}
		offset := tree.Findings().Count(ptree.ClockOffset)
		if right < 880 || wrong > 0 {
			t.Errorf("raw times %v: %d testimonies right, %d wrong, want 932 pairs", raw, right, wrong)
		}
		if raw && offset < 100 {
			t.Errorf("%d whole-hour offsets found, want hundreds", offset)
		}
	}
}

// TestWitnessDisagrees: one process, two parents. The link is kept, and is weak.
func TestWitnessDisagrees(t *testing.T) {
	sysmon := dataframe.FromMaps([]map[string]any{
		{"host": "H", "event": "start", "time": "2024-01-01T00:00:01Z", "pid": 10, "ppid": 4, "image": `C:\a.exe`, "pimage": `C:\s.exe`, "cmd": ""},
		{"host": "H", "event": "start", "time": "2024-01-01T00:00:02Z", "pid": 20, "ppid": 10, "image": `C:\b.exe`, "pimage": `C:\a.exe`, "cmd": ""},
	})
	security := dataframe.FromMaps([]map[string]any{
		{"host": "h", "event": "start", "time": "2024-01-01T00:00:02.1Z", "pid": "0x14", "ppid": "0x1e", "image": `c:\B.exe`, "pimage": `C:\c.exe`, "cmd": ""},
		{"host": "H", "event": "start", "time": "2024-01-01T00:00:03Z", "pid": "0x28", "ppid": "0x14", "image": `C:\d.exe`, "pimage": `C:\b.exe`, "cmd": "d"},
	})
	s := flat
	s.ExitEventID, s.ExitProcessID, s.ExitProcessName = "", "", ""
	tree, err := ptree.BuildProcessTree(sysmon, ptree.Options{Schema: s, Witnesses: []ptree.Witness{{Log: security, Schema: s}}})
	if err != nil {
		t.Fatal(err)
	}
	wantFinding(t, tree, ptree.SpoofedParent, 1)
	b := tree.Loc("c:\\b.exe|20|2024-01-01 00:00:02.000000")
	if w := b.Witnesses(); len(w) != 1 || !w[0].Disagree || w[0].ParentID != "0x1e" || w[0].Parent != `C:\c.exe` {
		t.Errorf("Witnesses = %+v, want one that names 0x1e", w)
	}
	if l := b.Link(); !l.Weak() || b.Parent().PID != "10" {
		t.Errorf("parent %v by %+v, want PID 10, and weak", b.Parent(), l)
	}
	if d := tree.Loc("c:\\d.exe|40|2024-01-01 00:00:03.000000"); d.Parent().Key != b.Key || d.CommandLine() != "d" {
		t.Errorf("the process that only the witness saw is under %v, want %s", d.Parent(), b.Key)
	}
}
