package main

import (
	"hash/crc32"
	"math"
	"regexp"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// delimiter is a character between the words of a command line. How many there are, and which in
// which order, is the shape of a command line: it stays when names and numbers change.
var delimiter = regexp.MustCompile(`[\s\-\\/\.,"'|&:;%$()]`)

// features are the numbers by which alike processes are found.
type features struct {
	path, line, account int    // sums of the characters' codes
	pathHash, shapeHash uint32 // of the path, of the command line's delimiters
	delimiters          int
	system              bool
}

// group is what alike processes have in common.
type group struct {
	path, shape uint32
	system      bool
}

func describe(path, line, account, logon string) features {
	shape := delimiter.FindAllString(line, -1)
	return features{
		path: codes(path), line: codes(line), account: codes(account),
		pathHash: crc32.ChecksumIEEE([]byte(path)), shapeHash: crc32.ChecksumIEEE([]byte(strings.Join(shape, ""))),
		delimiters: len(shape), system: logon == system.logon,
	}
}

func codes(s string) int {
	sum := 0
	for _, r := range s {
		sum += int(r)
	}
	return sum
}

// withRarity puts the features, the size of the process's group and its rarity, one by that size,
// beside a Windows log: 1 is a process like no other.
func withRarity(df dataframe.DataFrame) dataframe.DataFrame {
	paths, lines := df.Col("NewProcessName").Strings(), df.Col("CommandLine").Strings()
	accounts, logons := df.Col("Account").Strings(), df.Col("SubjectLogonId").Strings()
	all, sizes := make([]features, len(paths)), map[group]int{}
	for i := range paths {
		all[i] = describe(paths[i], lines[i], accounts[i], logons[i])
		sizes[all[i].group()]++
	}
	var t table
	for i, f := range all {
		size := sizes[f.group()]
		t.text("processName", paths[i][strings.LastIndex(paths[i], `\`)+1:])
		t.int("pathScore", f.path)
		t.float("pathLogScore", logarithm(f.path))
		t.int("pathHash", int(f.pathHash))
		t.int("commandlineLen", len(lines[i]))
		t.float("commandlineLogLen", logarithm(len(lines[i])))
		t.int("commandlineTokensFull", f.delimiters)
		t.int("commandlineScore", f.line)
		t.int("commandlineTokensHash", int(f.shapeHash))
		t.bool("isSystemSession", f.system)
		t.int("accountNum", f.account)
		t.int("ClusterSize", size)
		t.float("Rarity", 1/float64(size))
	}
	added := t.frame()
	for _, name := range t.names {
		df = df.With(name, added.Col(name))
	}
	return df
}

func (f features) group() group { return group{path: f.pathHash, shape: f.shapeHash, system: f.system} }

// logarithm is that of base 10, to a millionth, so that every processor gives the same digits;
// of nothing it is 0.
func logarithm(n int) float64 {
	if n == 0 {
		return 0
	}
	return math.Round(math.Log10(float64(n))*1e6) / 1e6
}
