package logs

import (
	"context"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Options changes how a log is read. Its zero value is the default.
type Options struct {
	// Format is a name of [Formats]; "" finds the format from the bytes.
	Format string

	// Progress shows a bar of the bytes read.
	Progress bool

	// MaxBytes is the largest input, after decompression, that is read. 0 means 16 GiB, and
	// for a compressed input no more than 100 times its size or 1 GiB, whichever is more: a
	// few kilobytes that unfold to more than that are an attack far more often than a log.
	MaxBytes int64

	// Context stops the reading when it is cancelled; nil never does.
	Context context.Context
}

const (
	defaultMaxBytes = 16 << 30
	freeUnfolding   = 1 << 30 // bytes that any compressed input may unfold to
	maxUnfolding    = 100     // times its size that a compressed input may unfold to beyond that
)

// limit returns the number of bytes that may come out of in bytes of compressed input.
func (o Options) limit(in int64, compressed bool) int64 {
	switch {
	case o.MaxBytes > 0:
		return o.MaxBytes
	case compressed:
		return min(defaultMaxBytes, max(freeUnfolding, maxUnfolding*in))
	}
	return defaultMaxBytes
}

// one returns the options that a call was given.
func one(options []Options) Options {
	switch len(options) {
	case 0:
		return Options{}
	case 1:
		return options[0]
	}
	panic(&dataframe.UsageError{Message: "give one logs.Options, not several: put all settings into it"})
}
