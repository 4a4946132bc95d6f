package ptree

import "github.com/gophertrees/gopherwood/dataframe"

func (f *Forest) hasName(p int32) bool {
	if f.inferred(p) {
		return true
	}
	return f.id.of[f.number[p]].name >= 0
}

func (f *Forest) parentNames(at []int32) dataframe.Column {
	return texts("parent_proc_lc", len(at), func(i int) (string, bool) {
		if f.inferred(at[i]) {
			return "", false
		}
		event := f.number[at[i]]
		if m := f.links.matched[event]; !f.id.hasParentName && m >= 0 {
			return f.nameOf(m)
		}
		return f.id.names[f.id.of[event].parentName], true
	})
}

func (f *Forest) nameOf(event int32) (string, bool) {
	if code := f.id.of[event].name; code >= 0 {
		return f.id.names[code], true
	}
	return "", false
}

// parentColumn is a column of the parent's values: null for inferred processes, and what the
// child tells where the parent itself is inferred.
func (f *Forest) parentColumn(name string, at []int32) dataframe.Column {
	s, n := f.schema, len(at)
	match := func(i int) (event, parent int32, real bool) {
		if f.inferred(at[i]) {
			return -1, -1, false
		}
		return f.number[at[i]], f.links.matched[f.number[at[i]]], true
	}
	told := func(parents, children dataframe.Column) dataframe.Column {
		return tellings(name, n, match, parents, children)
	}
	var none dataframe.Column
	unknown := dataframe.FromSlice("", unknownName, f.events.Nrow())
	switch name {
	case "EffectiveLogonId_par":
		if s.LogonID == "" {
			return dataframe.FromSlice(name, 0, n)
		}
		return told(f.id.effective(), f.id.logon())
	case "new_process_lc_par":
		return texts(name, n, func(i int) (string, bool) { return f.parentName(match(i)) })
	case "source_index_par":
		return told(f.events.labels(), none)
	case "timestamp_orig_par":
		return told(f.events.Col(s.TimeStamp), f.births())
	case "ParentName":
		c := told(f.events.Col(s.ProcessName), unknown)
		return texts(name, n, func(i int) (string, bool) {
			if f.inferred(at[i]) {
				return unknownName, true
			}
			return c.Text(i), !c.IsNull(i)
		})
	case s.ProcessID + "_par":
		if s.ProcessID == "NewProcessId" {
			return told(f.events.Col(s.ProcessID), f.events.Col(s.ParentID))
		}
		return told(f.events.Col(s.ProcessID), none)
	case "NewProcessId_par":
		return told(none, f.events.Col(s.ParentID))
	case s.ParentID + "_par":
		return told(f.events.Col(s.ParentID), none)
	case s.ProcessName + "_par":
		if f.id.hasParentName {
			return told(f.events.Col(s.ProcessName), none)
		}
		return told(f.events.Col(s.ProcessName), unknown)
	}
	panic(&dataframe.ColumnError{Column: name, Have: f.columnNames()})
}

// tellings takes a parent's value where the parent is in the log, and what the child tells of
// it where it is not.
func tellings(name string, n int, match func(i int) (event, parent int32, real bool), parents, children dataframe.Column) dataframe.Column {
	b := dataframe.NewBuilder(name)
	for i := range n {
		switch event, parent, real := match(i); {
		case real && parent >= 0 && parents.Len() > 0:
			b.Append(parents.Value(int(parent)))
		case real && parent < 0 && children.Len() > 0:
			b.Append(children.Value(int(event)))
		default:
			b.AppendNull()
		}
	}
	return b.Column()
}

// parentName is the lower-case image of an event's parent.
func (f *Forest) parentName(event, parent int32, real bool) (string, bool) {
	switch {
	case !real:
		return "", false
	case parent >= 0:
		return f.nameOf(parent)
	}
	return f.id.names[f.id.of[event].parentName], true
}
