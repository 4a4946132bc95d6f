package logs

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// elements turns the elements of one event's XML into fields. The readers of binary and of
// textual XML call its methods as they meet the elements.
type elements struct {
	table *eventTable
	stack []element // reused: the texts keep their memory
	depth int
}

// element is an open element.
type element struct {
	name     string
	data     []byte // value of its Name attribute
	named    bool
	text     []byte
	items    []int // where the values of an array after the first begin in text
	children bool
}

// maxElements is the number of elements inside each other that are read: real events have five.
const maxElements = 32

func (e *elements) reset() { e.depth = 0 }

// start opens an element.
func (e *elements) start(name string) error {
	if e.depth == maxElements {
		return fmt.Errorf("more than %d elements inside each other", maxElements)
	}
	if e.depth > 0 {
		e.stack[e.depth-1].children = true
	}
	if e.depth == len(e.stack) {
		e.stack = append(e.stack, element{})
	}
	top := &e.stack[e.depth]
	*top = element{name: name, data: top.data[:0], text: top.text[:0], items: top.items[:0]}
	e.depth++
	return nil
}

// top returns the innermost open element, nil when there is none.
func (e *elements) top() *element {
	if e.depth == 0 {
		return nil
	}
	return &e.stack[e.depth-1]
}

// section returns the part of the event that is open: System, EventData, UserData, RenderingInfo.
func (e *elements) section() string {
	if e.depth < 2 {
		return ""
	}
	return e.stack[1].name
}

// systemAttributes are the columns of System's attributes; others are Element.Attribute.
var systemAttributes = map[[2]string]string{
	{"Provider", "Name"}: "Provider", {"Provider", "Guid"}: "ProviderGuid", {"Provider", "EventSourceName"}: "EventSourceName",
	{"EventID", "Qualifiers"}: "Qualifiers", {"TimeCreated", "SystemTime"}: "TimeCreated",
	{"Correlation", "ActivityID"}: "ActivityID", {"Correlation", "RelatedActivityID"}: "RelatedActivityID",
	{"Execution", "ProcessID"}: "ExecutionProcessID", {"Execution", "ThreadID"}: "ThreadID",
	{"Security", "UserID"}: "UserID",
}

// attribute gives the innermost element an attribute. An empty one does not count.
func (e *elements) attribute(name string, value []byte) error {
	top := e.top()
	switch {
	case top == nil:
		return errors.New("an attribute outside of any element")
	case name == "xmlns", strings.HasPrefix(name, "xmlns:"):
		return nil
	case name == "Name" && e.section() != "System" && e.depth > 2:
		top.data, top.named = append(top.data[:0], value...), true
		return nil
	case len(value) == 0:
		return nil
	case e.section() == "System":
		column, ok := systemAttributes[[2]string{top.name, name}]
		if !ok {
			column = top.name + "." + name
		}
		return e.table.set(column, value)
	}
	return e.table.set(top.name+"."+name, value)
}

// item ends one value of an array: the next text is another value of the same element.
func (e *elements) item() {
	if top := e.top(); top != nil {
		top.items = append(top.items, len(top.text))
	}
}

// end closes the innermost element. One without others in it is a field.
func (e *elements) end() error {
	top := e.top()
	if top == nil {
		return errors.New("the end of an element that did not begin")
	}
	defer func() { e.depth-- }()
	if top.children && len(bytes.TrimSpace(top.text)) == 0 {
		return nil
	}
	section := e.section()
	if len(top.text) == 0 && (e.depth <= 2 || section == "System") {
		return nil
	}
	column := e.column(section, top)
	from := 0
	for _, to := range top.items {
		if err := e.table.set(column, top.text[from:to]); err != nil {
			return err
		}
		from = to
	}
	return e.table.set(column, top.text[from:])
}

// column returns the name of a field's column.
func (e *elements) column(section string, top *element) string {
	name := top.name
	if top.named {
		name = string(top.data)
	}
	switch {
	case e.depth <= 2 || section == "System":
		return name
	case section == "RenderingInfo" && name != "Message":
		return section + "." + name
	}
	return dataColumn(section, name)
}

// dataColumn returns the column of a field outside of System.
func dataColumn(section, name string) string {
	if name == "" {
		return "Data"
	}
	if systemColumn[name] {
		return section + "." + name
	}
	return name
}
