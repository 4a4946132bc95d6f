package logs

import (
	"strconv"
	"strings"
	"testing"
)

func TestJSONL(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"types", `{"i":1,"f":1.5,"s":"x","b":true,"n":null}` + "\n" + `{"i":2,"f":2,"s":"y","b":false,"n":null}`,
			"i:int=1,2 f:float=1.5,2.0 s:string=x,y b:bool=true,false n:string=∅,∅"},
		{"missing and new keys", `{"a":1}` + "\n" + `{"b":2}` + "\n" + `{"b":3,"a":4}`, "a:int=1,∅,4 b:int=∅,2,3"},
		{"of equal keys the last counts", `{"a":1,"a":2}` + "\n" + `{"a":3}`, "a:int=2,3"},
		{"nested values are JSON text", `{"a":{"x": [1, "y"]}}` + "\n" + `{"a":[]}`, `a:string={"x":[1,"y"]},[]`},
		{"large integers stay text", `{"a":123456789012345678901}` + "\n" + `{"a":1}`, "a:string=123456789012345678901,1"},
		{"texts of digits stay text", `{"a":"1"}` + "\n" + `{"a":"2"}`, "a:string=1,2"},
		{"times", `{"a":"2021-12-15T23:00:03.4494644Z"}` + "\n" + `{"a":null}`, "a:time=2021-12-15T23:00:03.4494644Z,∅"},
		{"NaN is null", `{"a":NaN}` + "\n" + `{"a":1.5}`, "a:float=∅,1.5"},
		{"CRLF and blank lines", "{\"a\":1}\r\n\r\n{\"a\":2}\r\n", "a:int=1,2"},
		{"escapes", `{"a\n":"\u00e9\u0000"}` + "\n" + `{"a\n":"x"}`, "a\n:string=é\x00,x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shown(mustRead(t, c.text)); got != c.want {
				t.Errorf("Read(%q) = %s, want %s", c.text, got, c.want)
			}
		})
	}
}

func TestJSONLBadRecords(t *testing.T) {
	text := "{\"a\":1}\n{\"a\":}\n{\"a\":2}\n{\"a\":\"\xff\"}\n{\"a\":1-2}\n[1]\n{\"a\":3}\n{\"a\":4"
	df := mustRead(t, text, Options{Format: "jsonl"})
	if got, want := shown(df), "a:int=1,2,3"; got != want {
		t.Errorf("Read(%q) = %s, want %s", text, got, want)
	}
	var lines []int64
	for _, b := range df.Bad().First {
		lines = append(lines, b.Line)
		if !strings.HasPrefix(text[b.Offset:], b.Text) {
			t.Errorf("Bad(): no %q at offset %d", b.Text, b.Offset)
		}
	}
	if len(lines) != 5 || lines[0] != 2 || lines[1] != 4 || lines[2] != 5 || lines[3] != 6 || lines[4] != 8 {
		t.Errorf("Bad() lines = %v, want 2 4 5 6 8: %v", lines, df.Bad().First)
	}
}

func TestJSONLMixedNotes(t *testing.T) {
	df := mustRead(t, "{\"a\":1,\"b\":[1]}\n{\"a\":\"x\",\"b\":[2]}\n")
	if notes := df.Notes(); len(notes) != 2 || !strings.Contains(notes[0], "mixes") || !strings.Contains(notes[1], "nested") {
		t.Errorf("Notes() = %q, want one on mixed and one on nested values", notes)
	}
}

// TestJSONLEverNewKeys reads records that would make a frame of a trillion cells.
func TestJSONLEverNewKeys(t *testing.T) {
	var b strings.Builder
	for i := range 100_000 {
		b.WriteString(`{"k` + strings.Repeat("x", 1+i%7) + string(rune('0'+i%10)) + "-" + strconv.Itoa(i) + "\":1}\n")
	}
	if _, err := Read(strings.NewReader(b.String())); err == nil || !strings.Contains(err.Error(), "different keys") {
		t.Errorf("Read of ever new keys = %v, want an error", err)
	}
}
