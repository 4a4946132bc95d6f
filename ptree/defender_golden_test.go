package ptree_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/ptree"
)

// publicNames are the columns of DeviceProcessEvents that msticpy's answer has under another name;
// the others keep theirs.
var publicNames = map[string]string{
	"MachineId": "DeviceId", "ComputerDnsName": "DeviceName", "CreatedProcessName": "FileName", "CreatedProcessFilePath": "FolderPath",
	"CreatedProcessFileSha1": "SHA1", "CreatedProcessFileSha256": "SHA256", "CreatedProcessFileMd5": "MD5", "CreatedProcessId": "ProcessId",
	"CreatedProcessCommandLine": "ProcessCommandLine", "CreatedProcessIntegrityLevel": "ProcessIntegrityLevel",
	"CreatedProcessTokenElevationType": "ProcessTokenElevation", "CreatedProcessCreationTime": "ProcessCreationTime",
	"CreatedProcessAccountDomainName": "AccountDomain", "CreatedProcessAccountName": "AccountName", "CreatedProcessAccountSid": "AccountSid",
	"InitiatingProcessAccountDomainName": "InitiatingProcessAccountDomain", "InitiatingProcessTokenElevationType": "InitiatingProcessTokenElevation",
	"InitiatingProcessImageSha1": "InitiatingProcessSHA1", "InitiatingProcessImageSha256": "InitiatingProcessSHA256",
	"InitiatingProcessImageMd5": "InitiatingProcessMD5", "InitiatingProcessName": "InitiatingProcessFileName",
	"Process_CommandLine": "InitiatingProcessCommandLine", "InitiatingProcessParentProcessId": "InitiatingProcessParentId",
	"InitiatingProcessParentProcessName": "InitiatingProcessParentFileName",
}

// otherwise are the columns in which msticpy's answer is its own: what it works out, two paths that
// it puts together anew, and the parent that Windows recorded, which it overwrites.
var otherwise = map[string]bool{
	"proc_key": true, "parent_key": true, "src_index": true, "source_index": true, "parent_index": true, "path": true,
	"IsRoot": true, "IsLeaf": true, "IsBranch": true, "InitiatingProcessFileName": true, "InitiatingProcessImageFilePath": true,
	"CreatedProcessParentName": true, "CreatedProcessParentCreationTimeUtc": true, "CreatedProcessParentId": true,
}

// TestGoldenDefender compares msticpy's answer on its sample of DeviceProcessEvents row by row.
//
// What the rows say agrees. msticpy puts the event's time in the place of the creation's, so that
// no row is found as a parent: each of the 63 parents is a process of its own beside the rows, and
// all 200 rows are leaves. Here 51 of them are the rows, and 12 are not in the log.
func TestGoldenDefender(t *testing.T) {
	g := readGolden(t, "mde_pub")
	tree := linked(t, ptree.Schema{}, g.Input)
	rows, parents := 0, map[string]ptree.Process{}
	for _, row := range jsonLines(t, gunzip(t, filepath.Join(shared, "golden", "mde_pub", "output.jsonl.gz"))) {
		if row["src_index"] == nil {
			continue
		}
		rows++
		p := tree.Loc(row["proc_key"].(string))
		sameDefenderRow(t, p, row)
		parent := p.Parent()
		sameDefenderParent(t, p, parent, row)
		parents[row["parent_key"].(string)] = parent
		if row["IsLeaf"] != true {
			t.Errorf("msticpy's %s is no leaf any more: this test has lost its reason", p)
		}
	}
	real := map[string]bool{}
	for _, p := range parents {
		if !p.Inferred() {
			real[p.Key] = true
		}
	}
	if rows != 200 || len(parents) != 63 || len(real) != 51 || tree.Len() != 212 {
		t.Errorf("%d rows with %d parents in msticpy's answer, %d of them rows of the log, %d processes in ours, want 200, 63, 51 and 212",
			rows, len(parents), len(real), tree.Len())
	}
}

// sameDefenderRow wants what the row says.
func sameDefenderRow(t *testing.T, p ptree.Process, row map[string]any) {
	t.Helper()
	if p.Inferred() {
		t.Errorf("%s is not in the log, and a row in msticpy's answer", p)
	}
	for name, want := range row {
		if otherwise[name] {
			continue
		}
		if ours := publicNames[name]; ours != "" {
			name = ours
		}
		if n, ok := want.(json.Number); ok {
			if text, ok := p.Get(name).(string); ok && text == strings.TrimSuffix(n.String(), ".0") {
				continue // ids are text, as in msticpy's answers for other logs
			}
		}
		if got := p.Get(name); !sameCell(got, want) {
			t.Errorf("%s of %s is %#v, want %#v", name, p, got, want)
		}
	}
}

// sameDefenderParent wants the parent that msticpy infers, as a row where the log has it.
func sameDefenderParent(t *testing.T, p, parent ptree.Process, row map[string]any) {
	t.Helper()
	want := row["parent_key"].(string)
	if parent.Inferred() {
		if parent.Key != want {
			t.Errorf("the absent parent of %s is %s, want %s", p, parent.Key, want)
		}
		return
	}
	created, _ := row["InitiatingProcessCreationTime"].(string)
	born, err := time.Parse(time.RFC3339Nano, created)
	if err != nil {
		t.Fatal(err)
	}
	identity := strings.ToLower(parent.Name) + "|" + parent.PID + "|"
	if late := parent.Time.Sub(born); !strings.HasPrefix(want, identity) || late < 0 || late > time.Minute {
		t.Errorf("the parent of %s is %s, want %s, whose event may be a minute later", p, parent.Key, want)
	}
}
