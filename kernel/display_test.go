package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type allForms struct{}

func (allForms) HTML() string         { return "<b>h</b>" }
func (allForms) Markdown() string     { return "*m*" }
func (allForms) Latex() string        { return "$l$" }
func (allForms) JavaScript() string   { return "j()" }
func (allForms) SVG() string          { return "<svg/>" }
func (allForms) PNG() []byte          { return []byte{1, 2} }
func (allForms) JPEG() []byte         { return []byte{3} }
func (allForms) PDF() []byte          { return []byte{4} }
func (allForms) JSON() map[string]any { return map[string]any{"a": []int{1}} }
func (allForms) String() string       { return "text" }

func TestRenderAllForms(t *testing.T) {
	got := Render(allForms{})
	want := Bundle{
		"text/html": "<b>h</b>", "text/markdown": "*m*", "text/latex": "$l$", "application/javascript": "j()",
		"image/svg+xml": "<svg/>", "image/png": "AQI=", "image/jpeg": "Aw==", "application/pdf": "BA==",
		"application/json": json.RawMessage(`{"a":[1]}`), "text/plain": "text",
	}
	if diff := cmp.Diff(want, got.Data); diff != "" {
		t.Errorf("Render (-want +got):\n%s", diff)
	}
}

type onPointer struct{ n int }

func (p *onPointer) HTML() string { return fmt.Sprint("<i>", p.n, "</i>") }

// foreignMap and foreignData stand for gophernotes' types of the same shape.
type foreignMap map[string]any

type foreignData struct {
	Data      foreignMap
	Metadata  foreignMap
	Transient foreignMap
}

type renders struct{}

func (renders) Render() foreignData {
	return foreignData{Data: foreignMap{"text/plain": "p", "text/html": []byte("<u>")}, Metadata: foreignMap{"text/html": foreignMap{"isolated": true}}}
}

type simple struct{}

func (simple) SimpleRender() foreignMap { return foreignMap{"text/markdown": "# s"} }

type panics struct{}

func (panics) HTML() string   { panic("no \x1b[31mHTML") }
func (panics) String() string { panic(errors.New("no text")) }

type mistaken struct{}

func (mistaken) Error() string { return "column \"usr\" is unknown; did you mean \"user\"?" }
func (mistaken) Mistake()      {}

type makesMistake struct{}

func (makesMistake) HTML() string { panic(mistaken{}) }

type cyclic struct {
	Name string
	Next *cyclic
}

func TestRender(t *testing.T) {
	loop := &cyclic{Name: "a"}
	loop.Next = loop
	var noHTML *onPointer
	for _, c := range []struct {
		value any
		want  Bundle
	}{
		{nil, Bundle{"text/plain": "nil"}},
		{42, Bundle{"text/plain": "42"}},
		{1.5, Bundle{"text/plain": "1.5"}},
		{"gopher", Bundle{"text/plain": "gopher"}},
		{"bad \xff", Bundle{"text/plain": "bad \uFFFD"}},
		{[]int{3, 1, 2}, Bundle{"text/plain": "[3 1 2]"}},
		{map[string]int{"b": 2, "a": 1}, Bundle{"text/plain": "map[a:1 b:2]"}},
		{struct{ X, Y int }{1, 2}, Bundle{"text/plain": "{1 2}"}},
		{&struct{ P *int }{new(7)}, Bundle{"text/plain": "&{&7}"}},
		{1500 * time.Millisecond, Bundle{"text/plain": "1.5s"}},
		{[]time.Duration{time.Second}, Bundle{"text/plain": "[1s]"}},
		{errors.New("oops"), Bundle{"text/plain": "oops"}},
		{[]any{nil, errors.New("x"), true}, Bundle{"text/plain": "[nil x true]"}},
		{loop, Bundle{"text/plain": "&{a &…}"}},
		{noHTML, Bundle{"text/plain": "nil"}},
		{strings.Repeat, Bundle{"text/plain": "func(string, int) string"}},
		{onPointer{3}, Bundle{"text/html": "<i>3</i>", "text/plain": "<kernel.onPointer>"}},
		{&onPointer{4}, Bundle{"text/html": "<i>4</i>", "text/plain": "<*kernel.onPointer>"}},
		{renders{}, Bundle{"text/plain": "p", "text/html": "<u>"}},
		{simple{}, Bundle{"text/markdown": "# s", "text/plain": "<kernel.simple>"}},
		{foreignData{Data: foreignMap{"text/latex": "$x$"}}, Bundle{"text/latex": "$x$", "text/plain": "<text/latex>"}},
		{HTML("<b>"), Bundle{"text/html": "<b>", "text/plain": "<kernel.HTML>"}},
		{Markdown("*x*"), Bundle{"text/markdown": "*x*", "text/plain": "*x*"}},
		{Math("x"), Bundle{"text/latex": "$$x$$", "text/plain": "x"}},
		{JSON{"a": 1}, Bundle{"application/json": json.RawMessage(`{"a":1}`), "text/plain": "<kernel.JSON>"}},
		{PNG{1, 2}, Bundle{"image/png": "AQI=", "text/plain": "<kernel.PNG>"}},
		{panics{}, Bundle{"text/plain": "String() panicked: no text\nHTML() panicked: no \\x1b[31mHTML"}},
		{makesMistake{}, Bundle{"text/plain": "{}\ncolumn \"usr\" is unknown; did you mean \"user\"?"}},
	} {
		if diff := cmp.Diff(c.want, Render(c.value).Data); diff != "" {
			t.Errorf("Render(%T) (-want +got):\n%s", c.value, diff)
		}
	}
}

func TestRenderKeepsMetadata(t *testing.T) {
	got, err := marshal(DisplayData{Render(renders{})})
	want := `{"data":{"text/html":"<u>","text/plain":"p"},"metadata":{"text/html":{"isolated":true}}}`
	if err != nil || string(got) != want {
		t.Errorf("Render(renders{}) = %s, %v, want %s", got, err, want)
	}
}

func TestRenderImage(t *testing.T) {
	got := Render(image.NewRGBA(image.Rect(0, 0, 30, 20))).Data
	if encoded, _ := got["image/png"].(string); !strings.HasPrefix(encoded, "iVBOR") {
		t.Errorf("image/png = %.20q, want a PNG in base64", encoded)
	}
	if got["text/plain"] != "*image.RGBA, 30 × 20 pixels" {
		t.Errorf("text/plain = %q, want the size", got["text/plain"])
	}
}

func TestRenderIsBounded(t *testing.T) {
	deep := []any{}
	for range 100_000 {
		deep = []any{deep}
	}
	for name, value := range map[string]any{
		"text":   strings.Repeat("é", 1_000_000),
		"list":   make([]int, 10_000_000),
		"texts":  []string{strings.Repeat("x", 50_000_000)},
		"deep":   deep,
		"struct": make([]struct{ A, B, C []int }, 100_000),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		text := Render(value).Data[plainType].(string)
		if len(text) > maxPlain+100 {
			t.Errorf("len(Render(%s)) = %d, want at most %d", name, len(text), maxPlain)
		}
		if name != "deep" && !strings.Contains(text, "more bytes)") {
			t.Errorf("Render(%s) ends in %q, want it to say what it cut", name, text[len(text)-40:])
		}
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
			t.Errorf("Render(%s) allocated %d bytes, want it to stop early", name, used)
		}
	}
}

func TestPrinterStopsEarly(t *testing.T) {
	big := map[int][]string{}
	for i := range 1000 {
		big[i] = make([]string, 1000)
	}
	p := printer{seen: map[uintptr]bool{}}
	p.value(reflect.ValueOf([]any{big, make([]struct{ A, B int }, 1_000_000)}))
	if got := p.out.Len(); got > 2*maxPlain {
		t.Errorf("printed %d bytes, want hardly more than %d", got, maxPlain)
	}
}

func TestRenderBreaksLines(t *testing.T) {
	type row struct{ Name, Path string }
	rows := []row{{"cmd.exe", `C:\Windows\System32\cmd.exe`}, {"explorer.exe", `C:\Windows\explorer.exe`}, {"a", "b"}}
	want := "[{cmd.exe C:\\Windows\\System32\\cmd.exe}\n {explorer.exe C:\\Windows\\explorer.exe}\n {a b}]"
	if got := Render(rows).Data[plainType]; got != want {
		t.Errorf("Render(rows) = %q, want %q", got, want)
	}
}

func TestUnencodableForms(t *testing.T) {
	got := Render(Data{Data: Bundle{"application/json": math.NaN(), "text/plain": "x"}}).Data
	if _, there := got["application/json"]; there || !strings.Contains(got[plainType].(string), "application/json cannot be encoded") {
		t.Errorf("Render = %v, want the form left out and named", got)
	}
}

func TestRenderValues(t *testing.T) {
	got := renderValues([]any{41, "x", HTML("<b>"), nil, 2})
	var texts []any
	for _, d := range got {
		texts = append(texts, d.Data[plainType])
	}
	if diff := cmp.Diff([]any{"41 x", "<kernel.HTML>", "nil 2"}, texts); diff != "" {
		t.Errorf("renderValues (-want +got):\n%s", diff)
	}
}
