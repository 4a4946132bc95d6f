package ptree_test

import (
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestRepeatedRows: rows that repeat an earlier one are dropped, with and without a time, whatever
// stands in the place of a time that is null; rows that differ in a column without a role stay.
func TestRepeatedRows(t *testing.T) {
	r := []event{
		{host: "h", pid: "0x4", name: "a.exe", parent: "0x0", parentName: "x.exe", time: 1e9},
		{host: "h", pid: "0x4", name: "a.exe", parent: "0x0", parentName: "x.exe", time: 1e9},
		{host: "h", pid: "0x8", name: "b.exe", parent: "0x4", parentName: "a.exe", time: 2e9},
		{host: "h", pid: "0xc", name: "c.exe", parent: "0x4", parentName: "a.exe", time: 3e9},
		{host: "h", pid: "0xc", name: "c.exe", parent: "0x4", parentName: "a.exe", time: 3e9},
		{host: "h", pid: "0x10", name: "d.exe", parent: "0x4", parentName: "a.exe", time: 4e9}, // null
		{host: "h", pid: "0x10", name: "d.exe", parent: "0x4", parentName: "a.exe", time: 5e9}, // null
	}
	df := frameOfEvents(r)
	valid := []bool{true, true, true, true, true, false, false}
	df = df.With("TimeGenerated", dataframe.Nanos("", df.Col("TimeGenerated").Nanos(), true, valid))
	df = df.With("note", []string{"", "", "", "one", "other", "", ""})
	tree := mustBuild(t, df)
	if n := tree.Findings().Count(ptree.ExactDuplicate); n != 2 {
		t.Errorf("%d rows repeat another, want 2: that of a.exe and that of d.exe\n%s", n, tree.Findings())
	}
	if n := tree.Findings().Count(ptree.DuplicateKey); n != 1 {
		t.Errorf("%d rows have the key of another, want 1: that of c.exe", n)
	}
	if tree.Len() != 6 { // a, b, c, d, and two inferred: x, and the a of d, which has no time to follow it by
		t.Errorf("%d processes, want 6", tree.Len())
	}
}
