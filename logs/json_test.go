package logs

import (
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"array of objects", `[{"a":1,"b":"x"}, {"a":2}]`, "a:int=1,2 b:string=x,∅"},
		{"empty array", `[]`, ""},
		{"over lines", "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n", "a:int=1,2"},
		{"an array inside", `{"@odata.context":"x","value":[{"a":1},{"a":2}]}`, "a:int=1,2"},
		{"the usual name of several", `{"Schema":[{"Name":"a"}],"Results":[{"a":1}]}`, "a:int=1"},
		{"columns and rows", `{"columns":["a","b"],"rows":[[1,"x"],[2,null]]}`, "a:int=1,2 b:string=x,∅"},
		{"columns, index and data", `{"columns":["a"],"index":[0,1],"data":[[1],[2]]}`, "a:int=1,2"},
		{"a query's answer", `{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"long"}],"rows":[[1],[2]]}]}`, "a:int=1,2"},
		{"columns of labelled values", `{"a":{"0":1,"1":2},"b":{"0":"x","1":"y"}}`, "a:int=1,2 b:string=x,y"},
		{"columns of values", `{"a":[1,2],"b":["x","y"]}`, "a:int=1,2 b:string=x,y"},
		{"one record", `{"a":1,"b":{"c":2}}`, `a:int=1 b:string={"c":2}`},
		{"records over lines, one after another", "{\n\"a\":1\n}\n{\n\"a\":2\n}\n", "a:int=1,2"},
		{"times", `[{"a":"2019-02-10T15:21:06"},{"a":"2019-02-10T15:21:07"}]`, "a:time=2019-02-10T15:21:06Z,2019-02-10T15:21:07Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shown(mustRead(t, c.text)); got != c.want {
				t.Errorf("Read(%q) = %s, want %s", c.text, got, c.want)
			}
		})
	}
}

func TestJSONLabels(t *testing.T) {
	df := mustRead(t, `{"a":{"5":1,"7":2}}`)
	if got := strings.Join(df.Index().Strings(), " "); got != "5 7" {
		t.Errorf("Index() = %s, want 5 7", got)
	}
}

func TestJSONBadRecords(t *testing.T) {
	for _, c := range []struct {
		text, want string
		lines      []int64
	}{
		{"[{\"a\":1},\n{\"a\":x},\n{\"a\":2}]", "a:int=1,2", []int64{2}},
		{"[{\"a\":1},\n{\"a\":2},\n{\"a\":", "a:int=1,2", []int64{3}},
		{"{\"value\":[{\"a\":1},\n{\"a\":2},\n{\"a\":", "a:int=1,2", []int64{3}},
		{"[{\"a\":1},\n{\"a\":2}\n{\"a\":3}]", "a:int=1,2", []int64{3}},
		{"[{\"a\":1},\n3,\n[4]]", "a:int=1", []int64{2, 3}},
		{"{\"columns\":[\"a\",\"b\"],\"data\":[[1,2],\n[3],[5,6]]}", "a:int=1,5 b:int=2,6", []int64{2}},
	} {
		df := mustRead(t, c.text, Options{Format: "json"})
		if got := shown(df); got != c.want {
			t.Errorf("Read(%q) = %s, want %s", c.text, got, c.want)
		}
		var lines []int64
		for _, b := range df.Bad().First {
			lines = append(lines, b.Line)
		}
		if len(lines) != len(c.lines) || lines[0] != c.lines[0] {
			t.Errorf("Read(%q).Bad() lines = %v, want %v: %v", c.text, lines, c.lines, df.Bad().First)
		}
	}
}

func TestJSONErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"a":[{"x":1}],"b":[{"y":1}]}`, `several arrays of records ("a", "b")`},
		{`{"a":[1,2],"b":[1]}`, "equal rows"},
		{`{"tables":[{"columns":[],"rows":[]},{"columns":[],"rows":[]}]}`, "2 tables"},
		{`{"a":{"0":1},"b":{"0":`, "ends too early"},
		{`{"a":[1 2],"b":[1]}`, `column "a" is broken at byte 8`},
		{`{"columns":["a" "b"],"rows":[[1,2]]}`, "the array of column names is broken"},
		{`[[1,2],[3,4]]`, "none of the 2 records"},
	} {
		if _, err := Read(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Read(%q) = %v, want %s", c.text, err, c.want)
		}
	}
}
