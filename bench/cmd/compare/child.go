package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// child is a contender at work: a process that has loaded a log and runs when it is told to. What it
// says is a line of JSON for each command, see bench/peers/contender.py.
type child struct {
	cmd    *exec.Cmd
	cancel context.CancelFunc
	in     io.WriteCloser
	out    *json.Decoder
	errors *tail
}

// reply has what any of a child's lines says.
type reply struct {
	Ready   bool
	Version string
	Forms   []string

	Took     map[string]float64 // seconds by formulation
	Failures map[string]string
	Forest   int64 // bytes that our result keeps
	Columns  int64 // bytes of the columns that it is made of

	Seconds, Processor float64
	Peak               int64
}

// begin starts a contender and waits until it has loaded its log. A child that says nothing
// for the time limit of a command is killed.
func begin(ctx context.Context, args []string, limit time.Duration) (*child, reply, error) {
	ctx, cancel := context.WithCancel(ctx)
	c := &child{cmd: exec.CommandContext(ctx, args[0], args[1:]...), cancel: cancel, errors: &tail{}}
	c.cmd.Stderr = c.errors
	c.cmd.Env = append(os.Environ(), "PYTHONWARNINGS=ignore", "TZ=UTC")
	var err error
	var out io.ReadCloser
	if c.in, err = c.cmd.StdinPipe(); err == nil {
		if out, err = c.cmd.StdoutPipe(); err == nil {
			err = c.cmd.Start()
		}
	}
	if err != nil {
		cancel()
		return nil, reply{}, err
	}
	c.out = json.NewDecoder(out)
	said, err := c.hear(limit)
	if err == nil && !said.Ready {
		err = errors.New("it is not ready")
	}
	if err != nil {
		return nil, said, errors.Join(err, c.end())
	}
	return c, said, nil
}

func (c *child) ask(command string, limit time.Duration) (reply, error) {
	if _, err := fmt.Fprintln(c.in, command); err != nil {
		return reply{}, fmt.Errorf("%w: %s", err, c.errors)
	}
	return c.hear(limit)
}

func (c *child) hear(limit time.Duration) (reply, error) {
	late := time.AfterFunc(limit, c.cancel)
	defer late.Stop()
	var r reply
	if err := c.out.Decode(&r); err != nil {
		if !late.Stop() {
			err = fmt.Errorf("stopped after %s", limit)
		}
		return r, fmt.Errorf("%w: %s", err, c.errors)
	}
	return r, nil
}

// end lets the child go; one that fails to is killed.
func (c *child) end() error {
	c.in.Close()
	late := time.AfterFunc(time.Minute, c.cancel)
	defer late.Stop()
	defer c.cancel()
	return c.cmd.Wait()
}

// tail keeps the end of what a child says on its standard error.
type tail struct{ text []byte }

const tailBytes = 2000

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-tailBytes):]
	return len(p), nil
}

func (t *tail) String() string { return strings.TrimSpace(string(t.text)) }
