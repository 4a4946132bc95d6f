package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// errNoShell answers a shell command where Config.NoShell is set.
var errNoShell = errors.New("commands of the operating system are switched off in this kernel")

// shell runs a command line of the operating system. Its output goes straight to the
// notebook; an interrupt ends it with all that it started.
func (e *Engine) shell(ctx context.Context, line string, input io.Reader) error {
	if e.noShell {
		return errNoShell
	}
	if line = strings.TrimSpace(line); line == "" {
		return errors.New("write a command after $")
	}
	run := shellCommand(ctx, line)
	run.Stdin, run.Stdout, run.Stderr = input, os.Stdout, os.Stderr
	run.WaitDelay = time.Second
	err := run.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return fmt.Errorf("the command ended with %s", ended)
	}
	return err
}
