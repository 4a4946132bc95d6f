package logs

import (
	"strconv"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// volatilityFormat is the JSON of Volatility 3 ("vol -r json windows.pslist", pstree, psscan),
// where children stand inside of their parents. They become rows after their parent; TreeDepth
// says how deep they stood, as in Volatility's CSV.
var volatilityFormat = &format{
	Format: Format{"volatility", "processes of Volatility 3 as JSON: pslist, pstree, psscan",
		[]string{".json", ".jsonl"}, "https://volatility3.readthedocs.io/en/latest/volatility3.plugins.windows.pstree.html"},
	matches: func(s *source) bool {
		first := firstObject(s)
		return first != nil && first.Exists("PID") && first.Exists("__children")
	},
	decode: func(s *source) (dataframe.DataFrame, error) {
		r := newRecords(s)
		r.children = "__children"
		return r.objects()
	},
}

// nested makes an object and the objects inside of it rows, in preorder.
func (r *records) nested(value *fastjson.Value, line, from, to int) error {
	type level struct {
		value *fastjson.Value
		depth int
	}
	key := r.children
	defer func() { r.children = key }()
	r.children = ""
	var arena fastjson.Arena
	for stack := []level{{value, 0}}; len(stack) > 0; {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		children := top.value.GetArray(key)
		if object, err := top.value.Object(); err == nil {
			object.Del(key)
			if !top.value.Exists("TreeDepth") {
				object.Set("TreeDepth", arena.NewNumberString(strconv.Itoa(top.depth)))
			}
		}
		if err := r.row(top.value, line, from, to); err != nil {
			return err
		}
		for i := len(children) - 1; i >= 0; i-- {
			stack = append(stack, level{children[i], top.depth + 1})
		}
	}
	return nil
}
