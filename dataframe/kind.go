package dataframe

// Kind is the type of a column's values.
type Kind uint8

// The kinds of columns. Every kind can hold nulls.
const (
	String Kind = iota // text, dictionary-coded
	Int                // 64-bit signed integers
	Float              // 64-bit floating point numbers
	Bool               // true or false
	Time               // instants in UTC, to the nanosecond
)

var kindNames = [...]string{"string", "int", "float", "bool", "time"}

// String returns the kind's name as messages and table footers show it.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}
