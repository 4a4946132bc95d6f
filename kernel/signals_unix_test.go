//go:build unix

package kernel

import (
	"os"
	"syscall"
	"testing"
	"time"
)

// TestInterrupt covers both ways, and the cells that wait behind the interrupted one.
func TestInterrupt(t *testing.T) {
	for name, interrupt := range map[string]func(k *client){
		"message": func(k *client) {
			id := k.send("control", msgInterruptRequest, map[string]any{})
			if got := k.reply(k.control, id).Content["status"]; got != "ok" {
				t.Errorf("interrupt_reply status = %v, want ok", got)
			}
		},
		"signal": func(k *client) { syscall.Kill(os.Getpid(), syscall.SIGINT) },
	} {
		t.Run(name, func(t *testing.T) {
			engine := &fakeEngine{started: make(chan string, 10)}
			k := startKernel(t, engine)
			k.run("set x 41")
			<-engine.started
			id := k.execute("sleep 1h")
			queued := k.execute("print queued")
			<-engine.started
			interrupt(k)
			if reply := k.reply(k.shell, id); reply.Content["ename"] != "interrupted" {
				t.Errorf("ename = %v, want interrupted", reply.Content["ename"])
			}
			if got := k.reply(k.shell, queued).Content["status"]; got != "aborted" {
				t.Errorf("status of the queued cell = %v, want aborted", got)
			}
			if _, got := k.run("show x"); len(got) != 4 {
				t.Errorf("messages after an interrupt = %v, want the result", kinds(got))
			}
		})
	}
}

func TestTerminationSignal(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	k.run("print x")
	syscall.Kill(os.Getpid(), syscall.SIGTERM)
	select {
	case err := <-k.served:
		k.served <- err
	case <-time.After(patience):
		t.Fatal("Serve did not return after SIGTERM")
	}
}
