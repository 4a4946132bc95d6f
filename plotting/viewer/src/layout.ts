// Which rows are shown, and where a row is among them.
import type { Data } from "./data";

/** Shape is all that takes rows away. */
export interface Shape {
  folded: Uint8Array; // by row: its descendants are not shown
  focus: number; // row whose subtree alone is shown, -1 for all
  kept: Uint8Array | null; // by row: the only ones shown
  hides: ((row: number) => boolean) | null; // the legend
}

/** shown lists the rows, ascending. Without folds it is what the table lists. */
export function shown(d: Data, s: Shape, folds = true): Int32Array {
  const from = s.focus < 0 ? 0 : s.focus, to = s.focus < 0 ? d.n : s.focus + d.size[s.focus]!;
  const out = new Int32Array(to - from);
  let count = 0;
  for (let i = from; i < to;) {
    if ((!s.kept || s.kept[i]) && !(s.hides && s.hides(i))) out[count++] = i;
    i += folds && s.folded[i] ? d.size[i]! : 1;
  }
  return out.subarray(0, count);
}

/** indexOf finds a row among ascending ones; of a row that is not there, -1 - its place. */
export function indexOf(rows: Int32Array, row: number): number {
  let low = 0, high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1; else high = middle;
  }
  return low < rows.length && rows[low] === row ? low : -1 - low;
}

/** paths marks the rows and all their ancestors. */
export function paths(d: Data, marked: Uint8Array): Uint8Array {
  const out = marked.slice();
  for (let i = d.n - 1; i >= 0; i--) if (out[i] && d.parent[i]! >= 0) out[d.parent[i]!] = 1;
  return out;
}
