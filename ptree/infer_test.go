package ptree_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// ours names msticpy's schemas as we do.
var ours = map[string]ptree.Schema{
	"WIN_EVENT_SCH": ptree.Windows4688, "LX_EVENT_SCH": ptree.Auditd, "SYSMON_PROCESS_CREATE_EVENT_SCH": ptree.Sysmon,
	"OSQUERY_EVENT_SCH": ptree.OSQuery, "HX_PROCESSEVENT_SCH": ptree.FireEyeHX,
	"MDE_EVENT_SCH": ptree.Defender, "MDE_INT_EVENT_SCH": byParent(ptree.DefenderInternal),
}

// byParent is Defender's internal schema as msticpy has it, with the parent that Windows recorded.
func byParent(s ptree.Schema) ptree.Schema {
	s.ParentID = "CreatedProcessParentId"
	return s
}

// TestInferSchema agrees with msticpy wherever the needed columns are there. msticpy counts
// columns alone, so it also answers where a tree cannot be built; we then say what is missing.
func TestInferSchema(t *testing.T) {
	data, err := os.ReadFile(sharedFile(t, "edge", "infer_schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string]struct {
		Columns  []string
		Inferred *string
	}
	decode(t, data, &cases)
	agreed, refused := 0, 0
	for name, c := range cases {
		var columns []dataframe.Column
		has := map[string]bool{}
		for _, n := range c.Columns {
			if !has[n] {
				columns = append(columns, dataframe.Strings(n, nil))
			}
			has[n] = true
		}
		got, err := ptree.InferSchema(dataframe.New(columns...))
		want := ptree.Schema{}
		if c.Inferred != nil {
			want = ours[*c.Inferred]
		}
		buildable := want != (ptree.Schema{}) && has[want.ProcessName] && has[want.ProcessID] && has[want.ParentID] && (has[want.TimeStamp] || has[want.EventTime])
		switch {
		case buildable:
			agreed++
			if err != nil || got.Name != want.Name {
				t.Errorf("%s: InferSchema(%v) = %s, %v, want %s", name, c.Columns, got.Name, err, want.Name)
			}
		default:
			refused++
			if err == nil {
				t.Errorf("%s: InferSchema(%v) = %s, want an error (msticpy says %v)", name, c.Columns, got.Name, c.Inferred)
			} else if strings.Count(err.Error(), "\n") > 0 {
				t.Errorf("%s: the error has several lines: %v", name, err)
			}
		}
	}
	if agreed < 20 || refused < 10 {
		t.Errorf("%d cases agreed, %d refused: too few", agreed, refused)
	}
}

// TestInferSysmon tells Sysmon's two schemas apart by the program that wrote the events.
func TestInferSysmon(t *testing.T) {
	columns := func(providers ...string) []dataframe.Column {
		var out []dataframe.Column
		for _, name := range slices.Compact(slices.Sorted(slices.Values(ptree.Sysmon.Columns()))) {
			out = append(out, dataframe.Strings(name, make([]string, len(providers))))
		}
		return append(out, dataframe.Strings("Provider", providers))
	}
	for want, providers := range map[string][]string{
		"sysmon":       {"Microsoft-Windows-Sysmon", "Linux-Sysmon2"},
		"sysmon_linux": {"Linux-Sysmon", "Linux-Sysmon"},
		"":             {"Linux-Sysmon", "Microsoft-Windows-Sysmon"},
	} {
		s, err := ptree.InferSchema(dataframe.New(columns(providers...)...))
		if s.Name != want || (err == nil) != (want != "") {
			t.Errorf("InferSchema of events by %v = %q, %v, want %q", providers, s.Name, err, want)
		}
		if err != nil && !strings.Contains(err.Error(), "sysmon and sysmon_linux equally well") {
			t.Errorf("a log of both is refused by %v", err)
		}
	}
	without := columns("Linux-Sysmon")
	if s, err := ptree.InferSchema(dataframe.New(without[:len(without)-1]...)); err != nil || s.Name != "sysmon" {
		t.Errorf("InferSchema without a provider = %q, %v, want sysmon", s.Name, err)
	}
}
