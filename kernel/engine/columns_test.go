package engine_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/kernel"
)

// frames declares types like frames; the engine must not know more of them than Names.
const frames = `import ("fmt"; "strings"; "time")
type Frame struct { columns []string }
func (f Frame) Names() []string { return f.columns }
func (f Frame) Where(test Test) Frame { return f }
func (f Frame) Col(name string) int { return 0 }
type Test struct { Column string }
func Eq(column string, value any) Test { return Test{column} }
type Options struct { LegendCol string }
func Plot(x any, o Options) {}
type Kept struct { Frame *Frame }
func (k *Kept) Names() []string { return k.Frame.columns }
func (k *Kept) Sort(by ...Test) *Kept { return k }
df := Frame{[]string{"NewProcess", "SubjectUser", "Su", "a \"b\" \\", "tab\t", "tick` + "`" + `", "日本", ""}}
tree := Kept{&df}
var anything any = df
text := "no frame"
type Broken struct{}
func (Broken) Names() []string { panic("no names") }
type Slow struct{}
func (Slow) Names() []string { time.Sleep(time.Hour); return nil }
var broken Broken
var slow Slow
var none *Kept
func Use(values ...any) {}`

func TestCompleteColumns(t *testing.T) {
	e := newEngine(t)
	if got := eval(t, e, frames); got != "" {
		t.Fatal(got)
	}
	tests := []struct{ code, want string }{
		{`df.Col("Su|`, "Su SubjectUser"},
		{`df.Col("su|")`, "Su SubjectUser"}, // in any case
		{`df.Col("New|Proc")`, "NewProcess"},
		{`df.Where(Eq("New|`, "NewProcess"},
		{`x := df.Where(Eq("New|", 3))`, "NewProcess"},
		{`df.Where(Eq("a", 1)).Where(Eq("New|`, "NewProcess"},
		{`df.Where(Test{Column: "New|`, "NewProcess"},
		{`tree.Sort(Eq("New|`, "NewProcess"},
		{`Plot(df, Options{LegendCol: "New|`, "NewProcess"},
		{`Plot(anything, Options{LegendCol: "New|"})`, "NewProcess"},
		{`func f() { for { if df.Col("New|`, "NewProcess"},
		{`df.Col("a |`, `a \"b\" \\`},
		{`df.Col("tab|`, `tab\t`},
		{"df.Col(`Su|", "Su SubjectUser"},
		{"df.Col(`a |", `a "b" \`},
		{"df.Col(`tick|", ""},
		{`df.Col("日|`, "日本"},
		{`strings.ToUpper("New|`, ""},
		{`text = "New|`, ""},
		{`Use(text, "New|`, ""},
		{`Use(broken, "New|`, ""},
		{`Use(none, "New|`, ""},
		{`Use(slow, "New|`, ""},
		{`Use(slow, df, "New|`, "NewProcess"},
		{`func f(df int) { Use(df, "New|`, ""}, // another df
		{`// df.Col("New|`, ""},
		{`df.Col('N|`, ""},
	}
	for _, test := range tests {
		code, cursor := atBar(test.code)
		found := e.Complete(code, cursor)
		var got []string
		for _, m := range found.Matches {
			got = append(got, m.Text)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("Complete(%q) = %q, want %q", test.code, got, test.want)
		}
	}
	code, cursor := atBar(`日 := df.Col("New|`)
	want := kernel.Completion{Start: 13, End: 16, Matches: []kernel.Match{{Text: "NewProcess", Type: "field", Signature: "of df"}}}
	if got := e.Complete(code, cursor); got.Start != want.Start || got.End != want.End || !slices.Equal(got.Matches, want.Matches) {
		t.Errorf("Complete(%q) = %+v, want %+v", code, got, want)
	}
}

// TestCompleteColumnsWhileRunning: the cell that runs may be setting the very variable.
func TestCompleteColumnsWhileRunning(t *testing.T) {
	e := newEngine(t)
	if got := eval(t, e, frames); got != "" {
		t.Fatal(got)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	done := make(chan bool)
	go func() {
		_, err := e.Eval(ctx, `for { df = Frame{[]string{"x"}}; df = Frame{} }`)
		done <- err != nil
	}()
	asked := 0
	for running := true; running; asked++ {
		if got := e.Complete(`df.Col("New`, 11).Matches; len(got) != 1 && ctx.Err() == nil {
			t.Fatalf("Complete while a cell runs = %v, want NewProcess", got)
		}
		select {
		case interrupted := <-done:
			running = false
			if !interrupted {
				t.Error("the cell ended by itself, want an interrupt")
			}
		default:
		}
	}
	if asked < 10 {
		t.Errorf("the completions came %d at a time, want some while the cell ran", asked)
	}
}
