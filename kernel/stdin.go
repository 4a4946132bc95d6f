package kernel

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/go-zeromq/zmq4"
	"github.com/google/uuid"
)

// inputRequest asks the person who ran a cell for a line.
type inputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password"` // hide what is typed
}

func (inputRequest) MessageType() string { return msgInputRequest }

type inputReply struct {
	Value *string `json:"value"`
}

// questions are what cells ask on the stdin socket. Front ends show one question at a time,
// so a second one waits for the answer to the first.
type questions struct {
	turn chan struct{} // holds the one token

	mu      sync.Mutex
	pending *question
}

// question waits for its answer.
type question struct {
	id     string // msg_id of the input_request
	ids    [][]byte
	answer chan string
}

func newQuestions() *questions {
	q := &questions{turn: make(chan struct{}, 1)}
	q.turn <- struct{}{}
	return q
}

// ask puts a question to the client that sent r, and to no other: its sockets share one
// identity. It returns when the answer is there or ctx ends.
func (k *server) ask(ctx context.Context, r *request, prompt string, password bool) (string, error) {
	select {
	case <-k.questions.turn:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { k.questions.turn <- struct{}{} }()
	asked := &question{id: uuid.NewString(), ids: r.ids, answer: make(chan string, 1)}
	frames, err := k.wire.framesWithID(asked.id, r.ids, r.header, inputRequest{prompt, password})
	if err != nil {
		return "", err
	}
	k.questions.set(asked)
	defer k.questions.set(nil)
	if err := k.sockets[stdinSocket].SendMulti(zmq4.NewMsgFrom(frames...)); err != nil {
		return "", err
	}
	select {
	case answer := <-asked.answer:
		return answer, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (q *questions) set(asked *question) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.pending = asked
}

// take gives an answer to the question that waits for it. An answer is stale when there is
// none, when it comes from another client, or when it names another question; older clients
// name none.
func (q *questions) take(r *request) error {
	content, err := object[inputReply](r)
	if err != nil {
		return err
	}
	if content.Value == nil {
		return errors.New("the reply has no value")
	}
	var parent struct {
		ID string `json:"msg_id"`
	}
	if err := json.Unmarshal(r.parent, &parent); err != nil {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	asked := q.pending
	if asked == nil || !slices.EqualFunc(asked.ids, r.ids, bytes.Equal) || parent.ID != "" && parent.ID != asked.id {
		return errors.New("nobody waits for it")
	}
	q.pending = nil
	asked.answer <- *content.Value
	return nil
}

// takeAnswers reads the stdin socket, on which nothing but answers may come.
func (k *server) takeAnswers() {
	for {
		frames, ok := k.next(k.sockets[stdinSocket])
		if !ok {
			return
		}
		r, err := k.wire.parse(frames)
		if err == nil && r.kind != msgInputReply {
			err = errors.New("its type " + visible(r.kind) + " is unknown here")
		}
		if err == nil {
			err = k.questions.take(r)
		}
		if err != nil {
			k.log.drop("message on "+stdinSocket, err)
		}
	}
}
