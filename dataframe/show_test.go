package dataframe_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/rivo/uniseg"
)

var update = flag.Bool("update", false, "write the golden files anew")

func wantGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s = \n%s\nwant\n%s", name, got, want)
	}
}

// hostile is what an attacker may write into a log.
var hostile = []string{
	`<script>alert(1)</script>`, "\x1b[2J\x1b[31mred", "evil\u202egnp.exe", "two\nlines\r", "\xff\xfe", "世界世界世界世界世界世界世界世界世界世界世界世界世界世界",
	`"><img src=x onerror=alert(1)>`, strings.Repeat("A", 1<<20), "z" + strings.Repeat("\u0301", 1<<10), "{{.}}", "\u200b\u2066", "&amp;",
}

func hostileFrame() dataframe.DataFrame {
	var bad dataframe.BadRecords
	for _, s := range hostile {
		bad.Add(dataframe.BadRecord{Source: s, Line: 7, Reason: s, Text: s})
	}
	return dataframe.New(dataframe.Strings("plain", hostile), dataframe.Strings(hostile[0]+hostile[1], hostile)).
		WithIndex(dataframe.Strings("\x1b"+hostile[6], hostile)).WithNotes(hostile...).WithBad(bad)
}

func TestHostileTextStaysText(t *testing.T) {
	d := hostileFrame()
	text := map[string]string{"String": d.String(), "Row.String": d.At(1).String(), "Column.String": d.Col("plain").String()}
	pages := map[string]string{"HTML": d.HTML(), "Row.HTML": d.At(0).HTML(), "Column.HTML": d.Col("plain").HTML()}
	for name, s := range text {
		for _, r := range strings.ReplaceAll(s, "\n", "") {
			if unicode.Is(unicode.C, r) || r == utf8.RuneError {
				t.Errorf("%s holds %U", name, r)
			}
		}
	}
	tag := regexp.MustCompile(`<[^>]*>`)
	ours := regexp.MustCompile(`^(</?(div|thead|tbody|tr|th|td|p|small|span)>|<table border="0" class="dataframe">|</table>|<tbody style="white-space: nowrap;">|` +
		`<t[rd] style="text-align: (right|left);">|<span (title="[^"<>]*"|style="opacity: 0.65")>)$`)
	for name, s := range pages {
		for _, m := range tag.FindAllString(s, -1) {
			if !ours.MatchString(m) {
				t.Errorf("%s holds the tag %q", name, m)
			}
		}
		for _, r := range strings.ReplaceAll(s, "\n", "") {
			if unicode.Is(unicode.C, r) {
				t.Errorf("%s holds %U", name, r)
			}
		}
		text[name] = s
	}
	for name, s := range text {
		if len(s) > 40_000 {
			t.Errorf("%s of 1 MB cells has %d bytes, want a bounded text", name, len(s))
		}
	}
	if s := d.String(); !strings.Contains(s, `evil\u202egnp.exe`) || !strings.Contains(s, `\x1b[2J`) && !strings.Contains(s, `\u001b[2J`) {
		t.Errorf("String() does not show the escapes:\n%s", s)
	}
	wantGolden(t, "hostile.txt", d.String())
	wantGolden(t, "hostile.html", d.HTML())
}

func wide(rows, cols int) dataframe.DataFrame {
	var columns []dataframe.Column
	for j := range cols {
		columns = append(columns, dataframe.FromSlice(fmt.Sprintf("column%d", j), j, rows))
	}
	return dataframe.New(columns...)
}

func TestShownSizes(t *testing.T) {
	for _, c := range []struct {
		rows, cols, wantRows int
		wantFooter           string
	}{
		{1, 1, 1, "1 row × 1 column"},
		{0, 2, 0, "0 rows × 2 columns"},
		{60, 3, 60, "60 rows × 3 columns"},
		{61, 3, 11, "61 rows × 3 columns (51 rows not shown)"},
		{5, 20, 5, "5 rows × 20 columns"},
		{1000, 21, 11, "1000 rows × 21 columns (990 rows and 1 column not shown)"},
	} {
		d := wide(c.rows, c.cols)
		html := d.HTML()
		if got := strings.Count(html, "<tr>"); got != c.wantRows {
			t.Errorf("%d x %d: HTML() has %d rows, want %d", c.rows, c.cols, got, c.wantRows)
		}
		if want := "<p>" + c.wantFooter + "</p>"; !strings.Contains(html, want) {
			t.Errorf("%d x %d: HTML() lacks %s", c.rows, c.cols, want)
		}
		for i, line := range strings.Split(d.String(), "\n") {
			if n := uniseg.StringWidth(line); n > 160 {
				t.Errorf("%d x %d: line %d of String() is %d wide, want at most 160", c.rows, c.cols, i, n)
			}
		}
	}
	if got := wide(1000, 2).Head(40).String(); strings.Contains(got, "…") || strings.Count(got, "\n") != 41 {
		t.Errorf("Head(40) cuts rows:\n%s", got)
	}
	wantGolden(t, "wide.txt", wide(1000, 40).String())
	wantGolden(t, "wide.html", wide(62, 21).HTML())
}

func TestShownWidthIsUsedInFull(t *testing.T) {
	for _, last := range []int{1, 2} {
		var columns []dataframe.Column
		for i, w := range []int{50, 50, 47, 1, last} {
			columns = append(columns, dataframe.Strings(fmt.Sprint(i), []string{strings.Repeat("x", w)}))
		}
		s := dataframe.New(columns...).String()
		if cut := strings.Contains(s, "…"); cut != (last == 2) {
			t.Errorf("a table %d wide: cut is %v:\n%s", 159+last, cut, s)
		}
	}
}

func TestTooltipsOnlyWhereTextIsCut(t *testing.T) {
	for text, want := range map[string]int{"ends in …": 0, strings.Repeat("x", 50): 0, strings.Repeat("x", 51): 1} {
		if got := strings.Count(dataframe.New(dataframe.FromSlice("a", text, 1)).HTML(), "title="); got != want {
			t.Errorf("HTML() of %q has %d tooltips, want %d", text, got, want)
		}
	}
}

func TestShownTimes(t *testing.T) {
	day := time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC).UnixNano()
	for _, c := range []struct {
		add   int64
		zoned bool
		want  string
	}{
		{0, false, "2020-01-02"},
		{0, true, "2020-01-02 00:00:00+00:00"},
		{int64(time.Second), false, "2020-01-02 00:00:01"},
		{int64(time.Millisecond), false, "2020-01-02 00:00:00.001"},
		{int64(time.Microsecond), true, "2020-01-02 00:00:00.000001+00:00"},
		{1, false, "2020-01-02 00:00:00.000000001"},
	} {
		col := dataframe.Nanos("t", []int64{day + c.add, day, 1}, c.zoned, []bool{true, true, false})
		lines := strings.Split(col.String(), "\n")
		if got := strings.TrimPrefix(lines[0], "0  "); got != c.want {
			t.Errorf("%d ns after midnight, zoned %v = %q, want %q", c.add, c.zoned, got, c.want)
		}
		if len(lines[1]) != len(lines[0]) || !strings.HasSuffix(lines[2], "NaT") {
			t.Errorf("%q and %q differ in precision, or no NaT in %q", lines[0], lines[1], lines[2])
		}
	}
}

// The expected texts are what pandas 3.1 prints for the same numbers.
func TestShownFloats(t *testing.T) {
	for _, c := range []struct {
		in   []float64
		want string
	}{
		{[]float64{1, 2.5}, "1.0 2.5"},
		{[]float64{1, 2}, "1.0 2.0"},
		{[]float64{0.1234567, 1}, "0.123457 1.000000"},
		{[]float64{1e-7, 1}, "1.000000e-07 1.000000e+00"},
		{[]float64{123456789.5}, "123456789.5"},
		{[]float64{123456789.123}, "1.234568e+08"},
		{[]float64{1e10, 1}, "1.000000e+10 1.000000e+00"},
		{[]float64{math.NaN(), math.Inf(1), -1}, "NaN inf -1.0"},
		{[]float64{0, 0}, "0.0 0.0"},
		{[]float64{-0.5, 100.25}, "-0.50 100.25"},
		{[]float64{4688, 4689.5}, "4688.0 4689.5"},
		{[]float64{1234567.1234}, "1.234567e+06"},
		{[]float64{1234567.123}, "1234567.123"},
		{[]float64{}, ""},
	} {
		var got []string
		for i, line := range strings.Split(dataframe.Floats("", c.in).String(), "\n") {
			if i < len(c.in) {
				got = append(got, strings.Fields(line)[1])
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%v shows as %q, want %q", c.in, s, c.want)
		}
	}
}

// TestLongLabelsKeepTheirEnd: keys that differ in pid and time alone stay apart on the screen.
func TestLongLabelsKeepTheirEnd(t *testing.T) {
	long := `c:\windowsazure\guestagent_2.7.41491.1107_2024-02-12_071503\collectguestlogs.exe|0x7a4|1970-01-01 00:00:00.000000`
	df := dataframe.New(dataframe.Ints("n", []int64{1})).WithIndex(dataframe.Strings("proc_key", []string{long}))
	for what, text := range map[string]string{"String": df.String(), "HTML": df.HTML()} {
		if !strings.Contains(text, `c:\windowsazure\…|0x7a4|1970-01-01 00:00:00.000000`) {
			t.Errorf("%s = %s, want the label's beginning and end", what, text)
		}
	}
}
