package engine

import (
	"fmt"
	"go/ast"
	"reflect"
	"unsafe"

	"github.com/goplus/ixgo"
)

// A cell that is blocked in a call cannot notice an interrupt. It is left behind, but its
// interpreter must run again, for the closures that it made; then the call may return, and
// the cell would go on. So its frames are told to be at their end, which is where the
// interpreter looks before each instruction.

// enterName is a function that the cell's own one calls first, to say where its frames are.
const enterName = reserved + "enter"

// frameFields are ixgo's: the next instruction of a frame, -1 at its end, and its neighbours.
var ipcField, calleeField, callerField = frameField("ipc", reflect.TypeFor[int]()),
	frameField("callee", reflect.TypeFor[*ixgo.Frame]()), frameField("caller", reflect.TypeFor[*ixgo.Frame]())

func frameField(name string, t reflect.Type) uintptr {
	field, ok := reflect.TypeFor[ixgo.Frame]().FieldByName(name)
	if !ok || field.Type != t {
		panic(fmt.Sprintf("kernel/engine: this version of ixgo has frames without a field %s of type %s", name, t))
	}
	return field.Offset
}

// enterDecl declares the function; its body is the one that RegisterExternal gives it.
func enterDecl() *ast.FuncDecl {
	return &ast.FuncDecl{Name: ast.NewIdent(enterName), Type: &ast.FuncType{Params: &ast.FieldList{}}}
}

func enterCall() ast.Stmt {
	return &ast.ExprStmt{X: &ast.CallExpr{Fun: ast.NewIdent(enterName)}}
}

// enter notes the frame of the cell that runs.
func (e *Engine) enter(fr *ixgo.Frame) { e.frame.Store(fr) }

// halt brings a cell's frames to their end. The cell is blocked, or about to look at the
// interrupt flag; nothing orders its reads after these writes, so the race detector, which
// would be right to complain, is told to look away.
//
//go:norace
func halt(fr *ixgo.Frame) {
	for fr != nil {
		ipc := (*int)(unsafe.Add(unsafe.Pointer(fr), ipcField))
		if *ipc == -1 {
			return
		}
		callee := *(**ixgo.Frame)(unsafe.Add(unsafe.Pointer(fr), calleeField))
		*ipc = -1
		// ixgo pools frames: one that has another caller now serves another call
		if callee == nil || *(**ixgo.Frame)(unsafe.Add(unsafe.Pointer(callee), callerField)) != fr {
			return
		}
		fr = callee
	}
}
