package kernel

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// Subshells (JEP 91) let a front end be served while it waits for something else: each has a
// queue of its own. JupyterLab opens one for the comms of each target. There is one engine,
// so cells wait for each other wherever they come from; all else in a subshell does not wait
// for them.
type subshells struct {
	mu   sync.Mutex
	open map[string]subshell
}

type subshell struct {
	queue *queue
	close context.CancelFunc
}

// noSubshell is the id in messages that go to the shell itself.
const noSubshell = ""

func (s *subshells) add(id string, opened subshell) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[string]subshell{}
	}
	s.open[id] = opened
}

// remove closes a subshell once it has served what it was sent before; false when there is none.
func (s *subshells) remove(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	opened, known := s.open[id]
	if known {
		opened.close()
		delete(s.open, id)
	}
	return known
}

// push hands a job to a subshell; false when there is none of this id.
func (s *subshells) push(id string, j job) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	opened, known := s.open[id]
	if known {
		opened.queue.push(j)
	}
	return known
}

func (s *subshells) has(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, known := s.open[id]
	return known
}

func (s *subshells) ids() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.AppendSeq([]string{}, maps.Keys(s.open))
}

type subshellRequest struct {
	ID string `json:"subshell_id"`
}

type createSubshellReply struct {
	Status string `json:"status"`
	ID     string `json:"subshell_id"`
}

func (createSubshellReply) MessageType() string { return msgCreateSubshellReply }

type deleteSubshellReply struct {
	Status string `json:"status"`
}

func (deleteSubshellReply) MessageType() string { return msgDeleteSubshellReply }

type listSubshellReply struct {
	Status string   `json:"status"`
	IDs    []string `json:"subshell_id"`
}

func (listSubshellReply) MessageType() string { return msgListSubshellReply }

func (k *server) createSubshell(*request) (Content, error) {
	ctx, cancel := context.WithCancel(k.ctx)
	opened := subshell{newQueue(), cancel}
	id := uuid.NewString()
	k.subshells.add(id, opened)
	go k.work(ctx, opened.queue)
	return createSubshellReply{"ok", id}, nil
}

func (k *server) deleteSubshell(r *request) (Content, error) {
	q, err := object[subshellRequest](r)
	if err != nil {
		return nil, err
	}
	if !k.subshells.remove(q.ID) {
		return unknownSubshell(r), nil
	}
	return deleteSubshellReply{"ok"}, nil
}

func (k *server) listSubshells(*request) (Content, error) {
	return listSubshellReply{"ok", k.subshells.ids()}, nil
}

// unknownSubshell answers a request for a subshell that is not there, or not any more.
func unknownSubshell(r *request) Content {
	out := (&CellError{Name: "unknown subshell", Message: "there is no subshell of this id"}).output()
	return failedReply{kind: replyTo(r.kind), errorContent: errorReply(out)}
}

// refuse serves a request for an unknown subshell.
func refuse(_ *server, r *request) (Content, error) {
	if replyTo(r.kind) == r.kind { // a comm message, which has no reply
		return nil, errors.New("its subshell is unknown")
	}
	return unknownSubshell(r), nil
}
