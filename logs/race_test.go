//go:build race

package logs

func init() { raced = true }
