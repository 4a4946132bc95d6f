// All that can change, and who wants to know.
import { type Colouring, colouring } from "./colour";
import type { Data } from "./data";
import { Emitter } from "./emitter";
import { Folds, type Listing, listed } from "./folds";
import { indexOf, paths, shown } from "./layout";
import type { View } from "./model";
import { name as nameOf } from "./names";
import { Selection, runsOf } from "./selection";
import { type Paint, light } from "./theme";

/** Event names what changed: which rows are shown, what only looks different, … */
export type Event = "rows" | "paint" | "selected" | "hits" | "colour" | "current" | "loaded" | "theme" | "table" | "scroll" | "kept";

export class State extends Emitter<Event> {
  readonly folded: Uint8Array;
  readonly selection: Selection;
  readonly folds: Folds;
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
  private folding: Listing | null = null; // while repetition is folded
  private found: { hits: Uint8Array; marks: Uint8Array } | null = null;

  constructor(readonly data: Data, readonly view: View, readonly want: (column: number) => void) {
    super();
    this.folded = new Uint8Array(data.n);
    this.selection = new Selection(data.n);
    this.colours = colouring(data, undefined);
    this.tableOpen = view.ShowTable === true;
    this.folds = new Folds(data);
    this.rows = this.list();
    this.current = this.rows.length ? this.rows[0]! : -1;
  }

  private shape() {
    const { folded, focus, kept, hidden, colours } = this;
    return { folded, focus, kept, hides: hidden.size ? (row: number) => hidden.has(colours.index(row)) : null };
  }

  /** piles is whether repetition is folded now: not where rows are picked, so that none hides. */
  private get piles(): boolean { return this.folds.any && !this.kept && this.hidden.size === 0; }

  private list(): Int32Array {
    this.folding = this.piles ? listed(this.data, this.folds, this.folded, this.focus) : null;
    return this.folding?.rows ?? shown(this.data, this.shape());
  }

  /** level is how deep a row is drawn. */
  level(row: number): number { return (this.folding?.level ?? this.data.depth)[row]!; }

  get deepest(): number { return this.folding?.deepest ?? this.data.deepest; }

  /** up is the row below which a row is drawn, -1 for none. */
  up(row: number): number {
    const parent = this.data.parent[row]!;
    return parent < 0 || !this.folding ? parent : this.folds.unit(parent);
  }

  /** below is the last row that is drawn below one; null while repetition is not folded. */
  get below(): Int32Array | null { return this.folding?.last ?? null; }

  /** processes is how many the rows stand for. */
  get processes(): number { return this.folding?.processes ?? this.rows.length; }

  /** piled is whether a row stands for several processes. */
  piled(row: number): boolean { return this.folding !== null && this.folds.piled(row); }

  /** unpiled is whether a row stood for several that have rows now. */
  unpiled(row: number): boolean { return this.folding !== null && this.folds.opened[row] === 1; }

  /** branch is whether a row has any below it. */
  branch(row: number): boolean { return row >= 0 && this.data.size[row]! > 1 && (!this.piled(row) || this.folds.branches(row)); }

  name(row: number): string { return this.piled(row) ? this.folds.name(row) : nameOf(this.data, row); }

  /** processesOf lists what rows stand for, ascending. */
  processesOf(rows: Iterable<number>): number[] {
    const out: number[] = [];
    for (const row of rows) {
      if (!this.piled(row)) out.push(row);
      else for (const one of this.folds.all(row)) out.push(one);
    }
    return this.folding ? out.sort((a, b) => a - b) : out;
  }

  /** hit is whether a row, or any that it stands for, was found. */
  hit(row: number): boolean {
    const { hits } = this;
    if (!hits) return false;
    if (!this.piled(row)) return hits[row] === 1;
    if (this.found?.hits !== hits) this.found = { hits, marks: this.folds.spreadTo(hits) };
    return this.found.marks[row] === 1;
  }

  /** pile lets a row stand for its like again, or gives each a row. */
  pile(row: number, on: boolean) {
    const leader = this.folds.leader(row);
    if (row < 0 || this.folds.count(leader) < 2) return;
    this.folds.turn([leader], !on);
    if (on && this.current >= 0) this.current = this.folds.unit(this.current);
    this.arrange();
  }

  pileAll(on: boolean) {
    this.folds.turnAll(!on);
    if (on && this.current >= 0) this.current = this.folds.unit(this.current);
    this.arrange();
  }

  /** part gives rows to processes of which only some like one another are selected. */
  part() {
    const partly = this.folds.partly(this.selection.mask);
    if (!partly.length) return;
    this.folds.turn(partly, true);
    this.arrange();
  }

  /** arrange lists anew which rows are shown. */
  arrange() {
    this.rows = this.list();
    this.listing = null;
    if (this.index(this.current) < 0) this.current = this.nearest(this.current);
    this.emit("rows");
  }

  /** listed is what the table shows: folds take nothing away from it. */
  listed(): Int32Array { return this.listing ??= shown(this.data, this.shape(), false); }

  index(row: number): number { return row < 0 ? -1 : indexOf(this.rows, row); }

  /** nearest is the row itself, its closest ancestor that is shown, or the row before it. */
  nearest(row: number): number {
    for (let up = row < 0 || !this.folding ? row : this.folds.unit(row); up >= 0; up = this.up(up)) if (indexOf(this.rows, up) >= 0) return up;
    if (!this.rows.length) return -1;
    return this.rows[Math.max(0, -2 - indexOf(this.rows, Math.max(0, row)))] ?? this.rows[0]!;
  }

  fold(row: number, on: boolean) {
    if (!this.branch(row) || (this.folded[row] === 1) === on) return;
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
    if (row >= 0) { this.folded[row] = 0; this.current = row; this.open(row, true); }
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
    const opened = this.open(row, false);
    for (let up = this.up(row); up >= 0; up = this.up(up)) this.folded[up] = 0;
    if (this.focus >= 0 && (row < this.focus || row >= this.focus + d.size[this.focus]!)) this.focus = -1;
    if (this.kept && !this.kept[row]) this.kept = null;
    this.hidden.delete(this.colours.index(row));
    if (opened || this.index(row) < 0) this.arrange();
  }

  /** open gives a row to a process that another stands for, and to its ancestors; with alone also to
   * those that it stands for itself. */
  private open(row: number, alone: boolean): boolean {
    if (!this.folds.any) return false;
    const hidden = [...this.data.ancestors(row), row].filter((r) => this.folds.unit(r) !== r).map((r) => this.folds.leader(r));
    if (alone && this.folds.piled(row)) hidden.push(row);
    if (hidden.length) this.folds.turn(hidden, true);
    return hidden.length > 0;
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
