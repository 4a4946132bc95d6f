package main

import (
	"fmt"
	"time"
)

// generator makes the numbers that the samples are drawn from. It is SplitMix64
// (https://prng.di.unimi.it/splitmix64.c), written out here because the files must have the same
// bytes with every version of Go.
type generator struct{ state uint64 }

func (g *generator) next() uint64 {
	g.state += 0x9e3779b97f4a7c15
	z := g.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1. The bias of the remainder is of no account here.
func (g *generator) below(n int) int { return int(g.next() % uint64(n)) }

// within returns a duration from 0 to less than d, in whole ticks.
func (g *generator) within(d, tick time.Duration) time.Duration {
	return time.Duration(g.below(int(d/tick))) * tick
}

// guid returns a random identifier of the version that Windows makes.
func (g *generator) guid() string {
	a, b := g.next(), g.next()
	return fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x",
		a>>32, a>>16&0xffff, a&0xfff, 0x8000|b>>48&0x3fff, b&0xffffffffffff)
}
