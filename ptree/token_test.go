package ptree_test

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// sealed is the token of bytes, with the checksum that they need.
func sealed(b ...byte) string {
	sum := byte(0)
	for _, c := range b {
		sum += c
	}
	return base64.RawURLEncoding.EncodeToString(append(slices.Clone(b), sum))
}

// someOf takes a random part of a tree.
func someOf(t ptree.Tree, r *rand.Rand) ptree.Tree {
	numbers := t.Col("source_index")
	share := r.Float64()
	values := []any{"none"}
	for i := range t.Len() {
		if r.Float64() < share {
			values = append(values, numbers.Text(i))
		}
	}
	return t.Where(dataframe.In("source_index", values...))
}

// TestTokenComesBack checks that FromToken turns every selection into itself again, with a tree
// that was built anew.
func TestTokenComesBack(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		df := frameOfEvents(randomEvents(r, 2, 1+r.IntN(200)))
		tree, again := mustBuild(t, df), mustBuild(t, df)
		for _, part := range []ptree.Tree{tree, tree.Head(0), tree.Tail(4), someOf(tree, r), someOf(tree, r).Sort(dataframe.Desc("source_index"))} {
			want := part.Positions()
			slices.Sort(want)
			got, err := ptree.FromToken(again.Head(1), part.Token())
			if err != nil || !slices.Equal(got.Positions(), want) {
				t.Fatalf("seed %d: FromToken(%s) = %v, %v, want %v", seed, part.Token(), got.Positions(), err, want)
			}
			if got.Token() != part.Token() {
				t.Fatalf("seed %d: Token() = %s, want %s, as before", seed, got.Token(), part.Token())
			}
		}
	}
}

func TestTokenErrors(t *testing.T) {
	events := randomEvents(rand.New(rand.NewPCG(1, 1)), 2, 50)
	tree, other := mustBuild(t, frameOfEvents(events)), mustBuild(t, frameOfEvents(events[1:]))
	print, err := hex.DecodeString(tree.Fingerprint())
	if err != nil || len(print) != 4 {
		t.Fatalf("Fingerprint() = %q, want eight hexadecimal digits", tree.Fingerprint())
	}
	with := func(version byte, runs ...byte) string {
		return sealed(append(append([]byte{version}, print...), runs...)...)
	}
	good := tree.Tail(7).Token()
	swapped := []byte(good)
	swapped[2], swapped[3] = 'x', 'y'
	for name, c := range map[string]struct{ token, want string }{
		"nothing":           {"", "damaged"},
		"no token":          {"<script>alert(1)</script>\x1b", "damaged"},
		"cut short":         {good[:len(good)-1], "damaged"},
		"one letter off":    {string(swapped), "damaged"},
		"standard base64":   {strings.Repeat("+/", 8), "damaged"},
		"another version":   {with(2, 0, 1), "version 2"},
		"another log":       {other.Token(), "another log"},
		"a gap alone":       {with(1, 3), "damaged"},
		"an empty run":      {with(1, 3, 0), "damaged"},
		"touching runs":     {with(1, 0, 1, 0, 1), "damaged"},
		"past the end":      {with(1, 0, 127), "damaged"},
		"a huge gap":        {with(1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1), "damaged"},
		"a huge run":        {with(1, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1), "damaged"},
		"an endless varint": {with(1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255), "damaged"},
	} {
		got, err := ptree.FromToken(tree, c.token)
		if err == nil || !strings.Contains(err.Error(), c.want) || got.Len() != 0 {
			t.Errorf("%s: FromToken(%q) = %d processes, %v, want an error with %q", name, c.token, got.Len(), err, c.want)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\n") {
			t.Errorf("%s: the error %q has characters that act, want them escaped", name, err)
		}
	}
}

// TestTokenOfNoTree checks the zero value.
func TestTokenOfNoTree(t *testing.T) {
	if got, err := ptree.FromToken(ptree.Tree{}, ptree.Tree{}.Token()); err != nil || got.Len() != 0 {
		t.Errorf("FromToken(Tree{}, Tree{}.Token()) = %d processes, %v, want none and no error", got.Len(), err)
	}
	tree := mustBuild(t, frameOfEvents(randomEvents(rand.New(rand.NewPCG(1, 1)), 1, 5)))
	if _, err := ptree.FromToken(ptree.Tree{}, tree.Token()); err == nil {
		t.Error("FromToken(Tree{}, a token of a log) = nil, want an error")
	}
}

// TestTokenIsWhatThePageWrites holds the format against its description, byte for byte.
func TestTokenIsWhatThePageWrites(t *testing.T) {
	tree := mustBuild(t, frameOfEvents(randomEvents(rand.New(rand.NewPCG(3, 1)), 2, 400)))
	print, _ := hex.DecodeString(tree.Fingerprint())
	want := sealed(append(append([]byte{1}, print...), 2, 1, 197, 1, 130, 1)...) // 2; 200 to 329
	got, err := ptree.FromToken(tree, want)
	if err != nil {
		t.Fatal(err)
	}
	positions := got.Positions()
	if len(positions) != 131 || positions[0] != 2 || positions[1] != 200 || positions[130] != 329 || got.Token() != want {
		t.Errorf("FromToken(%s) = %v, want 2 and 200 to 329; its Token() = %s", want, positions, got.Token())
	}
}

// TestFingerprint checks that it is the log's: the same in every tree of it, another where one
// value differs.
func TestFingerprint(t *testing.T) {
	events := randomEvents(rand.New(rand.NewPCG(5, 1)), 2, 60)
	tree := mustBuild(t, frameOfEvents(events))
	if again := mustBuild(t, frameOfEvents(events)); again.Head(2).Fingerprint() != tree.Fingerprint() {
		t.Errorf("Fingerprint() = %s of the same log, want %s", again.Fingerprint(), tree.Fingerprint())
	}
	for name, change := range map[string]func(*event){
		"host": func(e *event) { e.host = "HOST9" },
		"pid":  func(e *event) { e.pid = "0x999" },
		"time": func(e *event) { e.time += 1e6 },
		"name": func(e *event) { e.name = `C:\other.exe` },
	} {
		changed := slices.Clone(events)
		change(&changed[30])
		if got := mustBuild(t, frameOfEvents(changed)).Fingerprint(); got == tree.Fingerprint() {
			t.Errorf("another %s: Fingerprint() = %s, want another one", name, got)
		}
	}
}

func FuzzFromToken(f *testing.F) {
	tree := mustBuild(f, frameOfEvents(randomEvents(rand.New(rand.NewPCG(7, 1)), 2, 90)))
	print, _ := hex.DecodeString(tree.Fingerprint())
	f.Add([]byte{})
	f.Add([]byte{0, 1, 4, 20})
	f.Add([]byte{255, 255, 255, 255, 15, 1})
	f.Add([]byte{0, 0, 0, 0})
	f.Add([]byte{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1})
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 2})
	f.Fuzz(func(t *testing.T, runs []byte) {
		_, _ = ptree.FromToken(tree, string(runs))
		token := sealed(append(append([]byte{1}, print...), runs...)...)
		got, err := ptree.FromToken(tree, token)
		if err != nil {
			return
		}
		if got.Len() > tree.Len() {
			t.Errorf("FromToken(%s) has %d processes, want %d at most", token, got.Len(), tree.Len())
		}
		again, err := ptree.FromToken(tree, got.Token())
		if err != nil || !slices.Equal(again.Positions(), got.Positions()) {
			t.Errorf("FromToken(%s) = %v, %v, want %v", got.Token(), again.Positions(), err, got.Positions())
		}
	})
}
