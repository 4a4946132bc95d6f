// What buttons and keys do.
import type { Canvas } from "./canvas";
import { csv, goQuery, goString, textTree } from "./copy";
import { copyText, download } from "./dom";
import { usual } from "./geometry";
import type { Commands } from "./keyboard";
import { parse } from "./search/parse";
import type { SearchBox } from "./searchbox";
import type { State } from "./state";
import { type Status, tokenOf } from "./status";

export interface Parts { state: State; tree: Canvas; status: Status; search: SearchBox; root: HTMLElement; shadow: ShadowRoot; changed(): void; card(): void; help(): void; focusTree(): void }

export function commands(p: Parts): Commands {
  const { state: s, tree } = p, data = s.data;
  const picked = () => (s.selection.count ? s.selection.rows() : s.query && s.hitCount ? marked(s.hits!) : null);
  const rows = () => picked() ?? s.processesOf(s.rows);
  const copy = async (text: string, what: string) => p.status.say((await copyText(text, p.shadow)) ? `Copied ${what}` : "The page may not use the clipboard");
  const pick = (mask: Uint8Array | null) => (s.selection.count ? s.selection.mask : mask);
  const missing = () => { const lacks = data.columns.filter((c) => !c.ready); for (const c of lacks) s.want(data.columns.indexOf(c)); return lacks.length > 0; };
  const withAll = (run: () => void) => (missing() ? p.status.say("Still loading; try again in a moment") : run());
  return {
    search: () => { p.search.input.focus(); p.search.input.select(); },
    next: () => p.search.step(1),
    previous: () => p.search.step(-1),
    focus: () => { if (s.piled(s.current)) s.pile(s.current, false); else if (s.current >= 0) { s.focusOn(s.current); s.flush(); tree.scroller.to(0); p.status.say("Showing one subtree; Backspace goes back"); } },
    widen: () => { const row = s.current; s.focusOn(-1); s.keep(null); s.flush(); tree.show(row, true); },
    paths: () => {
      if (s.kept) return s.keep(null);
      const mask = pick(s.hits);
      if (!mask) return p.status.say("Select processes first, or search");
      s.keepPaths(mask);
      p.status.say(`${s.rows.length.toLocaleString("en")} processes on the paths`);
    },
    card: p.card,
    table: () => { s.tableOpen = !s.tableOpen; s.emit("table"); s.emit("kept"); },
    copy: () => void copy(picked() ? textTree(data, picked()!) : textTree(data, s.rows, (row) => s.name(row), (row) => s.up(row)), "as text"),
    copyGo: () => void copy(goCode(s), "as Go"),
    copyCSV: () => withAll(() => void copy(csv(data, rows()), "as CSV")),
    saveCSV: () => withAll(() => download("processes.csv", new Blob([csv(data, rows())], { type: "text/csv" }))),
    smaller: () => tree.zoom(1 / 1.25),
    larger: () => tree.zoom(1.25),
    picture: () => void tree.image().then((image) => { if (image) download("process-tree.png", image); }),
    full: () => void (document.fullscreenElement ? document.exitFullscreen() : p.root.requestFullscreen?.().catch(() => p.status.say("Full screen is not allowed here"))),
    foldAll: () => s.foldAll(true),
    unfoldAll: () => s.foldAll(false),
    repeat: () => { if (s.current >= 0) s.pile(s.current, !s.piled(s.current)); },
    repeats: () => s.pileAll(s.folds.opened.includes(1)),
    help: p.help,
    selectAll: () => { s.selection.add(s.processesOf(s.rows)); p.changed(); },
    escape: () => { if (s.selection.count) { s.selection.clear(); p.changed(); } },
    reset: () => reset(p),
  };
}

function reset(p: Parts) {
  const { state: s, tree } = p;
  s.folded.fill(0);
  s.folds.turnAll(false);
  s.hidden.clear();
  s.focus = -1;
  s.kept = null;
  tree.geometry.rowHeight = usual;
  tree.geometry.slide = 0;
  p.search.input.value = "";
  void p.search.run();
  s.colourBy(s.view.ColorBy ?? "");
  s.current = s.data.n ? 0 : -1;
  s.arrange();
  s.flush();
  tree.scroller.to(0);
}

function marked(mask: Uint8Array): number[] {
  const out: number[] = [];
  for (let i = mask.indexOf(1); i >= 0; i = mask.indexOf(1, i + 1)) out.push(i);
  return out;
}

/** goCode is the Go that gives what is selected, found or shown. */
export function goCode(s: State): string {
  const source = s.view.Source || "tree", key = s.data.role("Key");
  const within = s.focus >= 0 && key?.ready ? `ptree.GetDescendents(${source}, ${goString(key.text(key.code(s.focus)))})` : source;
  if (s.selection.count) return `ptree.FromToken(${source}, "${tokenOf(s.data, s.selection.rows())}")`;
  const query = s.hits ? parse(s.query) : null;
  return query ? goQuery(s.data, query, within) : within;
}
