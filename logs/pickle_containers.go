package logs

// The opcodes that make and fill tuples, lists, sets and dicts.

func opEmpty(m *machine, code byte) error {
	switch code {
	case ')':
		m.push(tuple(nil))
	case '}':
		m.push(&dict{})
	default:
		m.push(&list{})
	}
	return nil
}

func opTupleN(m *machine, code byte) error {
	values, err := m.popN(int(code - 0x84))
	if err == nil {
		m.push(append(tuple(nil), values...))
	}
	return err
}

func opTuple(m *machine, _ byte) error {
	values, err := m.popMark()
	if err == nil {
		m.push(append(tuple(nil), values...))
	}
	return err
}

func opList(m *machine, _ byte) error {
	values, err := m.popMark()
	if err == nil {
		m.push(&list{append([]any(nil), values...)})
	}
	return err
}

func opDict(m *machine, _ byte) error {
	values, err := m.popMark()
	if err != nil {
		return err
	}
	d := &dict{}
	if err := d.set(values); err != nil {
		return err
	}
	m.push(d)
	return nil
}

func opAppend(m *machine, _ byte) error {
	values, err := m.popN(1)
	if err != nil {
		return err
	}
	return m.extend(values)
}

func opAppends(m *machine, _ byte) error {
	values, err := m.popMark()
	if err != nil {
		return err
	}
	return m.extend(values)
}

// extend appends to the list, or adds to the set, on top of the stack.
func (m *machine) extend(values []any) error {
	v, err := m.top()
	if err != nil {
		return err
	}
	l, ok := v.(*list)
	if !ok {
		return errPickleType
	}
	l.values = append(l.values, values...)
	return nil
}

func opSetItem(m *machine, _ byte) error {
	values, err := m.popN(2)
	if err != nil {
		return err
	}
	return m.setItems(values)
}

func opSetItems(m *machine, _ byte) error {
	values, err := m.popMark()
	if err != nil {
		return err
	}
	return m.setItems(values)
}

func (m *machine) setItems(values []any) error {
	v, err := m.top()
	if err != nil {
		return err
	}
	d, ok := v.(*dict)
	if !ok {
		return errPickleType
	}
	return d.set(values)
}
