//go:build unix

package engine

import (
	"context"
	"os/exec"
	"syscall"
)

// shellCommand starts a process group of its own, so that an interrupt reaches all of it and
// nothing but it.
func shellCommand(ctx context.Context, line string) *exec.Cmd {
	run := exec.CommandContext(ctx, "sh", "-c", line)
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	run.Cancel = func() error { return syscall.Kill(-run.Process.Pid, syscall.SIGKILL) }
	return run
}
