package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// measurement is what a contender did in a group.
type measurement struct {
	Contender, Version, Form string
	Seconds                  []float64          // of the runs, in their order
	Processor                []float64          `json:",omitempty"` // likewise, of all its threads
	Peak                     int64              // bytes of memory, log included
	Forms                    map[string]float64 `json:",omitempty"` // seconds of every way that was tried
	Wrong                    map[string]string  `json:",omitempty"` // ways that failed or gave other parents
	Disagrees                bool               `json:",omitempty"` // some of them gave other parents
	Same                     int                // events whose parents were compared and the same
	Forest, Columns          int64              `json:",omitempty"` // bytes, of ours
	Failure                  string             `json:",omitempty"`
}

// checkedEvents is the largest log whose parents are compared: beyond it, they are not in memory.
const checkedEvents = largeEvents

// measure lets a group's contenders show that they give the same parents as we do, and then run in turns.
func (o options) measure(ctx context.Context, g group) ([]measurement, error) {
	if err := g.Log.make(o); err != nil {
		return nil, err
	}
	defer o.clear()
	var all []measurement
	for _, c := range g.contenders(o) {
		m := measurement{Contender: c}
		if err := o.check(ctx, g, &m); err != nil {
			m.Failure = err.Error()
			fmt.Fprintf(o.words, "  %s: %s %v\n", c, m.Failure, m.Wrong)
		}
		if c == ours && m.Failure != "" {
			return nil, fmt.Errorf("%s: %s", g, m.Failure)
		}
		all = append(all, m)
		if also, ok := m.asOf(); ok {
			all = append(all, also)
		}
	}
	return all, o.runInTurns(ctx, g, all)
}

func (o options) answer(contender string) string { return filepath.Join(o.data, "answer-"+contender) }

// clear removes what a group leaves beside its log.
func (o options) clear() {
	for _, pattern := range []string{"answer-*", "out-*"} {
		names, _ := filepath.Glob(filepath.Join(o.data, pattern)) // the pattern is right
		for _, name := range names {
			os.Remove(name)
		}
	}
}

// check finds the ways of a contender that give our parents, and keeps the fastest.
func (o options) check(ctx context.Context, g group, m *measurement) error {
	args, err := g.command(o, m.Contender, "")
	if err != nil {
		return err
	}
	c, ready, err := begin(ctx, args, o.limit)
	if err != nil {
		return err
	}
	defer c.end()
	m.Version = ready.Version
	if g.Log.Events >= checkedEvents {
		m.Form = ready.Forms[0]
		return nil
	}
	r, err := c.ask("check "+o.answer(m.Contender), o.limit)
	if err != nil {
		return err
	}
	m.Forms, m.Wrong, m.Forest, m.Columns = r.Took, r.Failures, r.Forest, r.Columns
	if m.Wrong == nil {
		m.Wrong = map[string]string{}
	}
	for i, form := range ready.Forms {
		if _, ok := m.Forms[form]; ok && m.Contender != floored {
			if err := o.compare(m, form, fmt.Sprintf("%s.%d", o.answer(m.Contender), i)); err != nil {
				return err
			}
		}
	}
	return m.chooseFastest()
}

// compare holds a way's answer against ours; one that differs is out.
func (o options) compare(m *measurement, form, answer string) error {
	wrong, events, err := differ(o.answer(ours)+".0", answer)
	if err != nil {
		return err
	}
	if wrong > 0 {
		m.Wrong[form] = fmt.Sprintf("gives other parents for %d of %d events", wrong, events)
		m.Disagrees = true
		delete(m.Forms, form)
		return nil
	}
	m.Same = events
	if m.Contender != ours {
		return os.Remove(answer)
	}
	return nil
}

func (m *measurement) chooseFastest() error {
	for _, form := range slices.Sorted(maps.Keys(m.Forms)) {
		if m.Form == "" || m.Forms[form] < m.Forms[m.Form] {
			m.Form = form
		}
	}
	switch {
	case m.Form != "":
		return nil
	case m.Disagrees:
		return errors.New("it gives other parents than we do")
	}
	return errors.New("no formulation of it works")
}

// asOf is the same contender by its fastest as-of join, where another formulation is faster still.
func (m *measurement) asOf() (also measurement, ok bool) {
	if m.Failure != "" || isAsOf(m.Form) {
		return also, false
	}
	also = *m
	also.Form, also.Forms, also.Wrong = "", nil, nil
	for _, form := range slices.Sorted(maps.Keys(m.Forms)) {
		if isAsOf(form) && (also.Form == "" || m.Forms[form] < m.Forms[also.Form]) {
			also.Form = form
		}
	}
	return also, also.Form != ""
}

func isAsOf(form string) bool { return strings.HasPrefix(form, "as-of join") }

// runInTurns runs every contender once after the other, again and again, so that what else the
// machine does meets all of them. The first turn warms up and does not count.
func (o options) runInTurns(ctx context.Context, g group, all []measurement) error {
	children := make([]*child, len(all))
	defer func() {
		for _, c := range children {
			if c != nil {
				c.end()
			}
		}
	}()
	for turn := range o.runs + 1 {
		for i := range all {
			m := &all[i]
			if m.Failure != "" {
				continue
			}
			if err := o.turn(ctx, g, m, &children[i], turn > 0); err != nil {
				m.Failure = err.Error()
				fmt.Fprintf(o.words, "  %s: %s\n", m.Contender, m.Failure)
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (o options) turn(ctx context.Context, g group, m *measurement, c **child, counts bool) error {
	if *c == nil {
		args, err := g.command(o, m.Contender, m.Form)
		if err != nil {
			return err
		}
		if *c, _, err = begin(ctx, args, o.limit); err != nil {
			return err
		}
	}
	r, err := (*c).ask("run", o.limit)
	if err != nil {
		return err
	}
	if counts {
		m.Seconds, m.Processor = append(m.Seconds, r.Seconds), append(m.Processor, r.Processor)
		m.Peak = max(m.Peak, r.Peak)
	}
	if g.Case == "parquet" && g.Log.Events >= 1_000_000 {
		// nothing is kept in memory between the runs, but what allocators hold on to
		err = (*c).end()
		*c = nil
	}
	return err
}

// profile lets our side run once more and tells where the time goes.
func (o options) profile(ctx context.Context, g group) ([]hotspot, error) {
	args, err := g.command(o, ours, "")
	if err != nil {
		return nil, err
	}
	c, _, err := begin(ctx, args, o.limit)
	if err != nil {
		return nil, err
	}
	defer c.end()
	path := filepath.Join(o.data, "profile")
	if _, err := c.ask("run", o.limit); err != nil {
		return nil, err
	}
	if _, err := c.ask("profile "+path, o.limit); err != nil {
		return nil, err
	}
	return topOf(path)
}
