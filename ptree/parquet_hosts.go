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
	scratch := sync.Pool{New: func() any { return new(recoder) }}
	hosts := startOrdered(workers, func(b builtHost) error {
		sum.add(b.rows, b.found)
		return sink.add(b.rows)
	})
	var failure error
	for _, h := range g.hosts {
		if failure = ctx.Err(); failure != nil {
			break
		}
		if failure = hosts.do(func() (builtHost, error) {
			mine := scratch.Get().(*recoder)
			columns := g.host(h, mine)
			scratch.Put(mine)
			rows, found, err := l.build(columns, g.rows[h.from:h.to])
			if err != nil {
				return builtHost{}, fmt.Errorf("%s: %w", hostWords(h.name), err)
			}
			return builtHost{rows, found}, nil
		}); failure != nil {
			break
		}
	}
	return firstOf(hosts.end(), failure)
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
