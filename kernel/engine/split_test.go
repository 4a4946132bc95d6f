package engine

import (
	"go/scanner"
	"go/token"
	"strings"
	"testing"
)

// FuzzSplit cuts any text: every token of it must be in one chunk, in order and in its place,
// but for the semicolons between chunks.
func FuzzSplit(f *testing.F) {
	f.Add("x := 1; y := 2\nx + y")
	f.Add("import \"fmt\"\ntype P struct {\n\tX int\n}\nfunc (p P) Get() int { return p.X }\nP{1}.Get()")
	f.Add("for i := 0; i < 3; i++ {\n}\nif x := 1; x > 0 { } // end")
	f.Add("func (")
	f.Add("`\r\n")
	f.Add("text := `a\r\nb`; len(text)")
	f.Add("}};{(\x00 'a")
	f.Fuzz(func(t *testing.T, source string) {
		for _, mark := range []string{"\xfe\xff", "\xff\xfe", "\ufeff"} {
			if strings.Contains(source, mark) {
				t.Skip("a byte order mark means another thing at the beginning of a chunk")
			}
		}
		var got, from []string
		offset := 0
		for _, c := range split(source) {
			at := strings.Index(source[offset:], c.source)
			if c.source == "" || at < 0 {
				t.Fatalf("split(%q) has chunk %q, want a piece of the text behind the chunk before", source, c.source)
			}
			offset += at + len(c.source)
			got = append(got, tokens(c.source)...)
			if lines := strings.Count(source, "\n") + 1; c.line < 1 || c.line > lines || c.column < 1 {
				t.Errorf("split(%q) puts %q at %d:%d, want a place in the text", source, c.source, c.line, c.column)
			}
		}
		if from = tokens(source); strings.Join(got, "\x00") != strings.Join(from, "\x00") {
			t.Errorf("split(%q) has the tokens %q, want %q", source, got, from)
		}
	})
}

// tokens lists what a text consists of, without semicolons: the end of a chunk is one. The
// end of the text may cut what is not closed, so white space at the end of a token is left out.
func tokens(source string) (list []string) {
	file := token.NewFileSet().AddFile("", -1, len(source))
	var scan scanner.Scanner
	scan.Init(file, []byte(source), nil, 0)
	for {
		_, tok, literal := scan.Scan()
		switch tok {
		case token.EOF:
			return list
		case token.SEMICOLON:
		default:
			list = append(list, tok.String()+strings.TrimRight(literal, " \t\r\n"))
		}
	}
}
