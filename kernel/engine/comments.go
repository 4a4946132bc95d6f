package engine

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"strings"
)

// commentOf finds the comment of what a line declares: the one that ends just above, or else
// the one at the end of the line. It comes without comment marks.
func commentOf(code string, line int) string {
	above, beside := comments(code)
	if group := above[line-1]; group != nil {
		return group.Text()
	}
	return beside[line].Text()
}

// comments gives the comments of a text by the line that they end in: those that stand alone,
// several as one when no line is between them, and those beside code.
func comments(code string) (above, beside map[int]*ast.CommentGroup) {
	above, beside = map[int]*ast.CommentGroup{}, map[int]*ast.CommentGroup{}
	file := token.NewFileSet().AddFile("", -1, len(code))
	var scan scanner.Scanner
	scan.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	codeLine := 0 // where the latest code ends
	for {
		pos, tok, literal := scan.Scan()
		if tok == token.EOF {
			return above, beside
		}
		first := file.Line(pos)
		last := first + strings.Count(literal, "\n")
		if tok != token.COMMENT {
			if literal != "\n" { // no automatic semicolon
				codeLine = last
			}
			continue
		}
		comment := &ast.Comment{Text: strings.ReplaceAll(literal, "\r", "")}
		if first == codeLine {
			beside[last] = &ast.CommentGroup{List: []*ast.Comment{comment}}
			continue
		}
		group := above[first-1]
		if group == nil {
			group = new(ast.CommentGroup)
		}
		delete(above, first-1)
		group.List = append(group.List, comment)
		above[last] = group
	}
}
