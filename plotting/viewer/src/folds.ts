// Repetition as one row: which rows stand for others, and which of these are open. Go's ptree.Fold
// says what repeats; viewer.Data's Fold and Chains are what it says.
import type { Data } from "./data";
import * as names from "./names";

const none = new Int32Array(0);

export class Folds {
  readonly any: boolean;
  readonly opened: Uint8Array; // by row that stands for others: each has a row of its own now
  private readonly of: Int32Array; // by row: the row that stands for it
  private readonly from: Int32Array; // where the members of a row begin
  private readonly members: Int32Array;
  private readonly spread: Uint8Array; // by row that stands for others: they have different parents
  private readonly above: Uint8Array; // by row that stands for others: there is something below them
  private readonly cycles = new Map<number, number[]>();

  constructor(private readonly d: Data) {
    this.any = d.fold !== null;
    const n = this.any ? d.n : 0;
    this.of = d.fold ?? none;
    this.opened = new Uint8Array(n);
    this.spread = new Uint8Array(n);
    this.above = new Uint8Array(n);
    this.from = new Int32Array(n + 1);
    this.members = new Int32Array(n);
    if (!this.any) return;
    this.list();
    this.compare();
    const chains = d.chains ?? none;
    for (let i = 0; i + 1 < chains.length; i += 2 + chains[i + 1]!) this.cycles.set(chains[i]!, [...chains.subarray(i + 2, i + 2 + chains[i + 1]!)]);
  }

  private list() {
    const { of, from, members } = this, at = new Int32Array(of.length);
    for (const row of of) from[row + 1]!++;
    for (let i = 0; i < of.length; i++) { from[i + 1]! += from[i]!; at[i] = from[i]!; }
    for (let i = 0; i < of.length; i++) members[at[of[i]!]!++] = i;
  }

  private compare() {
    const { of, d } = this, first = new Int32Array(of.length).fill(-2);
    for (let i = 0; i < of.length; i++) {
      const row = of[i]!, up = d.parent[i]!;
      if (up >= 0 && of[up] === row) continue; // a chain's next
      if (up >= 0) this.above[of[up]!] = 1;
      if (first[row] === -2) first[row] = up;
      else if (first[row] !== up) this.spread[row] = 1;
    }
  }

  /** count is how many processes a row stands for while it is not open. */
  count(row: number): number { return this.any ? this.from[row + 1]! - this.from[row]! : 1; }

  /** all lists the processes that a row stands for, ascending. */
  all(row: number): Int32Array { return this.members.subarray(this.from[row]!, this.from[row + 1]!); }

  leader(row: number): number { return this.any ? this.of[row]! : row; }

  /** piled is whether a row stands for others now. */
  piled(row: number): boolean { return this.any && this.opened[row] === 0 && this.count(row) > 1; }

  /** unit is the row that is listed for a process: itself, or the one that stands for it. */
  unit(row: number): number { const up = this.leader(row); return up === row || this.opened[up] ? row : up; }

  /** branches is whether a row that stands for others has any below it. */
  branches(row: number): boolean { return this.above[row] === 1; }

  /** turn opens rows or closes them again, with those below whose processes have theirs for parents. */
  turn(rows: Iterable<number>, on: boolean) {
    if (!this.any) return;
    const { of, d, spread, opened } = this, turned = new Uint8Array(of.length);
    for (const row of rows) { opened[row] = on && this.count(row) > 1 ? 1 : 0; turned[row] = 1; }
    for (let i = 0; i < of.length; i++) {
      const up = d.parent[i]!, row = of[i]!;
      if (up < 0 || of[up] === row || !turned[of[up]!] || !spread[row]) continue;
      opened[row] = on ? 1 : 0;
      turned[row] = 1;
    }
  }

  turnAll(on: boolean) { for (let i = 0; i < this.of.length; i++) this.opened[i] = on && this.count(i) > 1 ? 1 : 0; }

  /** partly lists the rows that stand for some that are marked and some that are not. */
  partly(mask: Uint8Array): number[] {
    const marked = new Map<number, number>();
    if (this.any) for (let i = mask.indexOf(1); i >= 0; i = mask.indexOf(1, i + 1)) marked.set(this.of[i]!, (marked.get(this.of[i]!) ?? 0) + 1);
    return [...marked].filter(([row, n]) => this.piled(row) && n < this.count(row)).map(([row]) => row);
  }

  /** spreadTo marks, for marked rows, also those that stand for them. */
  spreadTo(mask: Uint8Array): Uint8Array {
    if (!this.any) return mask;
    const out = mask.slice();
    for (let i = mask.indexOf(1); i >= 0; i = mask.indexOf(1, i + 1)) out[this.of[i]!] = 1;
    return out;
  }

  /** words say what the name of a row that stands for others does not: how many a chain has, and that
   * the command line beside is an example's. */
  words(row: number, example: boolean): string {
    const many = this.cycles.has(row) ? `${this.count(row).toLocaleString("en")} processes` : "";
    return [many, example ? "such as" : ""].filter((w) => w).join(", ");
  }

  /** name is that of a process or, of a row that stands for others, with their number. */
  name(row: number): string {
    if (!this.piled(row)) return names.name(this.d, row);
    const cycle = this.cycles.get(row) ?? [row];
    return `${cycle.map((r) => names.name(this.d, r)).join(" \u2192 ")} \u00d7${(this.count(row) / cycle.length).toLocaleString("en")}`;
  }
}

/** Listing is what is shown while repetition is folded. */
export interface Listing { rows: Int32Array; level: Int32Array; last: Int32Array; deepest: number; processes: number }

/** listed lists the rows, how deep each is and the last below each. A process whose parent has no row
 * of its own stands below the one that stands for it. */
export function listed(d: Data, f: Folds, folded: Uint8Array, focus: number): Listing {
  const from = Math.max(0, focus), to = focus < 0 ? d.n : focus + d.size[focus]!;
  const rows = new Int32Array(to - from), level = new Int32Array(d.n), last = new Int32Array(d.n).fill(-1), gone = new Uint8Array(d.n);
  let count = 0, deepest = 0, processes = 0;
  for (let i = from; i < to; i++) {
    const unit = f.unit(i);
    if (unit !== i) { if (unit >= from && !gone[unit]) processes++; continue; }
    const parent = d.parent[i]!, up = parent < from ? -1 : f.unit(parent);
    level[i] = up < 0 ? d.depth[i]! : level[up]! + 1;
    if (up >= 0 && (gone[up] || folded[up])) { gone[i] = 1; continue; }
    if (up >= 0) last[up] = i;
    if (level[i]! > deepest) deepest = level[i]!;
    rows[count++] = i;
    processes++;
  }
  return { rows: rows.subarray(0, count), level, last, deepest, processes };
}
