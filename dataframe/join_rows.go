package dataframe

import "fmt"

// mostJoined bounds a join's rows: beyond it the keys are hardly what was meant, and the
// memory of most machines ends.
const mostJoined = 1 << 28

// stackedKey puts the rows of two key columns under each other; kinds that cannot be equal
// are a panic.
func stackedKey(a, b Column) Column {
	number := func(c Column) bool { return c.Kind() == Int || c.Kind() == Float }
	name := fmt.Sprintf("%s = %s", a.name, b.name)
	switch {
	case a.Kind() == b.Kind():
	case number(a) && number(b):
		a, b = Floats("", a.Floats()), Floats("", b.Floats())
	default:
		panic(usage("Join: column %s holds %s, but %s holds %s: make them one kind with With",
			Clip(a.name), plural[a.Kind()], Clip(b.name), plural[b.Kind()]))
	}
	out := NewBuilder(name)
	out.become(a.Kind())
	out.appendColumn(a)
	out.appendColumn(b)
	return out.Column()
}

// joinIDs numbers the distinct keys; a key with a null or NaN in it is -1.
func joinIDs(keys DataFrame) []int32 {
	ids, _ := keys.keyIDs(keys.Names())
	for _, c := range keys.table().columns {
		single, _ := c.distinctIDs()
		for i, id := range single {
			if id < 0 {
				ids[i] = -1
			}
		}
	}
	return ids
}

// pairs returns the matching rows of both sides; -1 stands for no row.
func pairs(left, right []int32, how JoinKind) (lefts, rights []int32) {
	switch how {
	case Inner, Left:
		return probe(left, right, how == Left)
	case Right:
		rights, lefts = probe(right, left, true)
		return lefts, rights
	case Outer:
		lefts, rights = probe(left, right, true)
		seen := make([]bool, len(right))
		for _, r := range rights {
			if r >= 0 {
				seen[r] = true
			}
		}
		for r, s := range seen {
			if !s {
				lefts, rights = append(lefts, -1), append(rights, int32(r))
			}
		}
		return lefts, rights
	}
	panic(usage("Join: How is %d: give Inner, Left, Right or Outer", how))
}

// probe looks up each row of a among the rows of b; keep adds those that have no match.
func probe(a, b []int32, keep bool) (as, bs []int32) {
	starts, rows := buckets(a, b)
	total := 0
	for _, id := range a {
		n := 0
		if id >= 0 {
			n = int(starts[id+1] - starts[id])
		}
		if n == 0 && keep {
			n = 1
		}
		total += n
	}
	if total > mostJoined {
		panic(usage("Join would make %d rows, because its keys repeat on both sides: join on more columns, or make the keys of one side distinct", total))
	}
	as, bs = make([]int32, 0, total), make([]int32, 0, total)
	for i, id := range a {
		found := false
		if id >= 0 {
			for _, r := range rows[starts[id]:starts[id+1]] {
				as, bs = append(as, int32(i)), append(bs, r)
				found = true
			}
		}
		if !found && keep {
			as, bs = append(as, int32(i)), append(bs, -1)
		}
	}
	return as, bs
}

// buckets lists b's rows by id: those of id stand at rows[starts[id]:starts[id+1]].
func buckets(a, b []int32) (starts, rows []int32) {
	most := int32(-1)
	for _, ids := range [][]int32{a, b} {
		for _, id := range ids {
			most = max(most, id)
		}
	}
	starts = make([]int32, most+2)
	for _, id := range b {
		if id >= 0 {
			starts[id+1]++
		}
	}
	for i := range most + 1 {
		starts[i+1] += starts[i]
	}
	rows = make([]int32, starts[most+1])
	next := append([]int32(nil), starts...)
	for r, id := range b {
		if id >= 0 {
			rows[next[id]] = int32(r)
			next[id]++
		}
	}
	return starts, rows
}
