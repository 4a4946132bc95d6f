package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Options configure Serve.
type Options struct {
	// ConnectionFile is the path that Jupyter puts in place of {connection_file}.
	ConnectionFile string
	// Engine runs the cells.
	Engine Engine
	// Name is the implementation's name; default "gopherwood".
	Name string
	// Version is the implementation's version; default "0.1.0".
	Version string
	// Banner greets a person in a console; default is Name and Version.
	Banner string
	// Log gets a line for what is dropped because it is malformed or not signed; default is
	// the process's standard error. At most maxDropLines lines are written.
	Log *log.Logger
}

func (o *Options) setDefaults() {
	if o.Name == "" {
		o.Name = "gopherwood"
	}
	if o.Version == "" {
		o.Version = "0.1.0"
	}
	if o.Banner == "" {
		o.Banner = o.Name + " " + o.Version + ": a Go kernel"
	}
	if o.Log == nil {
		o.Log = log.New(processStderr, o.Name+": ", log.LstdFlags)
	}
}

// Serve runs a kernel until a front end shuts it down, the process is told to terminate, the
// process that started it dies (JPY_PARENT_PID), or ctx ends. SIGINT interrupts the running
// cell. All output has been sent when Serve returns; a cell that does not stop when it is
// interrupted may still be running then, so the caller should leave the process.
func Serve(ctx context.Context, options Options) error {
	if options.Engine == nil {
		return errors.New("kernel: Options.Engine is missing")
	}
	options.setDefaults()
	connection, err := readConnection(options.ConnectionFile)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	k := newServer(ctx, options, connection)
	if err := k.listen(connection); err != nil {
		k.closeSockets()
		return err
	}
	if k.session, err = NewSession(options.Engine, k); err != nil {
		k.closeSockets()
		return err
	}
	stopWatching := k.watchProcess()
	defer stopWatching()
	k.run()
	select {
	case <-k.stopped:
	case <-ctx.Done():
	}
	k.end(cancel)
	return nil
}

// server is one kernel on its sockets.
type server struct {
	ctx     context.Context
	options Options
	wire    *wire
	log     *dropLog
	session *Session

	sockets     map[string]zmq4.Socket
	subscribers peers
	subscribed  chan struct{} // closed at the first subscription to IOPub
	firstTopic  sync.Once

	cells, asides *queue
	comms         *queue
	subshells     subshells
	cellsDone     chan struct{}
	questions     *questions
	aborts        aborts // belongs to the goroutine of the cells

	publishing sync.Mutex // one message at a time on IOPub
	status     sync.Mutex
	running    json.RawMessage // header of the request in the lane of cells

	stopOnce sync.Once
	stopped  chan struct{}
}

// The sockets of a kernel, by the names of the protocol.
const (
	shellSocket     = "shell"
	controlSocket   = "control"
	stdinSocket     = "stdin"
	heartbeatSocket = "heartbeat"
	iopubSocket     = "iopub"
)

func newServer(ctx context.Context, options Options, c connection) *server {
	k := &server{
		ctx:        ctx,
		options:    options,
		wire:       newWire(c.Key, signatureHashes[c.SignatureScheme]),
		log:        &dropLog{logger: options.Log},
		sockets:    map[string]zmq4.Socket{},
		subscribed: make(chan struct{}),
		cells:      newQueue(),
		asides:     newQueue(),
		comms:      newQueue(),
		cellsDone:  make(chan struct{}),
		questions:  newQuestions(),
		stopped:    make(chan struct{}),
	}
	k.subscribers.subscribed = k.welcome
	return k
}

// listen binds all sockets. The heartbeat is a ROUTER, not a REP: it echoes any number of
// clients without keeping state between a request and its reply.
func (k *server) listen(c connection) error {
	quiet := zmq4.WithLogger(log.New(io.Discard, "", 0))
	// zmq4 cannot wait for its queue at the end, so its context outlives ours: see end.
	background := context.WithoutCancel(k.ctx)
	for _, s := range []struct {
		name string
		port int
	}{
		{shellSocket, c.ShellPort}, {controlSocket, c.ControlPort}, {stdinSocket, c.StdinPort},
		{heartbeatSocket, c.HeartbeatPort}, {iopubSocket, c.IOPubPort},
	} {
		var socket zmq4.Socket
		if s.name == iopubSocket {
			socket = zmq4.NewPub(k.subscribers.context(background), quiet)
		} else {
			socket = zmq4.NewRouter((&peers{}).context(background), quiet)
		}
		k.sockets[s.name] = socket
		if err := socket.Listen(c.endpoint(s.port)); err != nil {
			return err
		}
	}
	return nil
}

// run starts a goroutine for each socket and each lane.
func (k *server) run() {
	k.publishStatus(nil, stateStarting)
	go k.receive(shellSocket, shell)
	go k.receive(controlSocket, control)
	go k.echo(heartbeatSocket)
	go k.takeAnswers()
	go k.work(k.ctx, k.asides)
	go k.work(k.ctx, k.comms)
	go func() {
		defer close(k.cellsDone)
		k.work(k.ctx, k.cells)
	}()
}

// receive reads one socket and sends each request to its lane.
func (k *server) receive(name string, on channel) {
	socket := k.sockets[name]
	reply := func(frames [][]byte) {
		_ = socket.SendMulti(zmq4.NewMsgFrom(frames...)) // fails when the client has gone
	}
	for {
		frames, ok := k.next(socket)
		if !ok {
			return
		}
		r, err := k.wire.parse(frames)
		if err != nil {
			k.log.drop("message on "+name, err)
			continue
		}
		v, known := verbs[r.kind]
		if !known || v.channels&on == 0 {
			k.log.drop("message on "+name, errors.New("its type "+visible(r.kind)+" is unknown here"))
			continue
		}
		k.route(job{r, v, reply}, on)
	}
}

func (k *server) route(j job, on channel) {
	if on == shell {
		k.awaitSubscriber()
	}
	if on == shell && j.request.subshell != noSubshell {
		beside := j.verb.lane == laneAsides || j.verb.lane == laneComms
		switch {
		case beside && k.subshells.push(j.request.subshell, j):
			return
		case !k.subshells.has(j.request.subshell):
			j.verb = verb{lane: laneAsides, handle: refuse}
		}
	}
	switch {
	case on == control || j.verb.lane == laneControl:
		k.serve(j.request, j.verb, j.reply)
	case j.verb.lane == laneAsides:
		k.asides.push(j)
	case j.verb.lane == laneComms:
		k.comms.push(j)
	default:
		k.cells.push(j)
	}
}

// next is the next message of a socket; false when the kernel ends.
func (k *server) next(socket zmq4.Socket) ([][]byte, bool) {
	for {
		message, err := socket.Recv()
		switch {
		case k.ctx.Err() != nil:
			return nil, false
		case err != nil:
			time.Sleep(10 * time.Millisecond)
		case message.Type == zmq4.UsrMsg: // the rest are ZMTP commands, such as PING
			return message.Frames, true
		}
	}
}

// work handles the jobs of one queue in order, until ctx ends.
func (k *server) work(ctx context.Context, q *queue) {
	for {
		j, ok := q.pop(ctx.Done())
		if !ok {
			return
		}
		k.serve(j.request, j.verb, j.reply)
	}
}

// echo is the heartbeat. It knows nothing of the messages, so it beats whatever happens.
func (k *server) echo(name string) {
	socket := k.sockets[name]
	for {
		frames, ok := k.next(socket)
		if !ok {
			return
		}
		_ = socket.SendMulti(zmq4.NewMsgFrom(frames...)) // fails when the client has gone
	}
}
