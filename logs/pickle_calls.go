package logs

import (
	"errors"
	"fmt"
)

// The opcodes by which a pickle asks Python to import and to call. Here they look a name up on
// a short list, and note what was asked.

func opGlobal(m *machine, _ byte) error {
	module, err := m.line()
	if err != nil {
		return err
	}
	name, err := m.line()
	if err != nil {
		return err
	}
	return m.pushGlobal(module, name)
}

func opStackGlobal(m *machine, _ byte) error {
	values, err := m.popN(2)
	if err != nil {
		return err
	}
	module, ok1 := values[0].(string)
	name, ok2 := values[1].(string)
	if !ok1 || !ok2 {
		return errPickleType
	}
	return m.pushGlobal(module, name)
}

func (m *machine) pushGlobal(module, name string) error {
	g, err := lookUp(module, name)
	if err == nil {
		m.push(g)
	}
	return err
}

// opReduce notes a call: REDUCE, or NEWOBJ, which makes an object of a class.
func opReduce(m *machine, _ byte) error {
	values, err := m.popN(2)
	if err != nil {
		return err
	}
	args, ok := values[1].(tuple)
	if !ok {
		return errPickleType
	}
	v, err := noted(values[0], args)
	if err == nil {
		m.push(v)
	}
	return err
}

// noted returns the value that stands for a call of fn. Plain data is made at once.
func noted(fn any, args tuple) (any, error) {
	switch fn := fn.(type) {
	case *object:
		if fn.class() != classPartial {
			return nil, fmt.Errorf("it calls %s, which a pickled DataFrame does not: nothing was run", describe(fn))
		}
	case *global:
		switch fn.class {
		case classOrderedDict:
			return &dict{}, nil
		case classEncode:
			return encoded(args)
		case classBytes:
			return bytesOf(args)
		case classGetattr:
			return attribute(args)
		}
	default:
		return nil, errPickleType
	}
	return &object{fn: fn, args: args}, nil
}

// encoded is _codecs.encode(text, "latin1"): bytes, as protocol 2 writes them.
func encoded(args tuple) (any, error) {
	if len(args) == 2 {
		text, ok1 := args[0].(string)
		if name, ok2 := args[1].(string); ok1 && ok2 && name == "latin1" {
			if b, ok := latin1(text); ok {
				return b, nil
			}
		}
	}
	return nil, errPickleType
}

// bytesOf is bytes() or bytearray(bytes).
func bytesOf(args tuple) (any, error) {
	if len(args) == 0 {
		return []byte{}, nil
	}
	if b, ok := args[0].([]byte); ok && len(args) == 1 {
		return b, nil
	}
	return nil, errPickleType
}

// attribute is getattr, for the one use that time zones make of it.
func attribute(args tuple) (any, error) {
	if len(args) == 2 {
		g, ok := args[0].(*global)
		if name, isText := args[1].(string); ok && isText && g.class == classZone && name == "_unpickle" {
			return g, nil
		}
	}
	return nil, errors.New("it calls getattr, which a pickled DataFrame needs for time zones alone: nothing was run")
}

// opBuild gives an object its state.
func opBuild(m *machine, _ byte) error {
	state, err := m.pop()
	if err != nil {
		return err
	}
	v, err := m.top()
	if err != nil {
		return err
	}
	o, ok := v.(*object)
	if !ok {
		return errPickleType
	}
	o.state = state
	return nil
}
