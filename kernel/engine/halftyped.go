package engine

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"
)

// halfTyped is code up to a place of interest, parsed and type-checked as well as it goes.
type halfTyped struct {
	*checked
	path []ast.Node // from the file down to the identifier at the place
}

// mark stands for what is still to be typed.
const mark = "complete_here"

// snapshot gives a checker of its own to a question that comes while a cell runs.
func (e *Engine) snapshot() checker {
	e.mu.Lock()
	defer e.mu.Unlock()
	return checker{token.NewFileSet(), e.importer, maps.Clone(e.objects), e.imports}
}

// understand parses and checks code that ends inside the identifier of interest, with its
// brackets closed, and finds that identifier.
func (k checker) understand(code string, name string) *halfTyped {
	c := newCell(0, code+closers(code))
	c.tolerant = true
	_ = c.parse(k.fset, nil, false) // whatever it makes of it
	if imports, err := k.resolve(c); err == nil {
		k.imports = imports
	}
	ch, _ := k.check(c)
	h := &halfTyped{checked: ch}
	line := strings.Count(code, "\n") + 1
	column := len(code) - strings.LastIndex(code, "\n")
	var path []ast.Node
	ast.Inspect(ch.file, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		path = append(path, n)
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			if at := k.fset.Position(id.End()); at.Line == line && at.Column == column {
				h.path = append([]ast.Node(nil), path...)
			}
		}
		return true
	})
	return h
}

// closers are the brackets that code leaves open, in the order that closes them.
func closers(code string) string {
	file := token.NewFileSet().AddFile("", -1, len(code))
	var scan scanner.Scanner
	scan.Init(file, []byte(code), func(token.Position, string) {}, 0)
	var open []byte
	for {
		_, tok, _ := scan.Scan()
		switch tok {
		case token.LPAREN:
			open = append(open, ')')
		case token.LBRACK:
			open = append(open, ']')
		case token.LBRACE:
			open = append(open, '}')
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case token.EOF:
			var text strings.Builder
			for i := len(open) - 1; i >= 0; i-- {
				text.WriteByte(open[i])
			}
			return text.String()
		}
	}
}

// identifier is the node at the place of interest, nil when there is none.
func (h *halfTyped) identifier() *ast.Ident {
	if len(h.path) == 0 {
		return nil
	}
	return h.path[len(h.path)-1].(*ast.Ident)
}

// parent is the node above the identifier.
func (h *halfTyped) parent(level int) ast.Node {
	if i := len(h.path) - 1 - level; i >= 0 {
		return h.path[i]
	}
	return nil
}

// selected is what stands before the dot of the identifier, or nil.
func (h *halfTyped) selected() ast.Expr {
	if sel, ok := h.parent(1).(*ast.SelectorExpr); ok && sel.Sel == h.identifier() {
		return sel.X
	}
	return nil
}

// literal is the composite literal that has the identifier as a key, perhaps a half-typed
// one, or nil.
func (h *halfTyped) literal() ast.Expr {
	node := h.parent(1)
	if pair, ok := node.(*ast.KeyValueExpr); ok && pair.Key == h.identifier() {
		node = h.parent(2)
	}
	if literal, ok := node.(*ast.CompositeLit); ok {
		return literal
	}
	return nil
}

// locals are the objects of the functions around the identifier that it can see.
func (h *halfTyped) locals() []types.Object {
	var found []types.Object
	pos := h.identifier().Pos()
	for node, scope := range h.info.Scopes {
		if _, file := node.(*ast.File); file || !scope.Contains(pos) {
			continue
		}
		for _, name := range scope.Names() {
			if object := scope.Lookup(name); object.Pos() < pos {
				found = append(found, object)
			}
		}
	}
	return found
}

// quoted tells whether code ends inside a string, a character or a comment, and gives the
// text since its beginning.
func quoted(code string) (inside string, isString, ok bool) {
	file := token.NewFileSet().AddFile("", -1, len(code))
	var scan scanner.Scanner
	open := -1
	scan.Init(file, []byte(code), func(at token.Position, message string) {
		if strings.Contains(message, "not terminated") {
			open = at.Offset
		}
	}, scanner.ScanComments)
	for {
		pos, tok, literal := scan.Scan()
		if tok == token.EOF {
			break
		}
		if tok == token.COMMENT && strings.HasPrefix(literal, "//") && file.Offset(pos)+len(literal) >= len(code) {
			return "", false, true
		}
	}
	if open < 0 || open >= len(code) {
		return "", false, false
	}
	return code[open+1:], code[open] == '"' || code[open] == '`', true
}

// byteOffset turns a cursor in code points into an offset in bytes.
func byteOffset(code string, cursor int) int {
	offset := 0
	for range cursor {
		_, size := utf8.DecodeRuneInString(code[offset:])
		offset += size
	}
	return offset
}

func isLetter(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordBefore is the identifier that code ends with, perhaps empty.
func wordBefore(code string) string {
	return code[len(strings.TrimRightFunc(code, isLetter)):]
}

// wordAfter is the identifier that code begins with, perhaps empty.
func wordAfter(code string) string {
	return code[:len(code)-len(strings.TrimLeftFunc(code, isLetter))]
}
