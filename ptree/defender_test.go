package ptree_test

import (
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestDefenderLinksByCreationTime reads msticpy's sample of DeviceProcessEvents. msticpy puts the time of
// the event in the place of the creation's, so that no process is found again as a parent: all 200
// are leaves. Here a parent is the process with the id and the creation time that the row names.
func TestDefenderLinksByCreationTime(t *testing.T) {
	g := readGolden(t, "mde_pub")
	s, err := ptree.InferSchema(g.Input)
	if err != nil || s.Name != ptree.Defender.Name || s.TimeStamp != "Timestamp" && s.TimeStamp != "ProcessCreationTime" {
		t.Fatalf("InferSchema = %s, %v, want %s", s, err, ptree.Defender.Name)
	}
	tree := linked(t, ptree.Schema{}, g.Input)
	kinds := map[ptree.LinkKind]int{}
	for i := range tree.Len() {
		p := tree.At(i)
		kinds[p.Link().Kind]++
		if p.Inferred() && (p.Time.IsZero() || p.Time.Year() < 2000) {
			t.Errorf("the absent parent %s has no date, though its children's rows tell it", p)
		}
		if parent := p.Parent(); !parent.IsZero() && p.Get("InitiatingProcessCreationTime") != nil {
			want := p.Get("InitiatingProcessCreationTime").(time.Time)
			if d := parent.Time.Sub(want).Abs(); parent.Inferred() && d > 0 {
				t.Errorf("the parent of %s is dated %s, want %s", p, parent.Time, want)
			}
		}
	}
	// msticpy infers 63 parents, 51 of which are rows of the log
	if real, absent := kinds[ptree.ByName], kinds[ptree.NoLink]; real != 150 || absent != 12 || kinds[ptree.InferredByGUID] != 50 {
		t.Errorf("links by %v, want 150 to rows of the log and 50 to 12 absent parents", kinds)
	}
}

// TestDefenderByEventTime: a log without creation times dates processes by their events. A process that was
// logged before the parent was created, or long after, is another one of that id.
func TestDefenderByEventTime(t *testing.T) {
	row := func(at, image string, id int, parentAt string, parentID int) map[string]any {
		return map[string]any{"Timestamp": at, "FileName": image, "ProcessId": id, "InitiatingProcessCreationTime": parentAt, "InitiatingProcessFileName": "cmd.exe", "InitiatingProcessId": parentID}
	}
	tree := linked(t, ptree.Schema{}, dataframe.FromMaps([]map[string]any{
		row("2024-01-01T00:00:01Z", "cmd.exe", 10, "2023-12-31T00:00:00Z", 4),
		row("2024-01-01T00:00:10Z", "whoami.exe", 20, "2024-01-01T00:00:00.4Z", 10),
		row("2024-01-01T00:10:00Z", "net.exe", 30, "2024-01-01T00:09:00Z", 10),
	}))
	if p := tree.Loc("whoami.exe|20|2024-01-01 00:00:10.000000").Parent(); p.Inferred() {
		t.Errorf("the parent of whoami is %s, want the cmd logged 0.6 s after its creation", p)
	}
	if p := tree.Loc("net.exe|30|2024-01-01 00:10:00.000000").Parent(); !p.Inferred() {
		t.Errorf("the parent of net is %s, want a later cmd that is not in the log", p)
	}
}

// defenderRows are two processes of one id: the child's row tells which of them made it.
func defenderRows(created, name, pid, parentTime, parentName, parentPID string) dataframe.DataFrame {
	row := func(at, image string, id int, parentAt, parent string, parentID int) map[string]any {
		return map[string]any{created: at, name: image, pid: id, parentTime: parentAt, parentName: parent, parentPID: parentID}
	}
	return dataframe.FromMaps([]map[string]any{
		row("2024-01-01T00:00:01.1234567Z", "cmd.exe", 10, "2023-12-31T00:00:00Z", "explorer.exe", 4),
		row("2024-01-01T00:00:02.1234567Z", "cmd.exe", 10, "2023-12-31T00:00:00Z", "explorer.exe", 4),
		row("2024-01-01T00:00:03Z", "whoami.exe", 20, "2024-01-01T00:00:01.1234567Z", "CMD.EXE", 10),
		row("2024-01-01T00:00:04Z", "net.exe", 30, "2024-01-01T00:00:02.9Z", "cmd.exe", 10),
	})
}

func TestDefenderTellsWhichProcessOfAnID(t *testing.T) {
	for _, df := range []dataframe.DataFrame{
		defenderRows("ProcessCreationTime", "FileName", "ProcessId", "InitiatingProcessCreationTime", "InitiatingProcessFileName", "InitiatingProcessId"),
		defenderRows("CreatedProcessCreationTime", "CreatedProcessName", "CreatedProcessId", "InitiatingProcessCreationTime", "InitiatingProcessName", "InitiatingProcessId"),
	} {
		tree := linked(t, ptree.Schema{}, df)
		who := tree.Loc("whoami.exe|20|2024-01-01 00:00:03.000000")
		if p := who.Parent(); p.Time.Second() != 1 || who.Link().Kind != ptree.ByCreationTime {
			t.Errorf("the parent of whoami is %s by %s, want the cmd of second 1", p, who.Link().Kind)
		}
		net := tree.Loc("net.exe|30|2024-01-01 00:00:04.000000")
		if p := net.Parent(); !p.Inferred() || p.Key != "cmd.exe|10|2024-01-01 00:00:02.900000" {
			t.Errorf("the parent of net is %s, want one that is not in the log, dated 00:00:02.9", p)
		}
		if c := tree.Col("link_kind"); c.Nulls() > 0 || !tree.DataFrame().Has("link_confidence") {
			t.Errorf("the table of a log with creation times lacks the links' kinds")
		}
	}
}
