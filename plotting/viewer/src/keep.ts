// What a person has set, as one small object, and back.
import type { Canvas } from "./canvas";
import type { Kept } from "./model";
import { runsOf } from "./selection";
import type { State } from "./state";
import type { Table } from "./table";
import type { SearchBox } from "./searchbox";

const mostRuns = 4000; // longer lists are not kept

interface Parts { state: State; tree: Canvas; table: Table; search: SearchBox }

export function kept({ state: s, tree, table }: Parts): Kept {
  const short = (runs: number[]) => (runs.length && runs.length <= mostRuns ? runs : undefined);
  const first = s.rows[Math.floor(tree.scroller.y / tree.geometry.rowHeight)];
  return {
    by: s.colours.by, query: s.query || undefined, table: s.tableOpen || undefined, filter: table.filter.value || undefined,
    sort: table.sort || undefined, down: table.down || undefined, folds: short(s.foldRuns()), opened: short(runsOf(s.folds.opened)), kept: s.kept ? short(runsOf(s.kept)) : undefined,
    hidden: s.hidden.size ? [...s.hidden] : undefined, top: first || undefined, row: s.current > 0 ? s.current : undefined,
    zoom: tree.geometry.rowHeight === 40 ? undefined : Math.round(tree.geometry.rowHeight * 100) / 100,
  };
}

/** restore sets it again. What does not fit the data is let go. */
export function restore({ state: s, tree, table, search }: Parts, k: Kept) {
  const n = s.data.n, row = (r: unknown): r is number => Number.isInteger(r) && (r as number) >= 0 && (r as number) < n;
  if (typeof k.by === "string" && (k.by === "" || s.data.column(k.by))) s.colourBy(k.by);
  if (Array.isArray(k.folds)) mark(s.folded, k.folds);
  if (Array.isArray(k.opened)) mark(s.folds.opened, k.opened);
  if (Array.isArray(k.kept)) mark(s.kept = new Uint8Array(n), k.kept);
  if (Array.isArray(k.hidden)) s.hidden = new Set(k.hidden.filter((i) => Number.isInteger(i) && i >= 0 && i < s.colours.colours.length));
  if (typeof k.table === "boolean") s.tableOpen = k.table;
  if (typeof k.filter === "string") table.filter.value = k.filter;
  if (typeof k.sort === "string" && s.data.column(k.sort)) { table.sortBy(k.sort); if (k.down) table.sortBy(k.sort); }
  if (typeof k.zoom === "number" && k.zoom >= 4 && k.zoom <= 64) tree.geometry.rowHeight = k.zoom;
  if (row(k.row)) s.current = k.row;
  s.arrange();
  if (row(k.top)) tree.scroller.y = Math.max(0, s.index(s.nearest(k.top)) * tree.geometry.rowHeight);
  if (typeof k.query === "string") { search.input.value = k.query; void search.run(); }
}

function mark(mask: Uint8Array, runs: number[]) {
  for (let i = 0; i + 1 < runs.length; i += 2) mask.fill(1, Math.max(0, runs[i]!), Math.min(mask.length, runs[i + 1]!));
}
