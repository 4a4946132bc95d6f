// The rows that are selected.

export class Selection {
  readonly mask: Uint8Array;
  count = 0;
  anchor = -1; // where a range begins

  constructor(rows: number) { this.mask = new Uint8Array(rows); }

  has(row: number): boolean { return this.mask[row] === 1; }

  set(row: number, on: boolean) {
    if ((this.mask[row] === 1) === on) return;
    this.mask[row] = on ? 1 : 0;
    this.count += on ? 1 : -1;
  }

  clear() { this.mask.fill(0); this.count = 0; }

  only(row: number) { this.clear(); this.set(row, true); this.anchor = row; }

  toggle(row: number) { this.set(row, !this.has(row)); this.anchor = row; }

  add(rows: Iterable<number>) { for (const r of rows) this.set(r, true); }

  /** rows lists the selected ones, ascending, at most a number of them. */
  rows(most = Infinity): number[] {
    const out: number[] = [];
    if (this.count === 0) return out;
    for (let i = this.mask.indexOf(1); i >= 0 && out.length < most; i = this.mask.indexOf(1, i + 1)) out.push(i);
    return out;
  }

  /** runs is from, to, from, to, … with to exclusive. */
  runs(): number[] { return runsOf(this.mask); }

  setRuns(runs: ArrayLike<number>) {
    this.clear();
    for (let k = 0; k + 1 < runs.length; k += 2) {
      for (let i = Math.max(0, runs[k]!); i < Math.min(runs[k + 1]!, this.mask.length); i++) this.set(i, true);
    }
  }
}

/** runsOf lists where a mask is set: from, to, from, to, … with to exclusive. */
export function runsOf(mask: Uint8Array): number[] {
  const out: number[] = [];
  for (let i = mask.indexOf(1); i >= 0; i = mask.indexOf(1, i)) {
    out.push(i);
    i = mask.indexOf(0, i);
    if (i < 0) i = mask.length;
    out.push(i);
  }
  return out;
}
