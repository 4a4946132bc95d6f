package pages

import (
	"errors"
	"testing"
)

// A page that is too large is an error: its length would become another one.
func TestPageTooLarge(t *testing.T) {
	for _, h := range []header{{uncompressed: 1 << 31}, {compressed: 1 << 31}} {
		if _, err := h.append(nil); !errors.Is(err, errPageSize) {
			t.Errorf("a page of 2 GiB: %v, want %v", err, errPageSize)
		}
	}
	if _, err := (header{uncompressed: 1<<31 - 1}).append(nil); err != nil {
		t.Errorf("the largest page: %v", err)
	}
}
