package kernel

import "encoding/json"

// lane says which goroutine handles a request.
type lane int

const (
	// laneCells runs one request after the other, in the order of arrival: cells.
	laneCells lane = iota
	// laneAsides is beside the cells, so that completion works while a cell runs.
	laneAsides
	// laneComms is beside both: handlers of comms may take long.
	laneComms
	// laneControl is the control channel, which waits for nothing.
	laneControl
)

// channel is a socket on which requests come.
type channel int

const (
	shell channel = 1 << iota
	control
)

// verb is how one type of request is handled.
type verb struct {
	// channels are those on which the request may come.
	channels channel
	// lane handles it when it comes on shell.
	lane lane
	// handle returns the reply, or nil for none. An error means that the request is
	// malformed: it is dropped.
	handle func(k *server, r *request) (Content, error)
	// after is called, when set, once the reply is out and idle is published.
	after func(k *server)
}

// verbs is the dispatch table: all messages that clients may send.
var verbs = map[string]verb{
	msgKernelInfoRequest:     {channels: shell | control, lane: laneAsides, handle: (*server).kernelInfo},
	msgExecuteRequest:        {channels: shell, lane: laneCells, handle: (*server).execute},
	msgCompleteRequest:       {channels: shell, lane: laneAsides, handle: (*server).complete},
	msgInspectRequest:        {channels: shell, lane: laneAsides, handle: (*server).inspect},
	msgIsCompleteRequest:     {channels: shell, lane: laneAsides, handle: (*server).isComplete},
	msgHistoryRequest:        {channels: shell, lane: laneAsides, handle: (*server).history},
	msgCommInfoRequest:       {channels: shell, lane: laneAsides, handle: (*server).commInfo},
	msgCommOpen:              {channels: shell, lane: laneComms, handle: (*server).commMessage},
	msgCommMsg:               {channels: shell, lane: laneComms, handle: (*server).commMessage},
	msgCommClose:             {channels: shell, lane: laneComms, handle: (*server).commMessage},
	msgCreateSubshellRequest: {channels: control, lane: laneControl, handle: (*server).createSubshell},
	msgDeleteSubshellRequest: {channels: control, lane: laneControl, handle: (*server).deleteSubshell},
	msgListSubshellRequest:   {channels: control, lane: laneControl, handle: (*server).listSubshells},
	msgInterruptRequest:      {channels: shell | control, lane: laneControl, handle: (*server).interrupt},
	msgShutdownRequest:       {channels: shell | control, lane: laneControl, handle: (*server).shutdown, after: (*server).stop},
}

// serve handles one request. It is the one place where the rules of every exchange stand:
// busy first, then whatever the handler publishes, the reply, and idle last.
func (k *server) serve(r *request, v verb, reply func([][]byte)) {
	begin, end := k.beginAside, k.endAside
	if v.lane == laneCells {
		begin, end = k.beginCell, k.endCell
	}
	begin(r.header)
	content, err := k.guarded(r, v)
	if err != nil {
		k.log.drop("request "+r.kind, err)
	}
	if content != nil {
		if frames, err := k.wire.frames(r.ids, r.header, content); err != nil {
			k.log.drop("reply "+content.MessageType(), err)
		} else {
			reply(frames)
		}
	}
	end(r.header)
	if v.after != nil {
		v.after(k)
	}
}

// guarded calls the handler; the engine's panics must not end the person's session.
func (k *server) guarded(r *request, v verb) (content Content, err error) {
	type result struct {
		Content
		error
	}
	got, failure := call(r.kind, func() result {
		c, err := v.handle(k, r)
		return result{c, err}
	})
	if failure != "" {
		out := (&CellError{Name: "kernel error", Message: failure}).output()
		return failedReply{kind: replyTo(r.kind), errorContent: errorReply(out)}, nil
	}
	return got.Content, got.error
}

// failedReply is the reply to any request whose handler has panicked.
type failedReply struct {
	kind string
	errorContent
}

func (f failedReply) MessageType() string { return f.kind }

// replyTo is the protocol's rule: x_request is answered by x_reply.
func replyTo(kind string) string {
	const suffix = "_request"
	if len(kind) > len(suffix) && kind[len(kind)-len(suffix):] == suffix {
		return kind[:len(kind)-len(suffix)] + "_reply"
	}
	return kind
}

// object decodes the content of a request into T.
func object[T any](r *request) (T, error) {
	var content T
	err := json.Unmarshal(r.content, &content)
	return content, err
}
