import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Cancelled, Work } from "../src/breathe";
import { colouring } from "../src/colour";
import { csv, goQuery, goString, textTree } from "../src/copy";
import { type Manifest, Data, decode, timeText } from "../src/data";
import { Folds, listed } from "../src/folds";
import { indexOf, paths, shown } from "../src/layout";
import * as names from "../src/names";
import { printable } from "../src/printable";
import { Selection, runsOf } from "../src/selection";
import { State } from "../src/state";
import { contains, match } from "../src/search/match";
import { QueryError, parse } from "../src/search/parse";
import { sorted } from "../src/sort";
import { token } from "../src/token";

const small = () => decode(new Uint8Array(readFileSync("testdata/small.gwv")));

/** forest makes a tree of depths alone, and of what repeats. */
function forest(depths: number[], fold: number[] = [], chains: number[] = []): Data {
  const parent = new Int32Array(depths.length), path: number[] = [];
  depths.forEach((depth, i) => { path.length = depth; parent[i] = depth ? path[depth - 1]! : -1; path.push(i); });
  const arrays = { parent: [...parent], depth: depths, fold, chains }, numbers = Object.values(arrays).flat();
  const bytes = new Uint8Array(Int32Array.from(numbers).buffer);
  let at = 0;
  const entries = Object.entries(arrays).map(([Name, values]) => ({ Name, Type: "int32", At: (at += values.length * 4) - values.length * 4, Len: values.length }));
  const manifest = { Rows: depths.length, Arrays: entries, Columns: null, BlockSize: 1, Roles: {} } as unknown as Manifest;
  return new Data(manifest, bytes, 0);
}

const shape = (d: Data) => ({ folded: new Uint8Array(d.n), focus: -1, kept: null as Uint8Array | null, hides: null as ((row: number) => boolean) | null });

test("decode reads what Go encodes", () => {
  const d = small(), all = (name: string) => Array.from({ length: d.n }, (_, i) => d.column(name)!.text(d.column(name)!.code(i)));
  assert.deepEqual(all("text"), ["CMD", "", "cmd", "Bash"]);
  assert.deepEqual(all("int"), ["9223372036854775807", "", "-9223372036854775808", "7"]);
  assert.deepEqual(all("float"), ["NaN", "", "-Infinity", "2.5"]);
  assert.deepEqual(all("bool"), ["true", "false", "false", "true"]);
  assert.deepEqual(all("none"), ["", "", "", ""]);
  assert.deepEqual([...d.size], [4, 2, 1, 1]);
  assert.deepEqual([...d.place], [0, 0, 0, 1]);
  assert.deepEqual([...d.start], [NaN, 1.5, -2, 0]);
  assert.ok(d.flag(0, 1) && !d.flag(1, 1) && d.flag(2, 2) && d.flag(2, 4));
  assert.throws(() => decode(new Uint8Array(16)), /no process tree/);
});

test("times are written as pandas writes them", () => {
  const of = [[0n, "1970-01-01 00:00:00"], [1710209580123000000n, "2024-03-12 02:13:00.123"], [1710209580000001000n, "2024-03-12 02:13:00.000001"], [1n, "1970-01-01 00:00:00.000000001"], [-1n, "1969-12-31 23:59:59.999999999"], [9223372036854775807n, "2262-04-11 23:47:16.854775807"]] as const;
  for (const [ns, want] of of) assert.equal(timeText(ns), want);
});

test("printable shows what hides itself", () => {
  for (const [text, want] of [["a\u202eb", "a\\u202eb"], ["\x1b[0m", "\\x1b[0m"], ["a\nb\t", "a\\nb\\t"], ["\u00a0", "\\u00a0"], ["\u{e0041}", "\\U000e0041"], ["C:\\é日", "C:\\é日"], ["a" + "\u0301".repeat(6), "a\u0301\u0301\u0301\u0301\\u0301\\u0301"], ["\u3164", "\\u3164"]] as const) assert.equal(printable(text), want);
  assert.equal(printable("abcdef", 4), "abc\u2026");
});

test("shown follows folds, focus, kept rows and the legend", () => {
  const d = forest([0, 1, 2, 1, 0]), s = shape(d);
  assert.deepEqual([...shown(d, s)], [0, 1, 2, 3, 4]);
  s.folded[1] = 1;
  assert.deepEqual([...shown(d, s)], [0, 1, 3, 4]);
  assert.deepEqual([...shown(d, s, false)], [0, 1, 2, 3, 4]);
  assert.deepEqual([...shown(d, { ...s, focus: 1 })], [1]);
  assert.deepEqual([...shown(d, { ...s, hides: (r) => r === 0 })], [1, 3, 4]);
  assert.deepEqual([...paths(d, Uint8Array.of(0, 0, 1, 0, 0))], [1, 1, 1, 0, 0]);
  const rows = Int32Array.of(0, 3, 4);
  assert.deepEqual([0, 3, 4, 1, 9].map((r) => indexOf(rows, r)), [0, 1, 2, -2, -4]);
});

// A root with four alike, each with a child, then an odd one; and a chain of two turns, its first member
// with a second child after the chain, and something after the last.
const alike = () => forest([0, 1, 2, 1, 2, 1, 2, 1, 2, 1], [0, 1, 2, 1, 2, 1, 2, 1, 2, 9]);
const chain = () => forest([0, 1, 2, 3, 4, 5, 2], [0, 1, 1, 1, 1, 5, 6], [1, 2, 1, 2]);

test("what is alike is one row until it is opened, and what is below opens with it", () => {
  const d = alike(), f = new Folds(d), none = new Uint8Array(d.n), rows = () => [...listed(d, f, none, -1).rows];
  assert.deepEqual(rows(), [0, 1, 2, 9]);
  assert.deepEqual([f.count(1), [...f.all(2)], f.piled(1), f.piled(9), f.name(1)], [4, [2, 4, 6, 8], true, false, "row 1 \u00d74"]);
  assert.equal(listed(d, f, none, -1).processes, d.n);
  f.turn([1], true);
  assert.deepEqual(rows(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  f.turn([1], false);
  f.turn([2], true);
  assert.deepEqual(rows(), [0, 1, 2, 4, 6, 8, 9]);
  assert.deepEqual([...listed(d, f, none, -1).level.subarray(2, 9)], [2, 0, 2, 0, 2, 0, 2]);
  const shut = Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
  assert.deepEqual([...listed(d, f, shut, -1).rows], [0, 1, 9]);
  assert.equal(listed(d, f, shut, -1).processes, 6);
});

test("a chain is one row, and what it started stands below", () => {
  const d = chain(), f = new Folds(d), l = listed(d, f, new Uint8Array(d.n), -1);
  assert.deepEqual([...l.rows], [0, 1, 5, 6]);
  assert.deepEqual([0, 1, 5, 6].map((r) => l.level[r]), [0, 1, 2, 2]);
  assert.deepEqual([l.last[1], l.deepest, f.name(1)], [6, 2, "row 1 \u2192 row 2 \u00d72"]);
  f.turn([1], true);
  assert.deepEqual([...listed(d, f, new Uint8Array(d.n), -1).level], [0, 1, 2, 3, 4, 5, 2]);
});

(globalThis as { requestAnimationFrame?: unknown }).requestAnimationFrame ??= () => 0; // which a browser has
const stateOf = (d: Data) => new State(d, {}, () => {});

test("a found process that another stands for gets a row, with its like", () => {
  const s = stateOf(alike());
  assert.deepEqual([...s.rows], [0, 1, 2, 9]);
  s.hits = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
  assert.deepEqual([1, 2, 9].map((r) => s.hit(r)), [false, true, false]);
  s.reveal(6);
  assert.ok(s.index(6) >= 0 && s.index(5) >= 0);
  assert.equal(s.up(6), 5);
  s.pile(6, true);
  assert.deepEqual([s.piled(2), s.piled(1), s.rows.length], [true, false, 7]);
  const c = stateOf(chain());
  c.reveal(3);
  assert.equal(c.rows.length, 7);
});

test("rows that stand for several count them all, and part where only some are selected", () => {
  const s = stateOf(alike());
  assert.deepEqual(s.processesOf([1, 9]), [1, 3, 5, 7, 9]);
  s.selection.add(s.processesOf(s.rows));
  assert.equal(s.selection.count, 10);
  s.part();
  assert.equal(s.rows.length, 4);
  s.selection.setRuns([3, 4]);
  s.part();
  assert.deepEqual([...s.rows], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const kept = stateOf(alike());
  kept.keep(Uint8Array.of(1, 0, 0, 1, 0, 0, 0, 0, 0, 0));
  assert.deepEqual([...kept.rows], [0, 3]);
  const focused = stateOf(alike());
  focused.focusOn(1);
  assert.deepEqual([...focused.rows], [1, 2]);
  assert.equal(focused.piled(2), false);
});

test("a chain of a hundred thousand does not overflow anything", () => {
  const d = forest(Array.from({ length: 100000 }, (_, i) => i));
  assert.equal(d.size[0], 100000);
  assert.equal(d.ancestors(99999).length, 99999);
  assert.equal(textTree(forest([0, 1, 2]), [0, 1, 2]).split("\n").length, 4);
});

test("selections become runs and tokens", () => {
  const s = new Selection(10);
  s.setRuns([1, 3, 7, 99]);
  assert.deepEqual(s.runs(), [1, 3, 7, 10]);
  assert.equal(s.count, 5);
  assert.deepEqual(runsOf(new Uint8Array(3)), []);
  const bytes = [...Buffer.from(token("00c0ffee", [1, 2, 7, 8, 9, 1000]), "base64url")];
  assert.deepEqual(bytes, [1, 0, 0xc0, 0xff, 0xee, 1, 2, 4, 3, 0xde, 7, 1, (1 + 0xc0 + 0xff + 0xee + 1 + 2 + 4 + 3 + 0xde + 7 + 1) & 255]);
});

test("queries parse, and say what is wrong", () => {
  const term = (column: string, op: string, value: string, regex = false) => ({ kind: "term", column, op, value, regex });
  assert.equal(parse("  "), null);
  assert.deepEqual(parse("a b or not user:x"), { kind: "or", of: [{ kind: "and", of: [term("", ":", "a"), term("", ":", "b")] }, { kind: "not", of: term("user", ":", "x") }] });
  assert.deepEqual(parse('"Parent Name":"a \\"b\\""'), term("Parent Name", ":", 'a "b"'));
  assert.deepEqual(parse("pid>=4"), term("pid", ">=", "4"));
  assert.deepEqual(parse("name:/^cmd/"), term("name", ":", "^cmd", true));
  for (const text of ["c:\\windows", "http://x", "/usr/bin/ls", "-enc", "orange", "android", "notepad.exe"]) assert.deepEqual(parse(text), term("", ":", text));
  for (const text of ["(a", "a)", "not", "a or", "/(/", '"a', "(".repeat(5000)]) assert.throws(() => parse(text), QueryError);
});

const find = async (text: string, d = small()) => [...await match(d, parse(text)!, new Work(), { test: async (pattern, bytes, ends) => Uint8Array.from({ length: ends.length - 1 }, (_, i) => (new RegExp(pattern, "i").test(new TextDecoder().decode(bytes.subarray(ends[i]! - ends[0]!, ends[i + 1]! - ends[0]!))) ? 1 : 0)) })];

test("match marks rows", async () => {
  assert.deepEqual(await find("cmd"), [1, 0, 1, 0]);
  assert.deepEqual(await find("text:CMD and not int=9223372036854775807"), [0, 0, 1, 0]);
  assert.deepEqual(await find("name=bash"), [0, 0, 0, 1]);
  assert.deepEqual(await find("text:/^B/ or float<0"), [0, 0, 1, 1]);
  assert.deepEqual(await find("!text:/./"), [0, 1, 0, 0]);
  assert.deepEqual(await find("text="), [0, 1, 0, 0]);
  await assert.rejects(find("tex:cmd"), /no column tex/);
  const bytes = new TextEncoder().encode("abcABC"), needle = new TextEncoder().encode("bca");
  assert.equal(contains(bytes, 0, 6, needle), true);
  assert.equal(contains(bytes, 2, 6, needle), false);
  const work = new Work();
  work.cancel();
  await assert.rejects(work.rest(), Cancelled);
});

test("sorting is stable, with nulls last either way", async () => {
  const d = small(), rows = Int32Array.of(0, 1, 2, 3);
  assert.deepEqual([...await sorted(rows, d.column("text")!, false, new Work())], [3, 0, 2, 1]);
  assert.deepEqual([...await sorted(rows, d.column("text")!, true, new Work())], [2, 0, 3, 1]);
  assert.deepEqual([...await sorted(rows, d.column("bool")!, true, new Work())], [0, 3, 1, 2]);
});

test("colours: values by how many, others together, numbers along a scale", () => {
  const d = small(), by = colouring(d, d.column("text"));
  assert.deepEqual(by.entries!.map((e) => [e.label, e.count]), [["Bash", 1], ["CMD", 1], ["cmd", 1], ["no value", 1]]);
  assert.equal(by.index(1), 3);
  assert.deepEqual(colouring(d, d.column("float")).range, [2.5, 2.5]);
  assert.deepEqual(colouring(d, undefined).range, [1, 3]);
});

test("copies cannot be more than text", () => {
  const d = small();
  assert.match(csv(d, [0]), /^text,int,float,bool,time,none\r\nCMD,9223372036854775807,NaN,true,/);
  const formula = small();
  formula.column("text")!.text = () => '=cmd|"x"';
  assert.match(csv(formula, [0]), /\r\n"'=cmd\|""x""",/);
  assert.equal(goString('a"b\\c\n\u202e'), '"a\\"b\\\\c\\n\\u202e"');
  assert.equal(goQuery(d, parse('text:c.d and int>4')!, "tree"), 'tree.Where(dataframe.And(dataframe.Matches("text", "(?i)c\\\\.d"), dataframe.Gt("int", 4)))');
  assert.equal(textTree(d, [0, 2, 3]).split("\n").slice(0, 3).map((l) => l.slice(0, 6)).join("|"), "CMD  9|\u251c\u2500 cmd|\u2514\u2500 Bas");
});

test("names are the last part of a path", () => {
  assert.deepEqual(["C:\\a\\b.exe", "/usr/bin/ls", "x", "/", ""].map(names.base), ["b.exe", "ls", "x", "/", ""]);
});
