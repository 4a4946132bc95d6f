// Where boxes are: rows downwards, depth to the right.
import type { State } from "./state";

export interface Box { row: number; x: number; y: number; w: number; h: number }

export const least = 4, most = 64, usual = 40;

/** Geometry turns rows into pixels. In a deep tree the indent follows what is in the window, so
 * that depth 800 is as readable as depth 1. */
export class Geometry {
  width = 0;
  height = 0;
  rowHeight = usual;
  slide = 0; // pixels moved to the left by hand
  base = 0; // depth at the left edge
  step = 24; // pixels for each level

  constructor(private readonly state: State) {}

  get detail(): "two" | "one" | "bars" { return this.rowHeight >= 33 ? "two" : this.rowHeight >= 15 ? "one" : "bars"; }

  total(): number { return this.state.rows.length * this.rowHeight + 12; }

  /** window is the first row in sight and the one after the last, as places among the shown. */
  window(y: number): [number, number] {
    const n = this.state.rows.length;
    return [Math.min(n, Math.max(0, Math.floor((y - 6) / this.rowHeight))), Math.min(n, Math.max(0, Math.ceil((y - 6 + this.height) / this.rowHeight)))];
  }

  /** fit chooses the depth at the left edge and the indent for the rows in sight. */
  fit(y: number) {
    const { data, rows, focus, deepest } = this.state, [from, to] = this.window(y);
    const room = Math.max(60, this.width * 0.55), usualStep = this.detail === "two" ? 24 : this.detail === "one" ? 18 : Math.max(4, this.rowHeight);
    const first = focus >= 0 ? data.depth[focus]! : data.shallowest;
    if ((deepest - first) * usualStep <= room) { this.base = first; this.step = usualStep; return; }
    let low = Infinity, high = 0;
    for (let i = from; i < to; i++) {
      const depth = this.state.level(rows[i]!);
      low = Math.min(low, depth);
      high = Math.max(high, depth);
    }
    if (low === Infinity) return;
    this.base = (high - first) * usualStep <= room ? first : Math.max(first, low - 1);
    this.step = Math.max(2, Math.min(usualStep, room / Math.max(1, high - this.base)));
  }

  x(depth: number): number { return 14 + Math.max(0, depth - this.base) * this.step - this.slide; }

  y(index: number, scroll: number): number { return 6 + index * this.rowHeight - scroll; }

  box(index: number, scroll: number): Box {
    const row = this.state.rows[index]!, x = this.x(this.state.level(row)), gap = this.detail === "bars" ? Math.min(1, this.rowHeight / 8) : this.detail === "one" ? 3 : 4;
    const wide = this.detail === "bars" ? 60 + this.rowHeight * 10 : 680;
    return { row, x, y: this.y(index, scroll), w: Math.max(80, Math.min(wide, this.width - x - 12)), h: this.rowHeight - gap };
  }

  /** at is the place among the shown rows under a height, -1 for none. */
  at(y: number, scroll: number): number {
    const i = Math.floor((y + scroll - 6) / this.rowHeight);
    return i >= 0 && i < this.state.rows.length ? i : -1;
  }
}
