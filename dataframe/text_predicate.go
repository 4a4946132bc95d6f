package dataframe

import (
	"regexp"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// Contains matches rows whose text contains s, letter for letter; for any case write
// Matches(col, "(?i)…").
func Contains(col, s string) Predicate {
	return textPredicate(col, "Contains", func(t string) bool { return strings.Contains(t, s) })
}

// HasPrefix matches rows whose text begins with s.
func HasPrefix(col, s string) Predicate {
	return textPredicate(col, "HasPrefix", func(t string) bool { return strings.HasPrefix(t, s) })
}

// HasSuffix matches rows whose text ends with s.
func HasSuffix(col, s string) Predicate {
	return textPredicate(col, "HasSuffix", func(t string) bool { return strings.HasSuffix(t, s) })
}

// Matches matches rows whose text contains a match of the regular expression, in the syntax of
// package regexp; anchor it with ^ and $ for the whole text. Its time is linear in the text,
// whatever the pattern. A pattern that does not compile is a panic with a [*UsageError].
func Matches(col, pattern string) Predicate {
	re, err := regexp.Compile(pattern)
	if err != nil {
		panic(usage("Matches(%s, %s): %s", Clip(col), Clip(pattern), Printable(err.Error(), 200)))
	}
	return textPredicate(col, "Matches", re.MatchString)
}

func textPredicate(col, verb string, test func(string) bool) Predicate {
	return Predicate{func(d DataFrame, hits []bool) {
		c := d.Col(col)
		if c.Kind() != String {
			panic(usage("column %s holds %s: %s needs a text column; use Eq, Lt, Gt and the like", Clip(col), plural[c.Kind()], verb))
		}
		c.markTexts(hits, test)
	}}
}

// markTexts marks the rows whose text passes, asking once for each text that occurs.
func (c Column) markTexts(hits []bool, test func(string) bool) {
	d, ok := c.data.(*array.Dictionary)
	if !ok {
		return
	}
	words := d.Dictionary()
	codes := d.Indices().(*array.Int32).Int32Values()
	nulls := d.NullN() > 0
	if words.Len() > 2*len(codes) { // a few rows of a large frame
		for i, code := range codes {
			hits[i] = !(nulls && d.IsNull(i)) && test(wordOf(words, int(code)))
		}
		return
	}
	const unknown, no, yes = 0, 1, 2
	known := make([]byte, words.Len())
	for i, code := range codes {
		if nulls && d.IsNull(i) {
			continue
		}
		if known[code] == unknown {
			known[code] = no
			if test(wordOf(words, int(code))) {
				known[code] = yes
			}
		}
		hits[i] = known[code] == yes
	}
}
