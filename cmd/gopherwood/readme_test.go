package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// example is one command of the README with the output that stands below it.
type example struct{ command, output string }

func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// blocks returns the fenced blocks of a language.
func blocks(text, language string) []string {
	var out []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

func examples(block string) []example {
	var out []example
	for _, line := range strings.SplitAfter(block, "\n") {
		if c, ok := strings.CutPrefix(line, "$ "); ok {
			out = append(out, example{command: strings.TrimSpace(c)})
		} else if len(out) > 0 {
			out[len(out)-1].output += line
		}
	}
	return out
}

// words splits a command line as a shell does, as far as the README goes: single quotes.
func words(command string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`'([^']*)'|(\S+)`).FindAllStringSubmatch(command, -1) {
		out = append(out, m[1]+m[2])
	}
	return out
}

// atRoot runs the test in the repository's root, with out/ elsewhere.
func atRoot(t *testing.T) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
}

func TestReadmeCommands(t *testing.T) {
	all := blocks(readme(t), "console")
	if len(all) == 0 {
		t.Fatal("the README has no console block")
	}
	atRoot(t)
	out := t.TempDir()
	for _, block := range all {
		for _, e := range examples(block) {
			args := words(strings.ReplaceAll(e.command, "out/", out+"/"))
			if args[0] != "gopherwood" {
				t.Fatalf("the README runs %s", args[0])
			}
			code, got, err := call(t, "", args[1:]...)
			if code != exitFine || got != e.output {
				t.Errorf("%s = %d, %s\n%s, want\n%s", e.command, code, err, got, e.output)
			}
		}
	}
	drawn, err := os.ReadFile(filepath.Join(out, "tree.png"))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := os.ReadFile("docs/tree.png")
	if err != nil {
		t.Fatal(err)
	}
	if string(drawn) != string(shown) {
		t.Error("docs/tree.png is not what the README's command draws: run make generate and look at it")
	}
}

// TestFleetCommands runs the commands of docs/fleet.md, with its tree.parquet elsewhere.
func TestFleetCommands(t *testing.T) {
	page, err := os.ReadFile("../../docs/fleet.md")
	if err != nil {
		t.Fatal(err)
	}
	all := blocks(string(page), "console")
	if len(all) == 0 {
		t.Fatal("the page has no console block")
	}
	atRoot(t)
	out := t.TempDir()
	for _, e := range examples(all[0]) {
		args := words(strings.ReplaceAll(e.command, "tree.parquet", filepath.Join(out, "tree.parquet")))
		if code, got, failed := call(t, "", args[1:]...); code != exitFine || got != e.output {
			t.Errorf("%s = %d, %s\n%s, want\n%s", e.command, code, failed, got, e.output)
		}
	}
}

func TestReadmeCells(t *testing.T) {
	cells := blocks(readme(t), "go")
	if len(cells) < 2 {
		t.Fatalf("the README has %d Go blocks, want 2", len(cells))
	}
	atRoot(t)
	session, err := newEngine()
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	for _, cell := range cells {
		values, err := session.Eval(context.Background(), cell)
		if err != nil || len(values) != 1 {
			t.Errorf("%s\n= %v, %v, want one value", cell, values, err)
		}
	}
}
