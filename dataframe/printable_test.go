package dataframe_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

func TestPrintable(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{`C:\Windows\System32\cmd.exe`, 50, `C:\Windows\System32\cmd.exe`},
		{"red \x1b[31m", 50, `red \x1b[31m`},
		{"exe.\u202egpj", 50, `exe.\u202egpj`},
		{"a\nb\tc\r", 50, `a\nb\tc\r`},
		{"\xff\xfe", 50, `\xff\xfe`},
		{"\u0085\u00a0\u200b\ufeff\u2028", 50, `\u0085\u00a0\u200b\ufeff\u2028`},
		{"\u3164\u115f\u2800", 50, `\u3164\u115f\u2800`},
		{"\U000e0041", 50, `\U000e0041`},
		{"Grüße 世界 שלום 😀", 50, "Grüße 世界 שלום 😀"},
		{"z" + strings.Repeat("\u0301", 6), 50, "z\u0301\u0301\u0301\u0301\\u0301\\u0301"},
		{"abcdef", 6, "abcdef"},
		{"abcdefg", 6, "abcde…"},
		{"世界世界", 3, "世界…"},
		{"abc\x1bdef", 6, "abc…"},
		{"ab\x1b", 6, `ab\x1b`},
		{"", 5, ""},
		{"abc", 0, "…"},
		{"a", -1, "a"},
		{strings.Repeat("x", 1<<20), 10, "xxxxxxxxx…"},
	} {
		if got := dataframe.Printable(c.in, c.limit); got != c.want {
			t.Errorf("Printable(%.40q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("\x1b[31m\u202e\xff世界", 7)
	f.Add("", 0)
	f.Add("a\x00\u2028\u2029\ufeff", -1)
	f.Add("\xf0\x9f\x98", 2)
	f.Add("e\u0301\u200d👩\u200d💻", 3)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		got := dataframe.Printable(s, limit)
		if n := utf8.RuneCountInString(got); n > max(limit, 1) {
			t.Errorf("Printable(%q, %d) has %d characters", s, limit, n)
		}
		if !utf8.ValidString(got) {
			t.Errorf("Printable(%q, %d) = %q, not UTF-8", s, limit, got)
		}
		for _, r := range got {
			if unicode.Is(unicode.C, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
				t.Errorf("Printable(%q, %d) = %q holds %U", s, limit, got, r)
			}
		}
		if again := dataframe.Printable(got, max(limit, 1)); again != got {
			t.Errorf("Printable(Printable(%q)) = %q, want %q", s, again, got)
		}
	})
}

func ExamplePrintable() {
	fmt.Println(dataframe.Printable("invoice\u202efdp.exe", 40))
	fmt.Println(dataframe.Printable("a very long command line", 12))
	// Output:
	// invoice\u202efdp.exe
	// a very long…
}
