package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interruptible is cancelled by an interrupt and by what schedulers send, so that what is done can be
// kept. A second one ends the program where it stands, whatever it waits for.
func interruptible() (ctx context.Context, stop context.CancelFunc) {
	ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
