package viewer

// Kind is the type of a column's values.
type Kind string

// The kinds of columns.
const (
	Text   Kind = "text"
	Int    Kind = "int"
	Float  Kind = "float"
	Bool   Kind = "bool"
	Time   Kind = "time" // nanoseconds since 1970 UTC
	Absent Kind = "none" // every value is null
)

// Column is one column of the tree's table. Exactly the slices of its kind are set; null values
// are marked in Null, nil when there is none.
type Column struct {
	Name  string
	Kind  Kind
	Codes []int32  // Text: index into Texts; -1 is null
	Texts []string // Text: each distinct value once
	Ints  []int64  // Int, Time; Bool as 0 and 1
	Float []float64
	Null  []bool
}
