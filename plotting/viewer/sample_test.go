package viewer_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/plotting/viewer"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestPages writes the pages that browsertest opens into the folder that VIEWER_PAGES names.
func TestPages(t *testing.T) {
	folder := os.Getenv("VIEWER_PAGES")
	if folder == "" {
		t.Skip("VIEWER_PAGES names no folder for the pages that browsertest opens")
	}
	windows := treeOf(t, "win_proc_test.parquet")
	write := func(name string, d *viewer.Data, v viewer.View) {
		var page bytes.Buffer
		if err := viewer.WritePage(&page, d, v); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".html"), page.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("one", dataOf(windows.Head(1), "One process"), viewer.View{})
	write("fifteen", dataOf(windows.Head(15), "What the task started"), viewer.View{ColorBy: "SubjectUserName"})
	write("windows", dataOf(windows, "Process tree"), viewer.View{ColorBy: "SubjectUserName", ShowTable: true})
	write("linux", dataOf(treeOf(t, "linux_proc_test.parquet"), "Process tree"), viewer.View{ColorBy: "cwd"})
	write("rarity", dataOf(treeOf(t, "procs_with_cluster.parquet"), "Rarity"), viewer.View{ColorBy: "Rarity"})
	write("deep", synthetic(5000, 839), viewer.View{})
	write("folded", folded(), viewer.View{ColorBy: "User"})
	write("hostile", hostile(), viewer.View{ColorBy: "<img src=x onerror=alert(1)>", ShowTable: true})
	writeNotebook(t, folder, dataOf(windows, "Process tree"))
	writeHostileLog(t, folder)
	large := synthetic(22992, 12)
	write("20k", large, viewer.View{ColorBy: "User"})
	writeForBokeh(t, folder, large)
	write("1m", synthetic(1000000, 30), viewer.View{ColorBy: "User"})
}

// writeForBokeh writes the columns of a tree as JSON, for the same picture by Bokeh.
func writeForBokeh(t *testing.T, folder string, d *viewer.Data) {
	columns := map[string]any{"depth": d.Depth, "parent": d.Parent}
	for _, c := range d.Columns {
		if c.Kind != viewer.Text {
			columns[c.Name] = c.Ints
			continue
		}
		texts := make([]string, len(c.Codes))
		for i, code := range c.Codes {
			texts[i] = c.Texts[code]
		}
		columns[c.Name] = texts
	}
	text, err := json.Marshal(columns)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "20k.json"), text, 0o666); err != nil {
		t.Fatal(err)
	}
}

// writeHostileLog writes a log with hostile texts wherever a log has texts, for notebooks.
func writeHostileLog(t *testing.T, folder string) {
	var log bytes.Buffer
	encoder := json.NewEncoder(&log)
	for i, text := range hostileTexts {
		event := map[string]any{
			"image": `C:\bin\` + text, "pid": 100 + i, "ppid": 100 + i/3, "when": fmt.Sprintf("2024-03-11T06:%02d:00Z", i),
			"command": text, "user": text, "host": "h", "<img src=x onerror=alert(1)>": text, "</script><script>alert(1)</script>": text,
		}
		if err := encoder.Encode(event); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "hostile.jsonl"), log.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// writeNotebook writes a page like a notebook's, with the output of a figure in it, and what a
// kernel would send to the live module.
func writeNotebook(t *testing.T, folder string, d *viewer.Data) {
	v := viewer.View{ColorBy: "SubjectUserName", Height: 520}
	frame := viewer.Frame(d, v, viewer.FrameOptions{Mount: "figure 1", Fallback: "<p>the picture</p>"})
	page := "<!doctype html><meta charset=utf-8><title>notebook</title><body data-jp-theme-light=\"false\"><div id=output>" + frame + "</div></body>"
	blocks := map[string][]byte{}
	for column := range d.Columns {
		for block := 0; ; block++ {
			b, err := d.Block(column, block)
			if err != nil {
				break
			}
			blocks[fmt.Sprintf("%d/%d", column, block)] = b
		}
	}
	live, err := json.Marshal(map[string]any{"module": viewer.Module, "data": d.EncodeFor(10), "blocks": blocks, "options": v})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"notebook.html": page, "live.json": string(live)} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func treeOf(t *testing.T, file string) ptree.Tree {
	f, err := os.Open(filepath.Join("../../notebooks/samples/data", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := pqarrow.ReadTable(t.Context(), f, nil, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	df, err := dataframe.FromArrow(table)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := ptree.BuildProcessTree(df)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// dataOf fills Data from a tree, as a figure does.
func dataOf(tree ptree.Tree, title string) *viewer.Data {
	s, df := tree.Schema(), tree.DataFrame()
	d := &viewer.Data{Title: title, Subtitle: fmt.Sprintf("%d processes", tree.Len()), Fingerprint: "0badcafe", Parent: tree.Parents(), Depth: tree.Depths()}
	d.Roles = viewer.Roles{Name: s.ProcessName, PID: s.ProcessID, CommandLine: s.CommandLine, User: s.UserName, Host: s.HostName, Key: "proc_key"}
	for i := range tree.Len() {
		p := tree.At(i)
		flag := viewer.Flag(0)
		if p.Inferred() {
			flag = viewer.Inferred
		}
		d.Flags = append(d.Flags, flag)
		start := int64(viewer.Unknown)
		if !p.Time.IsZero() {
			start = p.Time.UnixNano()
		}
		d.Start = append(d.Start, start)
	}
	for _, name := range df.Names() {
		d.Columns = append(d.Columns, columnOf(df.Col(name)))
	}
	return d
}

func columnOf(c dataframe.Column) viewer.Column {
	out := viewer.Column{Name: c.Name(), Null: make([]bool, c.Len())}
	for i := range out.Null {
		out.Null[i] = c.IsNull(i)
	}
	switch c.Kind() {
	case dataframe.Int:
		out.Kind, out.Ints = viewer.Int, c.Ints()
	case dataframe.Float:
		out.Kind, out.Float = viewer.Float, c.Floats()
	case dataframe.Time:
		out.Kind, out.Ints = viewer.Time, c.Nanos()
	case dataframe.Bool:
		out.Kind = viewer.Bool
		for _, b := range c.Bools() {
			out.Ints = append(out.Ints, map[bool]int64{true: 1}[b])
		}
	default:
		out.Kind = viewer.Text
		out.Codes, out.Texts = c.Codes()
	}
	return out
}

// synthetic makes a tree of many processes whose deepest is a number of levels down.
func synthetic(n, deepest int) *viewer.Data {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	names := []string{"svchost.exe", "cmd.exe", "powershell.exe", "conhost.exe", "explorer.exe", "chrome.exe", "MsMpEng.exe", "wmiprvse.exe", "taskhostw.exe", "rundll32.exe", "python3", "bash", "git.exe", "node.exe"}
	users := []string{"SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE", "CONTOSO\\alice", "CONTOSO\\bob", "svc_backup"}
	d := &viewer.Data{Title: "Process tree", Subtitle: fmt.Sprintf("%d made-up processes", n), Fingerprint: "00c0ffee"}
	text := func(name string) viewer.Column {
		return viewer.Column{Name: name, Kind: viewer.Text, Codes: make([]int32, n)}
	}
	name, user, line, key := text("Image"), text("User"), text("CommandLine"), text("proc_key")
	for _, one := range names {
		name.Texts = append(name.Texts, `C:\Windows\System32\`+one)
	}
	user.Texts = users
	pid, size, when := make([]int64, n), make([]int64, n), make([]int64, n)
	var path []int32
	for i := range n {
		up := min(len(path), deepest-1)
		if i > 0 && i >= deepest { // first one chain to the depth, then what comes
			up = 1 + r.IntN(min(len(path), deepest-1))
			if r.IntN(400) == 0 {
				up = 0
			}
		}
		path = path[:up]
		d.Depth = append(d.Depth, int32(up))
		if up == 0 {
			d.Parent = append(d.Parent, -1)
		} else {
			d.Parent = append(d.Parent, path[up-1])
		}
		path = append(path, int32(i))
		k := r.IntN(len(names))
		name.Codes[i], user.Codes[i], line.Codes[i], key.Codes[i] = int32(k), int32(r.IntN(len(users))), int32(i), int32(i)
		pid[i], size[i], when[i] = int64(4*r.IntN(20000)), int64(r.IntN(1<<30)), 1_700_000_000_000_000_000+int64(i)*86_400_000
		line.Texts = append(line.Texts, fmt.Sprintf(`"C:\Windows\System32\%s" --task=%08x -Session %d /quiet /log:C:\Temp\%d.log`, names[k], r.Uint32(), r.IntN(9), i))
		key.Texts = append(key.Texts, fmt.Sprintf("%s|%d|%d", names[k], pid[i], i))
	}
	d.Start = when
	d.Columns = []viewer.Column{name, {Name: "ProcessId", Kind: viewer.Int, Ints: pid}, line, user, {Name: "UtcTime", Kind: viewer.Time, Ints: when}, {Name: "WorkingSet", Kind: viewer.Int, Ints: size}, key}
	d.Roles = viewer.Roles{Key: "proc_key", Name: "Image", PID: "ProcessId", CommandLine: "CommandLine", User: "User"}
	return d
}

// folded is an agent that starts a script sixty times, each with a console, and something odd among
// them, and a shell that starts a shell forty times; a command ends it.
func folded() *viewer.Data {
	d := &viewer.Data{Title: "Repetition", Subtitle: "203 made-up processes", Fingerprint: "00c0ffee"}
	names := []string{"agent.exe", "cscript.exe", "conhost.exe", "odd.exe", "powershell.exe", "cmd.exe", "whoami.exe"}
	name := viewer.Column{Name: "Image", Kind: viewer.Text, Texts: names}
	add := func(parent, stands int32, image int32) int32 {
		at := int32(len(d.Parent))
		if stands < 0 {
			stands = at
		}
		depth := int32(0)
		if parent >= 0 {
			depth = d.Depth[parent] + 1
		}
		d.Parent, d.Depth, d.Fold = append(d.Parent, parent), append(d.Depth, depth), append(d.Fold, stands)
		name.Codes = append(name.Codes, image)
		return at
	}
	agent := add(-1, -1, 0)
	script, console := int32(-1), int32(-1)
	for i := range 60 {
		one := add(agent, script, 1)
		two := add(one, console, 2)
		if i == 0 {
			script, console = one, two
		}
		if i == 30 {
			add(agent, -1, 3)
		}
	}
	chain := add(agent, -1, 4)
	last := add(chain, chain, 5)
	d.Chains = []int32{chain, 2, chain, last}
	for range 39 {
		last = add(add(last, chain, 4), chain, 5)
	}
	add(last, -1, 6)
	n := len(d.Parent)
	pid, user := make([]int64, n), viewer.Column{Name: "User", Kind: viewer.Text, Texts: []string{"SYSTEM"}, Codes: make([]int32, n)}
	for i := range pid {
		pid[i] = int64(1000 + 4*i)
	}
	d.Columns = []viewer.Column{name, {Name: "ProcessId", Kind: viewer.Int, Ints: pid}, user}
	d.Roles = viewer.Roles{Name: "Image", PID: "ProcessId", User: "User"}
	return d
}

// hostile is a tree whose every text wants to be more than text.
func hostile() *viewer.Data {
	n := len(hostileTexts)
	d := &viewer.Data{Title: `</title><script>alert(1)</script>`, Subtitle: hostileTexts[0], Fingerprint: `"><script>alert(1)</script>`, Depth: make([]int32, n)}
	c := viewer.Column{Name: `<img src=x onerror=alert(1)>`, Kind: viewer.Text, Texts: hostileTexts}
	for i := range n {
		d.Parent = append(d.Parent, -1)
		d.Start = append(d.Start, viewer.Unknown)
		c.Codes = append(c.Codes, int32(i))
	}
	other := c
	other.Name = `__proto__`
	d.Columns = []viewer.Column{c, other, {Name: "</script><b>", Kind: viewer.Absent}}
	d.Roles = viewer.Roles{Key: c.Name, Name: c.Name, PID: "__proto__", CommandLine: c.Name, User: c.Name}
	return d
}
