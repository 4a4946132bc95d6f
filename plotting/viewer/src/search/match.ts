// Which rows a query matches. Each distinct value is tested once, then rows are marked by code.
import type { Column, Data } from "../data";
import type { Work } from "../breathe";
import { type Query, QueryError } from "./parse";

/** Tester runs a regular expression over texts: text i is bytes[ends[i]-ends[0], ends[i+1]-ends[0]). */
export interface Tester { test(pattern: string, bytes: Uint8Array, ends: Uint32Array): Promise<Uint8Array> }

type Term = Extract<Query, { kind: "term" }>;

const batch = 1 << 14; // rows or texts between two looks at the clock

/** match marks the rows. Columns must be ready; the work may be cancelled. */
export async function match(d: Data, q: Query, work: Work, tester: Tester): Promise<Uint8Array> {
  if (q.kind === "term") return term(d, q, work, tester);
  if (q.kind === "not") return combine([await match(d, q.of, work, tester)], work, (out, _, i) => { out[i]! ^= 1; });
  const parts: Uint8Array[] = [];
  for (const of of q.of) parts.push(await match(d, of, work, tester));
  return combine(parts, work, q.kind === "and" ? (out, m, i) => { out[i]! &= m[i]!; } : (out, m, i) => { out[i]! |= m[i]!; });
}

async function combine(masks: Uint8Array[], work: Work, step: (out: Uint8Array, m: Uint8Array, i: number) => void): Promise<Uint8Array> {
  const out = masks[0]!;
  for (const m of masks.length > 1 ? masks.slice(1) : [out]) {
    for (let i = 0; i < out.length; i++) {
      if (i % batch === 0 && work.due()) await work.rest();
      step(out, m, i);
    }
  }
  return out;
}

/** columnsOf lists the columns a term looks at. A column's name may be written in any case, and a
 * role (name, pid, cmd, user, host) stands for its column. */
export function columnsOf(d: Data, name: string): Column[] {
  if (name === "") return d.columns;
  const lower = name.toLowerCase();
  const roles: Record<string, keyof Data["manifest"]["Roles"]> = { name: "Name", pid: "PID", cmd: "CommandLine", commandline: "CommandLine", user: "User", host: "Host", key: "Key" };
  const found = d.column(name) ?? d.columns.find((c) => c.name.toLowerCase() === lower) ?? (Object.hasOwn(roles, lower) ? d.role(roles[lower]!) : undefined);
  if (!found) throw new QueryError(`there is no column ${name}`, 0);
  return [found];
}

async function term(d: Data, t: Term, work: Work, tester: Tester): Promise<Uint8Array> {
  const out = new Uint8Array(d.n);
  for (const c of columnsOf(d, t.column)) {
    const codes = await codesOf(c, t, work, tester);
    if (!codes || c.codes.length === 0) continue;
    for (let i = 0; i < d.n; i++) {
      if (i % batch === 0 && work.due()) await work.rest();
      out[i]! |= codes[c.codes[i]!]!;
    }
  }
  return out;
}

/** codesOf marks the codes whose values match, null when none does. */
async function codesOf(c: Column, t: Term, work: Work, tester: Tester): Promise<Uint8Array | null> {
  const hits = new Uint8Array(c.distinct + 1);
  if (t.regex) return regexCodes(c, t.value, hits, work, tester);
  const ascii = /^[\x00-\x7f]+$/.test(t.value) && c.kind === "text" && t.op === ":";
  const needle = new TextEncoder().encode(t.value.toLowerCase());
  const test = ascii ? (code: number) => contains(c.bytes, ...c.span(code), needle) : comparison(c, t);
  if (t.value === "" && t.op === "=") hits[0] = 1;
  let any = hits[0] === 1;
  for (let code = 1; code <= c.distinct; code++) {
    if (code % 256 === 0 && work.due()) await work.rest();
    if (test(code)) { hits[code] = 1; any = true; }
  }
  return any ? hits : null;
}

async function regexCodes(c: Column, pattern: string, hits: Uint8Array, work: Work, tester: Tester): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  for (let from = 1; from <= c.distinct; from += 4096) {
    const to = Math.min(c.distinct, from + 4095), ends = new Uint32Array(to - from + 2);
    let bytes: Uint8Array;
    if (c.kind === "text") {
      ends[0] = c.span(from)[0];
      for (let code = from; code <= to; code++) ends[code - from + 1] = c.span(code)[1];
      bytes = c.bytes.slice(ends[0], ends[to - from + 1]);
    } else {
      const texts: Uint8Array[] = [];
      for (let code = from, end = 0; code <= to; code++) { texts.push(encoder.encode(c.text(code))); ends[code - from + 1] = end += texts.at(-1)!.length; }
      bytes = new Uint8Array(ends[to - from + 1]!);
      texts.forEach((b, i) => bytes.set(b, ends[i]!));
    }
    hits.set(await tester.test(pattern, bytes, ends), from);
    await work.rest();
  }
  return hits;
}

/** contains looks for an ASCII needle in lower case, letters of either case alike. */
export function contains(b: Uint8Array, from: number, to: number, needle: Uint8Array): boolean {
  const first = needle[0]!, last = to - needle.length;
  search: for (let i = from; i <= last; i++) {
    if (lower(b[i]!) !== first) continue;
    for (let k = 1; k < needle.length; k++) if (lower(b[i + k]!) !== needle[k]) continue search;
    return true;
  }
  return false;
}

function lower(c: number) { return c > 64 && c < 91 ? c + 32 : c; }

function comparison(c: Column, t: Term): (code: number) => boolean {
  const want = t.value.toLowerCase();
  if (t.op === ":") return (code) => c.text(code).toLowerCase().includes(want);
  if (t.op === "=") return (code) => c.text(code).toLowerCase() === want;
  const number = c.kind === "time" ? Date.parse(t.value.replace(" ", "T") + (/[zZ]|[+-]\d\d:?\d\d$/.test(t.value) ? "" : t.value.length > 10 ? "Z" : "")) : Number(t.value);
  const order = c.kind === "text" ? (code: number) => (c.text(code).toLowerCase() < want ? -1 : c.text(code).toLowerCase() > want ? 1 : 0)
    : (code: number) => c.number(code) - number;
  switch (t.op) {
    case ">": return (code) => order(code) > 0;
    case ">=": return (code) => order(code) >= 0;
    case "<": return (code) => order(code) < 0;
    default: return (code) => order(code) <= 0;
  }
}
