package engine

import (
	"go/ast"
	"go/types"
	"reflect"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/goplus/ixgo"
)

// errorType is the predeclared type error.
var errorType = types.Universe.Lookup("error").Type()

// results reads what the cell's last expression gave. The trailing error of a call is not
// shown: it fails the cell, or is nil and says nothing.
func results(ch *checked, l *lowered, in *ixgo.Interp) ([]any, error) {
	shown := l.values
	if n := len(shown); n > 0 && l.call != nil && types.Identical(shown[n-1].Type(), errorType) && !ch.makesError(l.call) {
		if err, _ := read(in, shown[n-1]).(error); err != nil {
			return nil, &kernel.CellError{Name: errorName(err), Message: errorText(err)}
		}
		shown = shown[:n-1]
	}
	var list []any
	for _, v := range shown {
		list = append(list, read(in, v))
	}
	return list, nil
}

// makesError tells calls that give an error on purpose, such as errors.New.
func (ch *checked) makesError(call ast.Expr) bool {
	f := ch.callee(call)
	return f != nil && f.Pkg() != nil && (f.Pkg().Path() == "errors" || f.Pkg().Path() == "fmt" && f.Name() == "Errorf")
}

func read(in *ixgo.Interp, v *types.Var) any {
	p, ok := in.GetVarAddr(v.Name())
	if !ok {
		return nil
	}
	return reflect.ValueOf(p).Elem().Interface()
}
