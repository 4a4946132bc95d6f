package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
)

// pageText is the page, with the sentences that people write.
//
//go:embed page.md
var pageText string

// page is what the page is made of.
type page struct {
	Plot          string
	Result        result // whose machine and date are told
	Versions      []string
	Memory, Files []row
	Growth        []growth
	Ways          []way
	Bound         *bound
	Revisions     []string
	Reads         int // columns of a log
}

// row is a contender's line in a table.
type row struct {
	Log, Contender, Way, Time, Ratio, Processor, Peak, Same string
}

type growth struct{ Events, Memory, Each, Files, FilesEach, Peak string }

type way struct{ Log, Contender, Way, Time, Note string }

// bound tells how far we are from what the memory's bandwidth allows.
type bound struct {
	Log                            string
	Bandwidth, In, Out, Least, Our string
	Times                          string
	Top                            []hotspot
}

func writePage(all []result, path, plot string) error {
	if len(all) == 0 {
		return nil
	}
	all = inOrder(all)
	p := page{Plot: relative(path, plot), Result: all[len(all)-1], Versions: versions(all), Growth: grown(all), Ways: ways(all), Bound: bounds(all), Reads: len(schema.Columns())}
	for _, r := range all {
		if r.Case == "memory" {
			p.Memory = append(p.Memory, rows(r)...)
		} else {
			p.Files = append(p.Files, rows(r)...)
		}
		if !slices.Contains(p.Revisions, r.Revision) {
			p.Revisions = append(p.Revisions, r.Revision)
		}
	}
	var b strings.Builder
	t := template.Must(template.New("page").Funcs(template.FuncMap{"bytes": bytes, "join": strings.Join}).Parse(pageText))
	if err := t.Execute(&b, p); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

func relative(page, plot string) string {
	if r, err := filepath.Rel(filepath.Dir(page), plot); err == nil {
		return filepath.ToSlash(r)
	}
	return filepath.Base(plot)
}

// inOrder sorts by case and size, the real log first.
func inOrder(all []result) []result {
	size := func(r result) int {
		if r.Log.Name == rarity {
			return 0
		}
		return r.Log.Events
	}
	return slices.SortedStableFunc(slices.Values(all), func(a, b result) int {
		return slices.Compare([]int{slices.Index(cases, a.Case), size(a), a.Log.Hosts}, []int{slices.Index(cases, b.Case), size(b), b.Log.Hosts})
	})
}

func versions(all []result) []string {
	seen := map[string]bool{}
	for _, r := range all {
		for _, m := range r.Measurements {
			if m.Version != "" {
				seen[m.Version] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func (l log) String() string {
	switch {
	case l.Name == rarity:
		return "22,992 real, depth 839"
	case l.Own:
		l.Own = false
		return l.String() + ", all command lines different"
	case l.Hosts == 1:
		return grouped(l.Events) + ", 1 host"
	}
	return grouped(l.Events) + ", " + grouped(l.Hosts) + " hosts"
}

// rows are a group's lines: ours, then what the others took as a multiple of it.
func rows(r result) []row {
	our, fine := r.of(ours)
	var out []row
	for _, m := range r.Measurements {
		line := row{Log: r.Log.String(), Contender: m.Contender, Way: m.Form}
		switch {
		case m.Failure != "" || len(m.Seconds) == 0:
			line.Time = "failed: " + firstLine(m.Failure)
		default:
			line.Time, line.Peak, line.Processor = spread(m.Seconds), bytes(m.Peak), seconds(median(m.Processor))
			if line.Ratio = "1"; fine && m.Contender != ours {
				line.Ratio = ratio(median(m.Seconds) / median(our.Seconds))
			}
			if line.Same = "—"; m.Same > 0 && m.Contender != ours {
				line.Same = grouped(m.Same)
			}
		}
		out = append(out, line)
	}
	return out
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.ReplaceAll(line, "|", "/")
}

// grown joins what we took from memory and from files, by size, for the logs of usual hosts.
func grown(all []result) []growth {
	bySize := map[int]*growth{}
	for _, r := range all {
		m, ok := r.of(ours)
		if !ok || !r.Log.ofCurve() {
			continue
		}
		g := bySize[r.Log.Events]
		if g == nil {
			g = &growth{Events: grouped(r.Log.Events), Memory: "—", Each: "—", Files: "—", FilesEach: "—", Peak: "—"}
			bySize[r.Log.Events] = g
		}
		took := median(m.Seconds)
		each := fmt.Sprintf("%.0f ns", took/float64(r.Log.Events)*1e9)
		if r.Case == "memory" {
			g.Memory, g.Each = seconds(took), each
		} else {
			g.Files, g.FilesEach, g.Peak = seconds(took), each, bytes(m.Peak)
		}
	}
	var out []growth
	for _, n := range slices.Sorted(maps.Keys(bySize)) {
		out = append(out, *bySize[n])
	}
	return out
}

// ways are the formulations of each peer at the largest size of each case.
func ways(all []result) []way {
	var out []way
	for _, c := range cases {
		lines := map[string][]way{}
		for _, r := range all {
			if r.Case != c {
				continue
			}
			for _, m := range r.Measurements {
				if len(m.Forms) > 1 || len(m.Wrong) > 0 {
					lines[m.Contender] = waysOf(r, m)
				}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(lines)) {
			out = append(out, lines[name]...)
		}
	}
	return out
}

func waysOf(r result, m measurement) []way {
	var out []way
	for _, form := range slices.SortedFunc(maps.Keys(m.Forms), func(a, b string) int { return cmp.Compare(m.Forms[a], m.Forms[b]) }) {
		out = append(out, way{r.Case + ", " + r.Log.String(), m.Contender, form, seconds(m.Forms[form]), ""})
	}
	for _, form := range slices.Sorted(maps.Keys(m.Wrong)) {
		out = append(out, way{r.Case + ", " + r.Log.String(), m.Contender, form, "—", firstLine(m.Wrong[form])})
	}
	return out
}

// bounds are of the largest log from memory.
func bounds(all []result) *bound {
	var b *bound
	for _, r := range all {
		m, ok := r.of(ours)
		if !ok || m.Forest == 0 || r.Machine.Bandwidth == 0 {
			continue
		}
		n, took := float64(r.Log.Events), median(m.Seconds)
		least := float64(m.Columns+m.Forest) / r.Machine.Bandwidth
		b = &bound{
			Log: r.Log.String(), Bandwidth: fmt.Sprintf("%.1f GB/s", r.Machine.Bandwidth/1e9),
			In: fmt.Sprintf("%.0f", float64(m.Columns)/n), Out: fmt.Sprintf("%.0f", float64(m.Forest)/n),
			Least: seconds(least), Our: seconds(took), Times: ratio(took / least), Top: r.Top,
		}
	}
	return b
}
