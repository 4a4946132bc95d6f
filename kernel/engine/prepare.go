package engine

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// prepare makes the functions of a cell interruptible. ixgo looks at the interrupt flag only
// in functions that have a recover block, and calls the others on a faster path that
// nothing can stop: for {} inside a function would burn a core for ever. It chooses the path
// while it compiles the call, when it may not have reached the callee's recover block yet,
// so recursive functions with deferred calls took the wrong path too. Both are cured by a new
// first block, which jumps to the old one, and by the recover block standing next to it.
func (e *Engine) prepare(pkg *ssa.Package) {
	for _, member := range pkg.Members {
		switch member := member.(type) {
		case *ssa.Function:
			e.prepareFunction(member)
		case *ssa.Type:
			e.prepareMethods(pkg.Prog, member.Type())
			e.prepareMethods(pkg.Prog, types.NewPointer(member.Type()))
		}
	}
}

func (e *Engine) prepareMethods(prog *ssa.Program, t types.Type) {
	if types.IsInterface(t) || mentionsParameter(t, 0) {
		return
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.TypeParams().Len() > named.TypeArgs().Len() {
		return
	}
	if pointer, ok := t.(*types.Pointer); ok {
		if named, ok := types.Unalias(pointer.Elem()).(*types.Named); ok && named.TypeParams().Len() > named.TypeArgs().Len() {
			return
		}
	}
	methods := prog.MethodSets.MethodSet(t)
	for i := range methods.Len() {
		if f := prog.MethodValue(methods.At(i)); f != nil {
			e.prepareFunction(f)
		}
	}
}

func (e *Engine) prepareFunction(f *ssa.Function) {
	if e.prepared[f] {
		return
	}
	e.prepared[f] = true
	if !generic(f) {
		*field[*types.Info](f, infoField) = nil // of the whole cell
	}
	var operands [10]*ssa.Value
	long := false // whether f may run for long
	for _, block := range f.Blocks {
		for _, next := range block.Succs {
			long = long || next.Index <= block.Index
		}
		for _, instruction := range block.Instrs {
			if _, ok := instruction.(ssa.CallInstruction); ok {
				long = true
			}
			for _, operand := range instruction.Operands(operands[:0]) {
				if callee, ok := (*operand).(*ssa.Function); ok {
					e.prepareFunction(callee)
				}
			}
		}
	}
	for _, inner := range f.AnonFuncs {
		e.prepareFunction(inner)
	}
	if long && len(f.Blocks) > 0 {
		addEntry(f)
	}
}

// generic tells whether instances may still be built of a function.
func generic(f *ssa.Function) bool {
	for outer := f.Parent(); outer != nil; outer = outer.Parent() {
		f = outer
	}
	return f.Signature.TypeParams().Len() > 0 || f.Signature.RecvTypeParams().Len() > 0
}

// addEntry puts a block with nothing but a jump in front of f, and its recover block second.
func addEntry(f *ssa.Function) {
	entry := &ssa.BasicBlock{Comment: "entry", Instrs: []ssa.Instruction{&ssa.Jump{}}, Succs: []*ssa.BasicBlock{f.Blocks[0]}}
	blocks := []*ssa.BasicBlock{entry}
	if f.Recover == nil {
		f.Recover = entry // never run: a function without deferred calls does not recover
	} else if f.Recover != f.Blocks[0] {
		blocks = append(blocks, f.Recover)
	}
	for _, block := range f.Blocks {
		if block != f.Recover {
			blocks = append(blocks, block)
		}
	}
	for i, block := range blocks {
		block.Index = i
	}
	f.Blocks = blocks
}
