package dataframe_test

import (
	"fmt"
	"time"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"github.com/gophertrees/gopherwood/dataframe"
)

func Example() {
	start := time.Date(2019, 2, 10, 15, 21, 6, 0, time.UTC)
	df := dataframe.New(
		dataframe.Strings("Image", []string{`C:\Windows\System32\lsass.exe`, `C:\Temp\a.exe`, `C:\Temp\b.exe`}),
		dataframe.FromSlice("PID", []int{700, 4120, 4688}, 0),
		dataframe.Times("Start", []time.Time{start, start.Add(time.Hour), {}}),
	)
	fmt.Println(df)
	fmt.Println(df.Where(dataframe.HasPrefix("Image", `C:\Temp\`)).Sort(dataframe.Desc("PID")).At(0))
	// Output:
	//                            Image   PID                      Start
	// 0  C:\Windows\System32\lsass.exe   700  2019-02-10 15:21:06+00:00
	// 1                  C:\Temp\a.exe  4120  2019-02-10 16:21:06+00:00
	// 2                  C:\Temp\b.exe  4688                        NaT
	// 3 rows × 3 columns
	// Image  C:\Temp\b.exe
	// PID    4688
	// Start  NaT
	// Name: 2
}

func ExampleDataFrame_With() {
	df := dataframe.New(dataframe.FromSlice("PID", []int{4, 700}, 0))
	fmt.Println(df.With("host", "alpha").With("note", []any{"system", nil}).Rename("PID", "pid").Select("host", "pid", "note"))
	// Output:
	//     host  pid    note
	// 0  alpha    4  system
	// 1  alpha  700    None
	// 2 rows × 3 columns
}

func ExampleDataFrame_Loc() {
	df := dataframe.New(dataframe.Strings("user", []string{"SYSTEM", "alice"}))
	df = df.WithIndex(dataframe.Strings("key", []string{"lsass.exe|0x2bc", "cmd.exe|0x1018"}))
	fmt.Println(df.Loc("cmd.exe|0x1018").Str("user"))
	defer func() { fmt.Println(recover()) }()
	df.Loc("cmd.exe|0x1019")
	// Output:
	// alice
	// no row "cmd.exe|0x1019": did you mean "cmd.exe|0x1018"?
}

func ExampleFromGota() {
	g := gota.New(series.New([]string{"a", "b"}, series.String, "name"), series.New([]int{1, 2}, series.Int, "n"))
	df := dataframe.FromGota(g)
	fmt.Println(df.Where(dataframe.Gt("n", 1)).Gota().Names())
	// Output: [name n]
}

func ExampleColumn_ValueCounts() {
	df := dataframe.New(dataframe.Strings("user", []string{"alice", "root", "root"}))
	fmt.Println(df.Col("user").ValueCounts())
	// Output:
	//     user  count
	// 0   root      2
	// 1  alice      1
	// 2 rows × 2 columns
}

func ExampleConcat() {
	a := dataframe.New(dataframe.FromSlice("pid", []int{4}, 0))
	b := dataframe.New(dataframe.FromSlice("pid", []int{700}, 0), dataframe.FromSlice("user", "root", 1))
	fmt.Println(dataframe.Concat(a, b))
	// Output:
	//    pid  user
	// 0    4  None
	// 1  700  root
	// 2 rows × 2 columns
}

func ExampleOr() {
	df := dataframe.New(dataframe.Strings("user", []string{"root", "alice", "bob"}), dataframe.FromSlice("n", []any{1, 50, nil}, 0))
	fmt.Println(df.Rows(dataframe.Or(dataframe.Eq("user", "root"), dataframe.Gt("n", 10))))
	fmt.Println(df.Rows(dataframe.Not(dataframe.Gt("n", 10)))) // null is not greater than 10
	// Output:
	// [0 1]
	// [0 2]
}
