package ptree

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/gophertrees/gopherwood/dataframe"
)

// hostSink takes hosts in the order of their names.
type hostSink interface {
	add(r *hostRows) error
}

// builtHost is what one host became.
type builtHost struct {
	rows  *hostRows
	found *Findings
}

// buildHosts builds the hosts of a set, several at once, and gives each to the sink.
func (l *layout) buildHosts(ctx context.Context, g *hostSet, workers int, sum *ParquetSummary, sink hostSink) error {
	images := l.images(g.columns)
	scratch := sync.Pool{New: func() any { return new(recoder) }}
	built := startOrdered(workers, func(hosts []builtHost) error {
		for _, b := range hosts {
			sum.add(b.rows, b.found)
			if err := sink.add(b.rows); err != nil {
				return err
			}
		}
		return nil
	})
	var failure error
	for hosts := range g.tasks() {
		if failure = ctx.Err(); failure != nil {
			break
		}
		if failure = built.do(func() ([]builtHost, error) {
			mine := scratch.Get().(*recoder)
			defer scratch.Put(mine)
			return l.buildTask(g, hosts, images, mine)
		}); failure != nil {
			break
		}
	}
	return firstOf(built.end(), failure)
}

// buildTask builds the hosts of a task.
func (l *layout) buildTask(g *hostSet, hosts []hostRange, images *setImages, scratch *recoder) ([]builtHost, error) {
	if len(hosts) > 1 {
		if out, ok := l.buildTogether(g, hosts, images, scratch); ok {
			return out, nil
		}
	}
	out := make([]builtHost, len(hosts))
	for i, h := range hosts {
		columns := g.host(h, scratch, l.carried)
		var err error
		out[i].rows, out[i].found, err = l.build(columns, images.coded(l, columns, scratch), g.rows[h.from:h.to])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", hostWords(h.name), err)
		}
	}
	return out, nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func hostWords(name string) string {
	if name == "" {
		return "rows that name no host"
	}
	return "host " + dataframe.Clip(name)
}

// errNoProcess is the outcome of a log without any process creation.
func (l *layout) errNoProcess(rows int64) error {
	if rows == 0 {
		return errors.New("the log has no rows: there is no process to build a tree of")
	}
	return fmt.Errorf("no row has %s %s (process creation)", l.schema.EventIDColumn, l.schema.EventID)
}
