package engine

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/engine/docs"
)

// explanation is what Inspect tells about an object.
type explanation struct {
	code     string // its declaration
	where    string // one line: what it belongs to
	comment  string // as the author wrote it, without comment marks
	more     string // code that only detail level 1 shows
	pkg      *docs.Package
	pkgPath  string
	moreText string // the heading of more
}

// explain collects what is known about an object reached through owner (nil: by its name).
func (e *Engine) explain(object types.Object, owner types.Type) explanation {
	x := explanation{code: declaration(object), pkg: new(docs.Package)}
	switch {
	case objectKind(object) == "module":
		e.explainPackage(&x, object.(*types.PkgName).Imported())
	case isMain(object):
		e.explainOwn(&x, object)
	default:
		e.explainCompiled(&x, object, owner)
	}
	return x
}

func (e *Engine) explainPackage(x *explanation, pkg *types.Package) {
	x.pkg, x.pkgPath = e.library.pkg(pkg.Path()), pkg.Path()
	x.comment = x.pkg.Doc
	var list []string
	for _, name := range slices.Sorted(maps.Keys(x.pkg.Entries)) {
		decl := x.pkg.Entries[name].Decl
		if strings.Contains(name, ".") || decl == "" {
			continue
		}
		first, _, _ := strings.Cut(decl, "\n")
		list = append(list, strings.TrimSuffix(first, " {"))
	}
	x.more, x.moreText = strings.Join(list, "\n"), "functions and types:"
}

func (e *Engine) explainCompiled(x *explanation, object types.Object, owner types.Type) {
	entry := e.library.entry(object, owner)
	x.comment, x.where, x.pkgPath = entry.Doc, "part of the language", language
	pkg := object.Pkg()
	if owner != nil && pkg == nil && namedType(owner) != nil {
		pkg = namedType(owner).Obj().Pkg() // methods of compiled interfaces have none
	}
	if pkg != nil {
		x.pkgPath = pkg.Path()
		x.where = "from package " + x.pkgPath
	}
	x.pkg = e.library.pkg(x.pkgPath)
	if entry.Decl == "" {
		return
	}
	x.code = entry.Decl
	if _, isType := object.(*types.TypeName); isType {
		list := x.pkg.Methods(object.Name())
		for _, maker := range entry.Makers {
			list = append(list, x.pkg.Entries[maker].Decl)
		}
		x.more, x.moreText = strings.Join(list, "\n"), "methods and the functions that make one:"
	}
}

// explainOwn tells about a declaration of the session, from the cell's text.
func (e *Engine) explainOwn(x *explanation, object types.Object) {
	at := e.ctx.FileSet.Position(object.Pos())
	e.mu.Lock()
	source, known := e.sources[at.Filename]
	current := e.objects[object.Name()] == object
	written := e.types[object.Name()]
	e.mu.Unlock()
	if !known || !current && !strings.Contains(sourceLine(source, at.Line), object.Name()) {
		return
	}
	x.where = fmt.Sprintf("declared in cell %s, line %d", strings.TrimPrefix(at.Filename, "cell"), at.Line)
	x.comment = commentOf(source, at.Line)
	if t, isType := object.(*types.TypeName); isType && current && written != nil {
		text := new(strings.Builder) // as it was written, with the comments inside
		text.WriteString(written.source)
		writeMethods(text, t)
		x.code = text.String()
	}
	if current {
		x.more, x.moreText = source, "the cell:"
	}
}

// bundle writes the explanation for terminals and for notebooks.
func (x explanation) bundle(level int) kernel.Bundle {
	plain := []string{x.code}
	markdown := []string{fenced(x.code)}
	add := func(text, marked string) {
		if text != "" {
			plain, markdown = append(plain, text), append(markdown, marked)
		}
	}
	if x.comment != "" {
		add(x.pkg.Text(x.comment), x.pkg.Markdown(x.pkgPath, x.comment))
	}
	add(x.where, x.where)
	if level > 0 && x.more != "" {
		add(x.moreText, x.moreText)
		add(x.more, fenced(x.more))
	}
	return kernel.Bundle{"text/plain": strings.Join(plain, "\n\n"), "text/markdown": strings.Join(markdown, "\n\n")}
}

// fenced makes a code block whose fence the code cannot close.
func fenced(code string) string {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence + "go\n" + code + "\n" + fence
}
