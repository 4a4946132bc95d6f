// All that can change, and who wants to know.
import { type Colouring, colouring } from "./colour";
import type { Data } from "./data";
import { Emitter } from "./emitter";
import { indexOf, paths, shown } from "./layout";
import type { View } from "./model";
import { Selection, runsOf } from "./selection";
import { type Paint, light } from "./theme";

/** Event names what changed: which rows are shown, what only looks different, … */
export type Event = "rows" | "paint" | "selected" | "hits" | "colour" | "current" | "loaded" | "theme" | "table" | "scroll" | "kept";

export class State extends Emitter<Event> {
  readonly folded: Uint8Array;
  readonly selection: Selection;
  focus = -1;
  kept: Uint8Array | null = null; // rows that alone are shown
  hidden = new Set<number>(); // entries of the legend
  rows: Int32Array;
  current = -1; // row the keyboard is at
  hover = -1;
  hits: Uint8Array | null = null;
  hitCount = 0;
  query = "";
  tableOpen: boolean;
  colours: Colouring;
  paint: Paint = light;
  private listing: Int32Array | null = null;

  constructor(readonly data: Data, readonly view: View, readonly want: (column: number) => void) {
    super();
    this.folded = new Uint8Array(data.n);
    this.selection = new Selection(data.n);
    this.colours = colouring(data, undefined);
    this.tableOpen = view.ShowTable === true;
    this.rows = shown(data, this.shape());
    this.current = this.rows.length ? this.rows[0]! : -1;
  }

  private shape() {
    const { folded, focus, kept, hidden, colours } = this;
    return { folded, focus, kept, hides: hidden.size ? (row: number) => hidden.has(colours.index(row)) : null };
  }

  /** arrange lists anew which rows are shown. */
  arrange() {
    this.rows = shown(this.data, this.shape());
    this.listing = null;
    if (this.index(this.current) < 0) this.current = this.nearest(this.current);
    this.emit("rows");
  }

  /** listed is what the table shows: folds take nothing away from it. */
  listed(): Int32Array { return this.listing ??= shown(this.data, this.shape(), false); }

  index(row: number): number { return row < 0 ? -1 : indexOf(this.rows, row); }

  /** nearest is the row itself, its closest ancestor that is shown, or the row before it. */
  nearest(row: number): number {
    for (let up = row; up >= 0; up = this.data.parent[up]!) if (indexOf(this.rows, up) >= 0) return up;
    if (!this.rows.length) return -1;
    return this.rows[Math.max(0, -2 - indexOf(this.rows, Math.max(0, row)))] ?? this.rows[0]!;
  }

  fold(row: number, on: boolean) {
    if (row < 0 || this.data.size[row]! < 2 || (this.folded[row] === 1) === on) return;
    this.folded[row] = on ? 1 : 0;
    this.arrange();
  }

  foldAll(on: boolean) {
    for (let i = 0; i < this.data.n; i++) this.folded[i] = on && this.data.size[i]! > 1 ? 1 : 0;
    this.arrange();
  }

  focusOn(row: number) {
    if (row === this.focus) return;
    this.focus = row;
    if (row >= 0) { this.folded[row] = 0; this.current = row; }
    this.arrange();
  }

  keep(mask: Uint8Array | null) { this.kept = mask; this.arrange(); }

  keepPaths(mask: Uint8Array) {
    const kept = paths(this.data, mask);
    for (let i = 0; i < this.data.n; i++) if (kept[i]) this.folded[i] = 0;
    if (this.focus >= 0) this.focus = -1;
    this.keep(kept);
  }

  /** reveal makes a row shown, whatever hides it. */
  reveal(row: number) {
    const d = this.data;
    for (const up of d.ancestors(row)) this.folded[up] = 0;
    if (this.focus >= 0 && (row < this.focus || row >= this.focus + d.size[this.focus]!)) this.focus = -1;
    if (this.kept && !this.kept[row]) this.kept = null;
    this.hidden.delete(this.colours.index(row));
    if (this.index(row) < 0) this.arrange();
  }

  go(row: number) {
    if (row < 0) return;
    this.current = row;
    this.emit("current");
  }

  chosen() { this.emit("selected"); }

  colourBy(name: string) {
    const column = this.data.column(name);
    if (column && !column.ready) this.want(this.data.columns.indexOf(column));
    const again = this.colours.by === name;
    this.colours = colouring(this.data, column?.ready ? column : undefined);
    this.colours.by = column ? name : "";
    if (!again && this.hidden.size) { this.hidden.clear(); this.arrange(); }
    this.emit("colour");
  }

  foldRuns(): number[] { return runsOf(this.folded); }

  /** all is whether nothing is taken away but by folds. */
  get all(): boolean { return this.focus < 0 && !this.kept && this.hidden.size === 0; }
}
