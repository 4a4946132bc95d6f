package engine

import (
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
	"unicode/utf8"
)

// kind says what a chunk of a cell is.
type kind int

const (
	packageKind kind = iota
	importKind
	typeKind
	funcKind // a function or method declaration
	constKind
	varKind
	stmtKind
)

// chunk is one top-level declaration or statement of a cell, with the place of its first
// byte, counted from 1 as go/token does.
type chunk struct {
	kind         kind
	source       string
	line, column int
}

// splitter cuts a token stream into chunks.
type splitter struct {
	source     string
	file       *token.File
	chunks     []chunk
	start, end int           // of the open chunk; start is -1 when there is none
	tokens     []token.Token // of the open chunk
	depth      int           // of brackets
}

// split cuts a cell at the semicolons, written or automatic, that no bracket encloses.
// Go's grammar allows declarations and statements side by side nowhere, so a cell cannot
// go to go/parser as a whole.
func split(source string) []chunk {
	file := token.NewFileSet().AddFile("", -1, len(source))
	s := splitter{source: source, file: file, start: -1}
	var scan scanner.Scanner
	scan.Init(file, []byte(source), nil, 0)
	for {
		pos, tok, literal := scan.Scan()
		if tok == token.EOF {
			s.flush()
			return s.chunks
		}
		s.add(file.Offset(pos), tok, literal)
	}
}

func (s *splitter) add(offset int, tok token.Token, literal string) {
	if tok == token.SEMICOLON && s.depth <= 0 && (literal != ";" || !s.inHeader()) {
		s.flush()
		return
	}
	if s.start < 0 {
		s.start = offset
	}
	switch tok {
	case token.LPAREN, token.LBRACE, token.LBRACK:
		s.depth++
	case token.RPAREN, token.RBRACE, token.RBRACK:
		s.depth--
	}
	s.tokens = append(s.tokens, tok)
	switch {
	case tok == token.SEMICOLON && literal == "\n":
		s.end = offset
	case literal != "" && tok != token.SEMICOLON:
		s.end = offset + s.length(offset, tok, literal)
	default:
		s.end = offset + len(tok.String())
	}
	s.end = min(s.end, len(s.source)) // an open literal has no end
}

// length is how many bytes a literal takes in the text: the scanner drops the carriage returns
// of raw strings, and replaces bytes that are no UTF-8.
func (s *splitter) length(offset int, tok token.Token, literal string) int {
	rest := s.source[offset:]
	switch {
	case tok == token.ILLEGAL:
		_, size := utf8.DecodeRuneInString(rest)
		return size
	case literal[0] == '`':
		if end := strings.IndexByte(rest[1:], '`'); end >= 0 {
			return end + 2
		}
		return len(rest)
	}
	return len(literal)
}

func (s *splitter) flush() {
	s.depth = 0
	if s.start < 0 {
		return
	}
	at := s.file.Position(s.file.Pos(s.start))
	s.chunks = append(s.chunks, chunk{classify(s.tokens), s.source[s.start:s.end], at.Line, at.Column})
	s.start, s.tokens = -1, nil
}

// inHeader tells whether a written semicolon belongs to the header of for, if or switch.
func (s *splitter) inHeader() bool {
	tokens := s.tokens
	for len(tokens) > 1 && tokens[0] == token.IDENT && tokens[1] == token.COLON {
		tokens = tokens[2:] // a label
	}
	if len(tokens) == 0 {
		return false
	}
	switch tokens[0] {
	case token.FOR, token.IF, token.SWITCH:
	default:
		return false
	}
	if tokens[len(tokens)-1] != token.RBRACE {
		return true
	}
	// "if x := (T{}); …" or "for … {}; next": only the parser can tell
	_, err := parser.ParseFile(token.NewFileSet(), "", inFunction+s.source[s.start:s.end]+"\n}", parser.SkipObjectResolution)
	return err != nil
}

func classify(tokens []token.Token) kind {
	switch tokens[0] {
	case token.PACKAGE:
		return packageKind
	case token.IMPORT:
		return importKind
	case token.TYPE:
		return typeKind
	case token.CONST:
		return constKind
	case token.VAR:
		return varKind
	case token.FUNC:
		if isFunctionDeclaration(tokens) {
			return funcKind
		}
	}
	return stmtKind
}

// isFunctionDeclaration tells func f(…) and func (r T) m(…) from func(…) {…}(…).
func isFunctionDeclaration(tokens []token.Token) bool {
	if len(tokens) < 2 || tokens[1] == token.IDENT {
		return len(tokens) > 1
	}
	depth := 0
	for i, tok := range tokens {
		switch tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
			if depth == 0 {
				return i+2 < len(tokens) && tokens[i+1] == token.IDENT && tokens[i+2] == token.LPAREN
			}
		}
	}
	return false
}
