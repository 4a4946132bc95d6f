package docs

import (
	"go/doc/comment"
	"strings"
)

// Markdown prints a doc comment of the package at a path: headings, code, lists, and links to
// pkg.go.dev where the comment names a declaration in brackets.
func (p *Package) Markdown(path, text string) string {
	printer := comment.Printer{
		HeadingLevel: 4,
		HeadingID:    func(*comment.Heading) string { return "" },
		DocLinkURL: func(link *comment.DocLink) string {
			target := *link
			if target.ImportPath == "" {
				target.ImportPath = path
			}
			return target.DefaultURL("https://pkg.go.dev")
		},
	}
	return strings.TrimSpace(string(printer.Markdown(p.parse(text))))
}

// Text prints a doc comment for a terminal, in lines of 80 characters.
func (p *Package) Text(text string) string {
	printer := comment.Printer{TextCodePrefix: "    ", TextWidth: 80}
	return strings.TrimSpace(string(printer.Text(p.parse(text))))
}

func (p *Package) parse(text string) *comment.Doc {
	parser := comment.Parser{LookupSym: func(receiver, name string) bool {
		if receiver != "" {
			name = receiver + "." + name
		}
		_, known := p.Entries[name]
		return known
	}}
	return parser.Parse(text)
}
