package engine_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/engine"
)

const session = `import ("fmt"; "strings"; "time")
type Base struct { ID int }
func (b *Base) Save() error { return nil }
type Conn struct { Base; Source string; port int }
func (c Conn) Send(data []byte, times int) (int, error) { return 0, nil }
const Limit = 3
var conn Conn
var pointer = &conn
func Connect(host string) *Conn { return nil }
began := time.Now()`

// atBar splits code at its bar, where the cursor is.
func atBar(code string) (string, int) {
	before, after, _ := strings.Cut(code, "|")
	return before + after, utf8.RuneCountInString(before)
}

func find(found kernel.Completion, text string) (kernel.Match, bool) {
	i := slices.IndexFunc(found.Matches, func(m kernel.Match) bool { return m.Text == text })
	if i < 0 {
		return kernel.Match{}, false
	}
	return found.Matches[i], true
}

func TestComplete(t *testing.T) {
	e := newEngine(t, "math/rand/v2")
	if got := eval(t, e, session); got != "" {
		t.Fatal(got)
	}
	tests := []struct {
		code string
		want kernel.Match
	}{
		{"fmt.Printl|", kernel.Match{Text: "Println", Type: "function", Signature: "(...any) (int, error)"}},
		{"fmt.printl|", kernel.Match{Text: "Println", Type: "function", Signature: "(...any) (int, error)"}},
		{"strings.|", kernel.Match{Text: "Builder", Type: "type", Signature: "struct"}},
		{"time.Mar|", kernel.Match{Text: "March", Type: "constant", Signature: "time.Month"}},
		{"rand.Int|", kernel.Match{Text: "IntN", Type: "function", Signature: "(int) int"}},
		{"conn.|", kernel.Match{Text: "Source", Type: "field", Signature: "string"}},
		{"conn.po|", kernel.Match{Text: "port", Type: "field", Signature: "int"}},
		{"conn.I|", kernel.Match{Text: "ID", Type: "field", Signature: "int"}},
		{"conn.Sa|", kernel.Match{Text: "Save", Type: "function", Signature: "() error"}},
		{"pointer.Se|", kernel.Match{Text: "Send", Type: "function", Signature: "(data []byte, times int) (int, error)"}},
		{"Connect(\"x\").Se|", kernel.Match{Text: "Send", Type: "function", Signature: "(data []byte, times int) (int, error)"}},
		{"began.Unix|", kernel.Match{Text: "UnixNano", Type: "function", Signature: "() int64"}},
		{"began.Weekday().Str|", kernel.Match{Text: "String", Type: "function", Signature: "() string"}},
		{"for i := range 3 { fmt.Println(conn.Sou|", kernel.Match{Text: "Source", Type: "field", Signature: "string"}},
		{"fmt.Println(con|)", kernel.Match{Text: "conn", Type: "variable", Signature: "Conn"}},
		{"Conn{Sou|}", kernel.Match{Text: "Source", Type: "field", Signature: "string"}},
		{"Conn{port: 1, Sou|", kernel.Match{Text: "Source", Type: "field", Signature: "string"}},
		{"Con|", kernel.Match{Text: "Connect", Type: "function", Signature: "(host string) *Conn"}},
		{"Con|", kernel.Match{Text: "Conn", Type: "type", Signature: "struct"}},
		{"Lim|", kernel.Match{Text: "Limit", Type: "constant", Signature: "untyped int"}},
		{"func f(first int) { second := first; sec|", kernel.Match{Text: "second", Type: "variable", Signature: "int"}},
		{"func f(first int) { fir|", kernel.Match{Text: "first", Type: "variable", Signature: "int"}},
		{"here := 4\nher|", kernel.Match{Text: "here", Type: "variable", Signature: "int"}},
		{"日本 := conn; 日本.Sou|", kernel.Match{Text: "Source", Type: "field", Signature: "string"}},
		{"stri|", kernel.Match{Text: "strings", Type: "module", Signature: "strings"}},
		{"stri|", kernel.Match{Text: "string", Type: "type", Signature: "string"}},
		{"bufi|", kernel.Match{Text: "bufio", Type: "module", Signature: "bufio"}},
		{"bufio.NewSc|", kernel.Match{Text: "NewScanner", Type: "function", Signature: "(io.Reader) *bufio.Scanner"}},
		{"sort.In|", kernel.Match{Text: "Ints", Type: "function", Signature: "([]int)"}}, // not imported
		{"sor|", kernel.Match{Text: "sort", Type: "module", Signature: "sort"}},
		{"ra|", kernel.Match{Text: "range", Type: "keyword"}},
		{"appe|", kernel.Match{Text: "append", Type: "function"}},
		{`import "encoding/js|`, kernel.Match{Text: "encoding/json", Type: "module"}},
		{`import ("fmt"; "encoding/js|`, kernel.Match{Text: "encoding/json", Type: "module"}},
	}
	for _, test := range tests {
		code, cursor := atBar(test.code)
		found := e.Complete(code, cursor)
		if got, ok := find(found, test.want.Text); !ok || got != test.want {
			t.Errorf("Complete(%q) has %+v, want %+v (all: %.300v)", test.code, got, test.want, found.Matches)
		}
		if found.End != cursor || found.Start > cursor {
			t.Errorf("Complete(%q) replaces %d to %d, want the end at %d", test.code, found.Start, found.End, cursor)
		}
	}
}

func TestCompleteReplaces(t *testing.T) {
	e := newEngine(t, "strings")
	found := e.Complete("日本 := strings.ToU", 19)
	if found.Start != 14 || found.End != 17 {
		t.Errorf("Complete beyond the end replaces %d to %d, want 14 to 17", found.Start, found.End)
	}
	for _, code := range []string{`x := "strings.To|"`, "// strings.To|", "'s|", "/* str|"} {
		code, cursor := atBar(code)
		if got := e.Complete(code, cursor).Matches; got != nil {
			t.Errorf("Complete(%q) inside a literal or comment = %v, want nothing", code, got)
		}
	}
}

// TestCompleteWhileRunning: questions come while a cell runs, and must not wait for it.
func TestCompleteWhileRunning(t *testing.T) {
	e := newEngine(t, "strings")
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, err := e.Eval(ctx, "longer := 1\nfor {}")
		done <- err
	}()
	answered := make(chan bool)
	go func() {
		for range 100 {
			if _, ok := find(e.Complete("lon", 3), "longer"); ok {
				answered <- true
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		answered <- false
	}()
	if !<-answered {
		t.Error("Complete while a cell runs does not know the cell's variable, want longer")
	}
	cancel()
	if err := <-done; err == nil {
		t.Error("the cell ended by itself, want an interrupt")
	}
}

func TestInspect(t *testing.T) {
	e := newEngine(t)
	if got := eval(t, e, session); got != "" {
		t.Fatal(got)
	}
	tests := []struct {
		code  string
		level int
		want  string
	}{
		{"fmt.Print|ln", 0, "func fmt.Println(...any) (int, error)\n\nfrom package fmt"},
		{"fmt.Println(|", 0, "func fmt.Println(...any) (int, error)\n\nfrom package fmt"},
		{"fmt.Println(1, |2)", 0, "func fmt.Println(...any) (int, error)\n\nfrom package fmt"},
		{"con|n", 0, "var conn Conn\n\ndeclared in cell 1, line 7"},
		{"Connect|", 0, "func Connect(host string) *Conn\n\ndeclared in cell 1, line 9"},
		{"Limit|", 1, "const Limit untyped int\n\ndeclared in cell 1, line 6\n\nthe cell:\n\n" + session},
		{"Conn|", 0, "type Conn struct { Base; Source string; port int }\n" +
			"func (Conn) Save() error\nfunc (Conn) Send(data []byte, times int) (int, error)\n\ndeclared in cell 1, line 4"},
		{"|strings", 0, "package strings // import \"strings\""},
		{"|strings.ToUpper", 0, "package strings // import \"strings\""},
		{"le|n", 0, "func len // built-in\n\npart of the language"},
		{"nope|", 0, ""},
		{"conn.nope|", 0, ""},
		{"", 0, ""},
		{"|+", 0, ""},
		{`"con|n"`, 0, ""},
	}
	for _, test := range tests {
		code, cursor := atBar(test.code)
		doc, ok := e.Inspect(code, cursor, test.level)
		got, _ := doc["text/plain"].(string)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("Inspect(%q) = %q, %v, want %q", test.code, got, ok, test.want)
		}
		if markdown, _ := doc["text/markdown"].(string); ok && !strings.HasPrefix(markdown, "```go\n") {
			t.Errorf("Inspect(%q) has the markdown %q, want Go source first", test.code, markdown)
		}
	}
}

// TestHalfTyped asks about every place of code that was cut off anywhere: nothing may panic.
func TestHalfTyped(t *testing.T) {
	const code = "import \"fmt\"\nfunc (c *Conn) f[T any](x map[string][]T) (err error) {\n\tfor i, v := range x[\"日\"] { switch v := any(v).(type) { case int: fmt.Printf(`%d\n`, v+i) } }\n" +
		"\tdefer func() { recover() }()\n\treturn &struct{ a, b int }{1, 2}.a\n}\ntype G[T ~int | ~string] interface { M(T) }; if x := (Conn{}); x.Source == '\\'' {"
	e := newEngine(t)
	for i := range len(code) + 1 {
		for _, piece := range []string{code[:i], code[i:]} {
			e.IsComplete(piece)
			e.Complete(piece, utf8.RuneCountInString(piece))
			e.Complete(piece, 3)
			e.Inspect(piece, utf8.RuneCountInString(piece)/2, 1)
		}
	}
	e.Complete("x", -1)
	e.Inspect("x", 99, 0)
}

func TestIsComplete(t *testing.T) {
	tests := []struct {
		code, indent string
		want         kernel.Completeness
	}{
		{"", "", kernel.Complete},
		{"1", "", kernel.Complete},
		{"x := 1\nx++", "", kernel.Complete},
		{"return", "", kernel.Complete},
		{"func f(x int) int {\n\treturn x*2\n}", "", kernel.Complete},
		{"undefined(1)", "", kernel.Complete},
		{"func f(x int) int {\n\tx*2", "\t", kernel.Incomplete},
		{"if x {\n\tfor {", "\t\t", kernel.Incomplete},
		{"fmt.Println(`hello", "", kernel.Incomplete},
		{"/* open", "", kernel.Incomplete},
		{"x := 1 +", "", kernel.Incomplete},
		{"f(1,", "\t", kernel.Incomplete},
		{"fmt.", "", kernel.Incomplete},
		{"if x", "", kernel.Incomplete},
		{"func f()", "", kernel.Complete},
		{"import", "", kernel.Incomplete},
		{"x := ", "", kernel.Incomplete},
		{"import = 7q", "", kernel.Invalid},
		{"x := 1)", "", kernel.Invalid},
		{`s := "open`, "", kernel.Invalid},
		{"x y", "", kernel.Invalid},
	}
	e := newEngine(t)
	for _, test := range tests {
		if got, indent := e.IsComplete(test.code); got != test.want || indent != test.indent {
			t.Errorf("IsComplete(%q) = %s %q, want %s %q", test.code, got, indent, test.want, test.indent)
		}
	}
}

var _ kernel.Engine = (*engine.Engine)(nil)
