package kernel

import (
	"context"
	"errors"
	"maps"
	"time"
)

type executeRequest struct {
	Code         *string           `json:"code"`
	Silent       bool              `json:"silent"`
	StoreHistory *bool             `json:"store_history"` // absent: true
	Expressions  map[string]string `json:"user_expressions"`
	StopOnError  *bool             `json:"stop_on_error"` // absent: true
	AllowStdin   *bool             `json:"allow_stdin"`   // absent: true
}

type executeReply struct {
	Status      string         `json:"status"`
	Count       int            `json:"execution_count"`
	Expressions map[string]any `json:"user_expressions"`
	Payload     []page         `json:"payload"`
}

func (executeReply) MessageType() string { return msgExecuteReply }

type executeErrorReply struct {
	executeReply
	ErrorOutput
}

// MessageType implements Content.
func (executeErrorReply) MessageType() string { return msgExecuteReply }

func (k *server) execute(r *request) (Content, error) {
	q, err := object[executeRequest](r)
	if err != nil {
		return nil, err
	}
	if q.Code == nil {
		return nil, errors.New("the request has no code")
	}
	if k.aborts.covers(r) {
		return executeReply{"aborted", k.session.Count(), map[string]any{}, []page{}}, nil
	}
	cell := Cell{
		Code:        *q.Code,
		Silent:      q.Silent,
		Uncounted:   !isTrue(q.StoreHistory),
		Expressions: q.Expressions,
		Parent:      r.header,
	}
	if isTrue(q.AllowStdin) {
		cell.Ask = func(ctx context.Context, prompt string, password bool) (string, error) {
			return k.ask(ctx, r, prompt, password)
		}
	}
	outcome := k.session.Execute(k.ctx, cell)
	reply := executeReply{"ok", outcome.Count, outcome.Expressions, []page{}}
	if outcome.page != nil {
		reply.Payload = append(reply.Payload, *outcome.page)
	}
	if outcome.Err == nil {
		return reply, nil
	}
	if outcome.Interrupted || isTrue(q.StopOnError) {
		k.aborts.begin(r)
	}
	reply.Status = "error"
	return executeErrorReply{reply, outcome.Err.output()}, nil
}

// isTrue applies the protocol's default.
func isTrue(b *bool) bool { return b == nil || *b }

// aborts decides which cells of the queue must not run because an earlier one failed: all
// that were sent before its reply could be seen. Cells of the same client may still be on
// their way then, so for abortWindow the client's own times count as well, corrected by how
// far its clock is from ours.
type aborts struct {
	failed   time.Time
	session  string
	subshell string
	sent     time.Time // when the failed cell was sent; zero when its client's times are of no use
	clocks   clocks
}

const abortWindow = 500 * time.Millisecond

// clocks has a clock for each client: what one of them sends says nothing of another's times.
type clocks map[string]clock

// clock is what a client's clock lacks to ours, and the least time that a request of it took: the
// least of the sums that were seen, since a request may have waited long.
type clock struct {
	offset time.Duration
	from   time.Time // clocks drift, and are set
}

const clockLife = time.Minute

func (c clock) outlived(at time.Time) bool { return at.Sub(c.from) > clockLife }

func (c clocks) note(r *request) {
	if !hasFineClock(r) {
		return
	}
	offset := r.arrival.Sub(r.sent)
	if known, ok := c[r.session]; ok && offset >= known.offset && !known.outlived(r.arrival) {
		return
	}
	// Clients come and go; those that went leave nothing behind.
	maps.DeleteFunc(c, func(_ string, known clock) bool { return known.outlived(r.arrival) })
	c[r.session] = clock{offset, r.arrival}
}

func (a *aborts) begin(r *request) {
	a.note(r)
	*a = aborts{failed: time.Now(), session: r.session, subshell: r.subshell, clocks: a.clocks}
	if hasFineClock(r) {
		a.sent = r.sent
	}
}

func (a *aborts) covers(r *request) bool {
	a.note(r)
	if r.subshell != a.subshell {
		return false
	}
	if r.arrival.Before(a.failed) {
		return true
	}
	if a.sent.IsZero() || r.session != a.session || !hasFineClock(r) || r.arrival.Sub(a.failed) > abortWindow {
		return false
	}
	return r.sent.After(a.sent) && r.sent.Add(a.clocks[r.session].offset).Before(a.failed)
}

func (a *aborts) note(r *request) {
	if a.clocks == nil {
		a.clocks = clocks{}
	}
	a.clocks.note(r)
}

// hasFineClock is false for clients that say no time or whole seconds only.
func hasFineClock(r *request) bool { return !r.sent.IsZero() && r.sent.Nanosecond() != 0 }
