package engine

import (
	"errors"
	"go/scanner"
	"go/token"
	"strings"

	"github.com/gophertrees/gopherwood/kernel"
)

// IsComplete implements kernel.Engine: code that more text could make right is incomplete.
func (e *Engine) IsComplete(code string) (kernel.Completeness, string) {
	_, code = e.snapshot().commandLines(code)
	if depth, open, text := openEnd(code); text {
		return kernel.Incomplete, "" // an indent would become part of the string
	} else if open {
		return kernel.Incomplete, strings.Repeat("\t", depth)
	}
	c := newCell(0, code)
	err := c.parse(token.NewFileSet(), nil, false)
	if err == nil {
		return kernel.Complete, ""
	}
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 && atEnd(code, list[0]) {
		return kernel.Incomplete, ""
	}
	return kernel.Invalid, ""
}

// openEnd scans code and tells whether it ends inside brackets, a raw string, a comment or
// an expression, and how many brackets are open; text is set in a string or comment.
func openEnd(code string) (depth int, open, text bool) {
	file := token.NewFileSet().AddFile("", -1, len(code))
	var scan scanner.Scanner
	scan.Init(file, []byte(code), func(_ token.Position, message string) {
		text = text || message == "raw string literal not terminated" || message == "comment not terminated"
	}, 0)
	last := token.SEMICOLON
	for {
		_, tok, _ := scan.Scan()
		if tok == token.EOF {
			break
		}
		last = tok
		switch tok {
		case token.LPAREN, token.LBRACE, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACE, token.RBRACK:
			depth--
		}
		if depth < 0 {
			return 0, false, false
		}
	}
	return depth, depth > 0 || text || continues(last), text
}

// continues tells whether no statement can end in tok: the scanner ends the others with an
// automatic semicolon.
func continues(tok token.Token) bool {
	switch tok {
	case token.SEMICOLON, token.RPAREN, token.RBRACE, token.RBRACK, token.COLON, token.ILLEGAL, token.INC, token.DEC:
		return false
	}
	return tok.IsOperator() || tok.IsKeyword()
}

// atEnd tells whether a complaint is about the end of the code, as of "if x" or "else".
func atEnd(code string, err *scanner.Error) bool {
	lines := strings.Split(strings.TrimRight(code, " \t\r\n"), "\n")
	return err.Pos.Line > len(lines) || err.Pos.Line == len(lines) && err.Pos.Column > len(lines[len(lines)-1])
}
