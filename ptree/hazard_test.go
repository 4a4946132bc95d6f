package ptree_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// Each test here is a way in which real logs mislead; the numbers are those of the README beside
// the logs whose true parents are known.

// lines makes a log of the schema flat: "time event pid image ppid pimage guid pguid", "-" for null. Times
// are seconds and milliseconds after 2024-01-01, images without their folder.
func lines(t *testing.T, text string) dataframe.DataFrame {
	t.Helper()
	names := []string{"time", "event", "pid", "image", "ppid", "pimage", "guid", "pguid"}
	var rows []map[string]any
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		row := map[string]any{"host": "H", "cmd": ""}
		for i, name := range names {
			row[name] = nil
			if i < len(fields) && fields[i] != "-" {
				row[name] = fields[i]
			}
		}
		if s, ok := row["time"].(string); ok {
			d, err := time.ParseDuration(s + "s")
			if err != nil {
				t.Fatal(err)
			}
			row["time"] = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(d)
		}
		rows = append(rows, row)
	}
	return dataframe.FromMaps(rows)
}

func linked(t *testing.T, s ptree.Schema, log dataframe.DataFrame) ptree.Tree {
	t.Helper()
	tree, err := ptree.BuildProcessTree(log, ptree.Options{Schema: s})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// parentOf is the parent of the first process with an image: "image pid", with "?" before an inferred one.
func parentOf(t *testing.T, tree ptree.Tree, image string) string {
	t.Helper()
	for i := range tree.Len() {
		if p := tree.At(i); p.Name == image && !p.Inferred() {
			name := p.Parent().Name + " " + p.Parent().PID
			if p.Parent().Inferred() {
				name = "?" + name
			}
			return name
		}
	}
	t.Fatalf("no process has the image %s:\n%s", image, tree)
	return ""
}

func wantParent(t *testing.T, tree ptree.Tree, image, want string) {
	t.Helper()
	if got := parentOf(t, tree, image); got != want {
		t.Errorf("the parent of %s is %s, want %s:\n%s", image, got, want, tree)
	}
}

// guid makes an identity of Sysmon's form for a second after 2024-01-01.
func guid(second int, token string) string {
	s := time.Date(2024, 1, 1, 0, 0, second, 0, time.UTC).Unix()
	return fmt.Sprintf("{ABCDEF01-%04X-%04X-%s-000000000300}", s&0xffff, s>>16, token)
}

func withoutExits(s ptree.Schema) ptree.Schema {
	s.ExitEventID, s.ExitProcessID, s.ExitProcessName = "", "", ""
	return s
}

// TestHazardSplitGUID: six children of the real logs name a GUID that no start has, though id, image,
// machine and second are those of a process started some milliseconds before.
func TestHazardSplitGUID(t *testing.T) {
	log := lines(t, `
		1.1 start 10 a 4 s `+guid(1, "0A0A")+` `+guid(0, "0001")+`
		1.2 start 20 b 10 a `+guid(1, "0B0B")+` `+guid(1, "0A0C")+`
		9.2 start 30 c 10 a `+guid(9, "0C0C")+` `+guid(5, "0A0D")+``)
	tree := linked(t, withoutExits(identified(flat)), log)
	wantParent(t, tree, "b", "a 10")
	wantFinding(t, tree, ptree.SplitGUID, 1)
	// another second: another process of that id, which is not in the log
	wantParent(t, tree, "c", "?a 10")
	if tree, _ := truthTree(t, "otrf_sysmon", true); tree.Findings().Count(ptree.SplitGUID) != 6 {
		t.Errorf("%d GUIDs repaired in the real logs, want 6", tree.Findings().Count(ptree.SplitGUID))
	}
}

// TestHazardExitBeforeChild: an exit may be logged up to 200 ms before the last child's start; an exit long
// before it cuts the link.
func TestHazardExitBeforeChild(t *testing.T) {
	log := lines(t, `
		1 start 10 a 4 s
		2 exit 10 a
		2.19 start 20 b 10 a
		60 start 30 c 10 a`)
	tree := linked(t, flat, log)
	wantParent(t, tree, "b", "a 10")
	wantParent(t, tree, "c", "?a 10")
	wantFinding(t, tree, ptree.ParentEnded, 1)
	if _, o := truthTree(t, "otrf_sysmon", false); o.Right != 819 {
		t.Errorf("%d links of the real logs survive their parents' exits, want 819", o.Right)
	}
}

// TestHazardLostProcessID: a shipper overwrote ProcessId, so that 231 rows have none. Identities link
// them all the same.
func TestHazardLostProcessID(t *testing.T) {
	tree, o := truthTree(t, "otrf_sysmon_pidless", true)
	wantFinding(t, tree, ptree.NoProcessID, 231)
	if o.Right != 187 || o.Made != 187 {
		t.Errorf("%+v, want 187 links, all right", o)
	}
}

// TestHazardWrongHours: a source's clock is whole hours off another's, or off the GUIDs' seconds.
// TestWitnessesAreMerged holds the first against real logs.
func TestHazardWrongHours(t *testing.T) {
	tree := linked(t, withoutExits(identified(flat)), lines(t, `
		18001.5 start 10 a 4 s `+guid(1, "0A0A")+` `+guid(0, "0001")+`
		18002.5 start 20 b 10 a `+guid(2, "0B0B")+` `+guid(1, "0A0A")+``))
	wantFinding(t, tree, ptree.ClockOffset, 2)
	wantParent(t, tree, "b", "a 10")
	if at := ptree.GetRoots(tree).At(0).Time; at.Hour() != 5 {
		t.Errorf("the absent parent is dated %s, want it by the clock of its child, at 5:00", at)
	}
}

// TestHazardClockStep: the clock was set back between parent and child. "A parent must be older" would cut
// the true link.
func TestHazardClockStep(t *testing.T) {
	tree := linked(t, withoutExits(identified(flat)), lines(t, `
		1 start 20 b 10 a `+guid(1, "0B0B")+` `+guid(28800, "0A0A")+`
		28800.5 start 10 a 4 s `+guid(28800, "0A0A")+` `+guid(0, "0001")+``))
	wantParent(t, tree, "b", "a 10")
	wantFinding(t, tree, ptree.ClockStep, 1)
}

// TestHazardParentCommandLine: in hundreds of true links the parent's command line is written otherwise.
func TestHazardParentCommandLine(t *testing.T) {
	rows := []map[string]any{
		{"host": "H", "event": "start", "time": "2024-01-01T00:00:01Z", "pid": 10, "ppid": 4, "image": "a", "pimage": "s", "cmd": "a %20", "pcmd": ""},
		{"host": "H", "event": "start", "time": "2024-01-01T00:00:02Z", "pid": 20, "ppid": 10, "image": "b", "pimage": "a", "cmd": "b", "pcmd": "a %%20"},
		{"host": "H", "event": "start", "time": "2024-01-01T00:00:03Z", "pid": 30, "ppid": 20, "image": "c", "pimage": "b", "cmd": "c", "pcmd": "b"},
	}
	s := withoutExits(flat)
	s.ParentCommandLine = "pcmd"
	tree := linked(t, s, dataframe.FromMaps(rows))
	wantParent(t, tree, "b", "a 10")
	b, c := tree.At(2).Link(), tree.At(3).Link()
	if b.Weak() || b.Confidence != c.Confidence || !strings.Contains(b.Evidence, "proves nothing") || !strings.Contains(c.Evidence, "is the one that the row names") {
		t.Errorf("links %+v and %+v, want both equally sure, the difference told", b, c)
	}
}

// TestHazardGUIDDatesAbsentParent: a GUID of Sysmon's holds the second of the start. No absent parent
// that it dates is shown as of 1970.
func TestHazardGUIDDatesAbsentParent(t *testing.T) {
	for _, set := range []string{"otrf_sysmon", "omer_evtx_sysmon", "splunk_capattack_sysmon"} {
		tree, _ := truthTree(t, set, true)
		dated := 0
		for i := range tree.Len() {
			p := tree.At(i)
			if p.Parent().IsZero() || !p.Parent().Inferred() || p.Get("pguid") == nil {
				continue
			}
			dated++
			parent := p.Parent()
			if parent.Time.Year() < 2015 || strings.Contains(parent.Key, "|1970-") || strings.Contains(parent.String(), "before the log") {
				t.Fatalf("%s: the absent parent of %s is %s, want it dated", set, p, parent)
			}
		}
		if dated < 10 {
			t.Errorf("%s: %d children of absent parents", set, dated)
		}
	}
}

// TestHazardReparented: Defender tells who asked for a process and, apart, whose child Windows made it.
func TestHazardReparented(t *testing.T) {
	rows := truthRows(t, "mde_cs1_startkey")
	other := 0
	for _, r := range rows {
		if r["os_ppid"] != r["ppid"] {
			other++
		}
	}
	s, own, parent := truthSchema("mde_cs1_startkey")
	s.ParentTime = "ptime"
	tree := linked(t, s, frameOfRows(t, rows))
	if o := judged(tree, own, parent); other != 8 || o.Right != 946 || o.Made != 946 {
		t.Errorf("%d rows re-parented, %+v, want 8, and 946 links to the process that asked, all right", other, o)
	}
	s.ParentID, s.ParentName, s.ParentTime = "os_ppid", "", "os_ptime"
	tree = linked(t, s, frameOfRows(t, rows))
	if o := judged(tree, own, parent); o.Right >= 946 {
		t.Errorf("by Windows' parent %+v, want fewer than 946: the two roles differ", o)
	}
}

// TestHazardNoTime: some rows have no time at all. Their identities still link them, and they are parents, too.
func TestHazardNoTime(t *testing.T) {
	tree := linked(t, withoutExits(identified(flat)), lines(t, `
		- start 10 a 4 s g1 g0
		2 start 20 b 10 a g2 g1
		- start 30 c 20 b g3 g2`))
	wantFinding(t, tree, ptree.NoKey, 2)
	wantParent(t, tree, "b", "a 10")
	wantParent(t, tree, "c", "b 20")
}

// TestBootsDoNotMix: process ids mean nothing beyond one run of the machine.
func TestBootsDoNotMix(t *testing.T) {
	s := withoutExits(flat)
	s.BootID = "guid"
	tree := linked(t, s, lines(t, `
		1 start 10 a 4 s boot1
		2 start 20 b 10 a boot1
		3 start 30 c 10 a boot2`))
	wantParent(t, tree, "b", "a 10")
	wantParent(t, tree, "c", "?a 10")
}

// TestTimeGapWeakens: hours without any event lie between parent and child.
func TestTimeGapWeakens(t *testing.T) {
	tree := linked(t, withoutExits(flat), lines(t, `
		1 start 10 a 4 s
		2 start 20 b 10 a
		30000 start 30 c 10 a`))
	wantFinding(t, tree, ptree.TimeGap, 1)
	b, c := tree.At(2), tree.At(3)
	if b.Name != "b" || b.Link().Weak() || !c.Link().Weak() || c.Parent().PID != "10" {
		t.Errorf("links %+v and %+v, want the second weak", b.Link(), c.Link())
	}
}

// TestTiedParentsAreAmbiguous: two processes of one id, image and moment could be the parent.
func TestTiedParentsAreAmbiguous(t *testing.T) {
	s := withoutExits(flat)
	s.ParentName = ""
	tree := linked(t, s, lines(t, `
		1 start 10 a 4
		1 start 10 b 4
		2 start 20 c 10`))
	wantFinding(t, tree, ptree.Ambiguous, 1)
	wantParent(t, tree, "c", "b 10")
	for i := range tree.Len() {
		if p := tree.At(i); p.Name == "c" && !p.Link().Weak() {
			t.Errorf("the link of c is %+v, want a weak one", p.Link())
		}
	}
	x := ptree.Explain(tree.Where(dataframe.Eq("image", "c")).At(0))
	if len(x.Candidates) != 1 || x.Candidates[0].Process.Name != "a" || !strings.Contains(x.Candidates[0].Reason, "same moment") {
		t.Errorf("Explain = %s, want a as the other candidate of the same moment", x)
	}
}

// TestExplainNamesEveryCandidate: one process of each reason, in the order of likelihood.
func TestExplainNamesEveryCandidate(t *testing.T) {
	tree := linked(t, flat, lines(t, `
		1 start 10 a 4 s
		2 start 10 other 4 s
		3 start 10 a 4 s
		4 start 20 child 10 a
		5 start 10 a 4 s`))
	x := ptree.Explain(tree.Where(dataframe.Eq("image", "child")).At(0))
	if x.Parent.Time.Second() != 3 || x.Link.Kind != ptree.ByName {
		t.Errorf("parent %s by %s, want that of second 3 by name", x.Parent, x.Link.Kind)
	}
	var got []string
	for _, c := range x.Candidates {
		got = append(got, fmt.Sprint(c.Process.Time.Second(), " ", c.Reason))
	}
	want := "1 a later process had the id|2 its image is another than the row names|5 it was created after the child"
	if strings.Join(got, "|") != want {
		t.Errorf("candidates %s, want %s", strings.Join(got, "|"), want)
	}
	if s := x.String(); strings.Count(s, "\n") != 9 || !strings.Contains(s, "sure") {
		t.Errorf("String =\n%s", s)
	}
	if h := x.HTML(); !strings.Contains(h, "a later process had the id") {
		t.Errorf("HTML = %s", h)
	}
}

// TestLostDigitsAreNotUsed: 64-bit start keys that were read as fractional numbers are no identities any more.
func TestLostDigitsAreNotUsed(t *testing.T) {
	log := lines(t, `
		1 start 10 a 4 s
		2 start 20 b 10 a`).With("guid", []float64{11540474045172976, 11540474045172977}).With("pguid", []float64{1, 11540474045172975})
	tree := linked(t, withoutExits(identified(flat)), log)
	wantFinding(t, tree, ptree.LostDigits, 2)
	wantParent(t, tree, "b", "a 10")
}

// TestIdentitiesCannotMakeCycles gives random logs whose GUIDs name each other at will: every process is
// in the tree once, nothing crosses hosts, refused links are findings.
func TestIdentitiesCannotMakeCycles(t *testing.T) {
	refused := 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		var rows []map[string]any
		for range 1 + r.IntN(30) {
			rows = append(rows, map[string]any{
				"host": fmt.Sprint("H", r.IntN(2)), "event": []string{"start", "start", "start", "exit"}[r.IntN(4)], "cmd": "",
				"time": time.Unix(int64(r.IntN(20)), 0).UTC(), "pid": r.IntN(5), "ppid": r.IntN(5), "image": fmt.Sprint("i", r.IntN(3)), "pimage": fmt.Sprint("i", r.IntN(3)),
				"guid": fmt.Sprint("g", r.IntN(12)), "pguid": fmt.Sprint("g", r.IntN(12)),
			})
		}
		rows = append(rows, map[string]any{"host": "H0", "event": "start", "cmd": "", "time": time.Unix(1, 0).UTC(), "pid": 1, "ppid": 1, "image": "x", "pimage": "x", "guid": "gx", "pguid": "gx"})
		tree := linked(t, identified(flat), dataframe.FromMaps(rows))
		wantAllUnderRoots(t, tree)
		for i := range tree.Len() {
			p := tree.At(i)
			if parent := p.Parent(); !parent.IsZero() && parent.Host() != p.Host() {
				t.Fatalf("seed %d: %s is under %s of another host", seed, p, parent)
			}
			if l := p.Link(); l.Confidence < 0 || l.Confidence > 1 || l.Evidence == "" {
				t.Fatalf("seed %d: link of %s = %+v", seed, p, l)
			}
		}
		refused += tree.Findings().Count(ptree.CycleRefused)
	}
	if refused < 20 {
		t.Errorf("%d cycles refused in 200 logs: the logs are too tame", refused)
	}
}

// TestFindingsOfTiedLogs judges a log of one moment and one process id: it must not take quadratic time.
func TestFindingsOfTiedLogs(t *testing.T) {
	const n = 100_000
	events := make([]event, n)
	for i := range events {
		events[i] = event{host: "H", pid: "1", name: fmt.Sprint("a", i), parent: "1", parentName: "a", logon: "0", time: 1}
	}
	s := ptree.Windows4688
	s.ParentName, s.EventIDColumn, s.TargetLogonID = "", "", ""
	tree := linked(t, s, frameOfEvents(events))
	wantFinding(t, tree, ptree.Ambiguous, n-1)
	wantFinding(t, tree, ptree.SelfParent, 1)
}

// TestExitsOfOneID ends a process id as often as it was used, by an image that it never had.
func TestExitsOfOneID(t *testing.T) {
	const n = 50_000
	var starts []event
	for i := range n {
		starts = append(starts, event{host: "H", pid: "1", name: "a", parent: "2", parentName: "b", logon: "0", time: int64(i) * 1000})
	}
	kinds := make([]int64, 2*n)
	for i := range kinds {
		kinds[i] = 4688 + int64(i/n)
	}
	df := frameOfEvents(append(starts, starts...)).With("EventID", kinds)
	processes := make([]string, 2*n)
	for i := range processes {
		processes[i] = "never"
	}
	s := ptree.Windows4688
	s.ExitProcessID, s.TargetLogonID = "NewProcessId", ""
	tree := linked(t, s, df.With("ProcessName", processes))
	wantFinding(t, tree, ptree.ExitWithoutStart, n)
}
