package logs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

func mustRead(t *testing.T, text string, o ...Options) dataframe.DataFrame {
	t.Helper()
	df, err := Read(strings.NewReader(text), o...)
	if err != nil {
		t.Fatalf("Read(%q) = %v", text, err)
	}
	return df
}

// shown writes a frame in one line for comparisons: name:kind=value,value with null as ∅.
func shown(df dataframe.DataFrame) string {
	var parts []string
	for _, c := range df.Columns() {
		var values []string
		for i := range c.Len() {
			if c.IsNull(i) {
				values = append(values, "∅")
			} else {
				values = append(values, c.Text(i))
			}
		}
		parts = append(parts, fmt.Sprintf("%s:%s=%s", c.Name(), c.Kind(), strings.Join(values, ",")))
	}
	return strings.Join(parts, " ")
}

func TestCSV(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"integers", "a,b\n1,-2\n0,9223372036854775807\n", "a:int=1,0 b:int=-2,9223372036854775807"},
		{"leading zeros stay text", "a,b\n007,1\n8,2\n", "a:string=007,8 b:int=1,2"},
		{"plus stays text", "a,b\n+5,1\n", "a:string=+5 b:int=1"},
		{"beyond 64 bits stays text", "a,b\n9223372036854775808,1\n1,2\n", "a:string=9223372036854775808,1 b:int=1,2"},
		{"numbers", "a,b\n1.5,1e3\n2,inf\n", "a:float=1.5,2.0 b:float=1000.0,+Inf"},
		{"NaN in numbers is null", "a,b\n1.5,x\nNaN,y\n", "a:float=1.5,∅ b:string=x,y"},
		{"NaN alone is text", "a,b\nNaN,x\nnan,y\n", "a:string=NaN,nan b:string=x,y"},
		{"an inexact integer keeps its digits", "a,b\n9007199254740993,1\n0.5,2\n", "a:string=9007199254740993,0.5 b:int=1,2"},
		{"bools", "a,b\ntrue,False\nTrue,FALSE\n", "a:bool=true,true b:bool=false,false"},
		{"words of null stay text", "a,b,c\nNA,None,null\n", "a:string=NA b:string=None c:string=null"},
		{"empty is null", "a,b\n,x\n1,\n", "a:int=∅,1 b:string=x,∅"},
		{"quoted empty is text in text, null elsewhere", "a,b\n\"\",\"\"\n1,x\n", "a:int=∅,1 b:string=,x"},
		{"a column of nulls is text", "a,b\n,1\n,2\n", "a:string=∅,∅ b:int=1,2"},
		{"quotes", "a,b\n\"x,\"\"y\"\"\n z\",1\n", "a:string=x,\"y\"\n z b:int=1"},
		{"a quote inside a plain field", "a,b\nx\"y,1\n", "a:string=x\"y b:int=1"},
		{"CRLF", "a,b\r\n\"x\r\ny\",1\r\n", "a:string=x\ny b:int=1"},
		{"no newline at the end", "a,b\nx,1", "a:string=x b:int=1"},
		{"blank lines", "\na,b\n\nx,1\n\n", "a:string=x b:int=1"},
		{"header only", "a,b\n", "a:string= b:string="},
		{"names twice", "x,x,y,x,x.1\n1,2,3,4,5\n", "x:int=1 x.2:int=2 y:int=3 x.3:int=4 x.1:int=5"},
		{"semicolons", "a;b\n1;2,5\n", "a:int=1 b:string=2,5"},
		{"bars", "a|b\n1|2\n", "a:int=1 b:int=2"},
		{"tabs", "a\tb\n1\t2\n", "a:int=1 b:int=2"},
		{"one column", "PID\n4\n88\n", "PID:int=4,88"},
		{"byte order mark", "\xef\xbb\xbfa,b\n1,2\n", "a:int=1 b:int=2"},
		{"unnamed first column is the index", ",a\n5,x\n7,y\n", "a:string=x,y"},
		{"unless it is not distinct", ",a\n5,x\n5,y\n", "Unnamed: 0:int=5,5 a:string=x,y"},
		{"times with T and blank", "a,b\n2019-02-10T15:21:06.89,2019-02-10 15:21\n", "a:time=2019-02-10T15:21:06.89Z b:time=2019-02-10T15:21:00Z"},
		{"times with a zone", "a,b\n2019-02-10T15:21:06+01:00,1\n", "a:time=2019-02-10T14:21:06Z b:int=1"},
		{"one text keeps times text", "a,b\n2019-02-10T15:21:06,1\nN/A,2\n", "a:string=2019-02-10T15:21:06,N/A b:int=1,2"},
		{"mixed zones stay text", "a,b\n2019-02-10T15:21:06,1\n2019-02-10T15:21:06Z,2\n", "a:string=2019-02-10T15:21:06,2019-02-10T15:21:06Z b:int=1,2"},
		{"a date alone is text", "a,b\n2019-02-10,1\n", "a:string=2019-02-10 b:int=1"},
		{"no time of year 9999", "a,b\n9999-12-31T23:59:59,1\n", "a:string=9999-12-31T23:59:59 b:int=1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shown(mustRead(t, c.text)); got != c.want {
				t.Errorf("Read(%q) = %s, want %s", c.text, got, c.want)
			}
		})
	}
}

func TestCSVZones(t *testing.T) {
	df := mustRead(t, "a,b\n2019-02-10T15:21:06,2019-02-10T15:21:06Z\n")
	if df.Col("a").Zoned() || !df.Col("b").Zoned() {
		t.Errorf("Zoned() = %v, %v, want false, true", df.Col("a").Zoned(), df.Col("b").Zoned())
	}
}

func TestCSVIndex(t *testing.T) {
	df := mustRead(t, ",a\n5,x\n7,y\n")
	if got := strings.Join(df.Index().Strings(), " "); got != "5 7" {
		t.Errorf("Index() = %s, want 5 7", got)
	}
}

func TestCSVBadRecords(t *testing.T) {
	text := "a,b,c\n1,2,3\n4,5\n6,7,8\n\"x\"y,1,2\n9,\xff,1\n10,11,12,13\n14,15,\"never\n16,17,18\n"
	df := mustRead(t, text)
	if got, want := shown(df), "a:int=1,6,16 b:int=2,7,17 c:int=3,8,18"; got != want {
		t.Errorf("Read(%q) = %s, want %s", text, got, want)
	}
	bad := df.Bad()
	want := []struct {
		line   int64
		offset int
		reason string
	}{
		{3, strings.Index(text, "4,5"), "row has 2 fields, want 3"},
		{5, strings.Index(text, "\"x\"y"), "text follows a closing quote"},
		{6, strings.Index(text, "9,\xff"), "text is not UTF-8"},
		{7, strings.Index(text, "10,11"), "row has 4 fields, want 3"},
		{8, strings.Index(text, "14,15"), "a quote is never closed"},
	}
	if bad.Total != len(want) {
		t.Fatalf("Bad().Total = %d, want %d: %v", bad.Total, len(want), bad.First)
	}
	for i, w := range want {
		if b := bad.First[i]; b.Line != w.line || b.Offset != int64(w.offset) || b.Reason != w.reason {
			t.Errorf("Bad().First[%d] = line %d, offset %d, %q; want %v", i, b.Line, b.Offset, b.Reason, w)
		}
	}
}

// TestCSVStrayQuotes reads many quotes that are never closed: it would take hours if the time grew
// with the square of the length.
func TestCSVStrayQuotes(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,b\n1,2\n")
	for range 200_000 {
		b.WriteString("a\",\"b\n") // a quote opens in each line, and the next line closes it and opens another
	}
	df := mustRead(t, b.String(), Options{Format: "csv"})
	if df.Nrow() != 1 || df.Bad().Total < 1000 {
		t.Errorf("Read of stray quotes = %d rows and %d bad, want 1 and many", df.Nrow(), df.Bad().Total)
	}
}
