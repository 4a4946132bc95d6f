// One view of a tree: the parts, put together.
import { Breadcrumb } from "./breadcrumb";
import { Canvas } from "./canvas";
import { Card } from "./card";
import { commands } from "./commands";
import { h } from "./dom";
import { Help } from "./help";
import { kept, restore } from "./keep";
import { Keyboard, type Commands } from "./keyboard";
import { indexOf } from "./layout";
import { Legend } from "./legend";
import type { Kept } from "./model";
import { Overview } from "./overview";
import { Pointer } from "./pointer";
import { printable } from "./printable";
import { Search } from "./search/search";
import { SearchBox } from "./searchbox";
import type { Session } from "./session";
import { State } from "./state";
import { Status } from "./status";
import style from "./style.css";
import { Table } from "./table";
import { dark, hostTheme, light, watchTheme } from "./theme";
import { TimeStrip } from "./timestrip";
import { toolbar } from "./toolbar";
import { TreeItems } from "./tree_items";

let views = 0;
let sheet: CSSStyleSheet | null = null;

export class Viewer {
  readonly state: State;
  private readonly root = h("div", { class: "viewer" });
  private readonly shadow: ShadowRoot;
  private readonly tree: Canvas;
  private readonly items: TreeItems;
  private readonly table: Table;
  private readonly search: Search;
  private readonly box: SearchBox;
  private readonly card: Card;
  private readonly status: Status;
  private readonly commands: Commands;
  private readonly stops: (() => void)[] = [];
  private saving = 0;
  private own = false; // the model changes by our hand

  constructor(private readonly session: Session, el: HTMLElement) {
    const { data, view } = session, id = `gw${++views}`;
    this.shadow = el.shadowRoot ?? el.attachShadow({ mode: "open" });
    this.shadow.adoptedStyleSheets = [sheet ??= styles()];
    const state = this.state = new State(data, view, session.want);
    this.tree = new Canvas(state);
    this.search = new Search(data, session.want);
    this.box = new SearchBox(state, this.search, (row) => this.jump(row), () => this.items.el.focus());
    this.card = new Card(state, this.root);
    this.status = new Status(state, this.shadow, session.answered);
    this.items = new TreeItems(state, this.tree, id, printable(data.manifest.Title || "Process tree", 200));
    this.table = new Table(state, this.search, id, (row, e, among) => this.fromTable(row, e, among));
    const help = new Help();
    this.commands = commands({ state, tree: this.tree, status: this.status, search: this.box, root: this.root, shadow: this.shadow, changed: () => this.changed(), card: () => this.pinCard(), help: () => help.open(), focusTree: () => this.items.el.focus() });
    this.compose(help.el);
    this.listen(el);
    this.begin();
    this.shadow.replaceChildren(this.root);
  }

  private compose(help: HTMLElement) {
    const { state } = this, legend = new Legend(state), overview = new Overview(state, this.tree), times = new TimeStrip(state);
    legend.el.hidden = this.session.view.HideLegend === true;
    this.tree.el.prepend(this.items.el);
    this.root.append(toolbar(state, this.box.el, this.commands), legend.el, new Breadcrumb(state, (row) => this.jump(row)).el,
      h("div", { class: "main" }, this.tree.el, overview.el), times.el, this.table.el, this.status.el, this.card.el, help);
    this.stops.push(() => overview.stop(), () => times.stop());
  }

  private listen(el: HTMLElement) {
    const { state, session, root, items, tree } = this, select = (row: number, e: { ctrl: boolean; shift: boolean }) => this.select(row, e);
    el.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab's keys stay out of here
    root.addEventListener("keydown", (e) => e.stopPropagation());
    new Keyboard(state, tree, items.el, select, this.commands);
    new Pointer(state, tree, this.card, { select: (row, e) => { items.el.focus({ preventScroll: true }); select(row, e); }, selectRows: (rows, add) => this.selectRows(rows, add), clear: () => this.commands.escape!(), focus: (row) => { state.go(row); this.commands.focus!(); },
      pile: (row) => { items.el.focus({ preventScroll: true }); state.go(row); this.commands.repeat!(); } });
    items.el.addEventListener("focus", () => { tree.focused = items.el.matches(":focus-visible"); state.emit("paint"); });
    items.el.addEventListener("blur", () => { tree.focused = false; state.emit("paint"); });
    items.el.addEventListener("keydown", () => { if (!tree.focused) { tree.focused = true; state.emit("paint"); } });
    state.on(["kept", "rows", "colour", "scroll", "hits", "current", "table"], () => this.save());
    this.stops.push(session.onLoaded(() => { this.search.loaded(); state.emit("loaded"); }), watchTheme(() => this.theme()));
    for (const [key, f] of [["selected", () => this.pull()], ["focus", () => this.pullFocus()], ["theme", () => this.theme()]] as const) {
      session.model.on(`change:${key}`, f);
      this.stops.push(() => session.model.off(`change:${key}`, f));
    }
  }

  private begin() {
    const { state, session } = this;
    this.theme();
    this.root.style.height = session.answered ? `${session.view.Height || 640}px` : "100%";
    if (session.view.ColorBy) state.colourBy(session.view.ColorBy);
    state.on("loaded", () => { if (state.colours.by && !state.colours.entries && state.data.column(state.colours.by)?.ready) state.colourBy(state.colours.by); });
    restore({ state, tree: this.tree, table: this.table, search: this.box }, (session.model.get("state") ?? {}) as Kept);
    this.pull();
    this.pullFocus();
  }

  theme() {
    const name = this.session.model.get("theme") || hostTheme(), paint = name === "dark" ? dark : light;
    this.root.dataset.theme = paint.dark ? "dark" : "light";
    this.state.paint = paint;
    this.state.emit("theme");
  }

  /** jump makes a row shown, goes there and scrolls to it. */
  jump(row: number) {
    this.state.reveal(row);
    this.state.go(row);
    this.tree.show(row, true);
    this.table.show(row);
  }

  private select(row: number, e: { ctrl: boolean; shift: boolean }, among = this.state.rows) {
    const { selection, state } = { selection: this.state.selection, state: this.state };
    if (row < 0) return;
    if (e.shift && selection.anchor >= 0) {
      const place = (r: number) => (among === state.rows ? indexOf(among, r) : among.indexOf(r)), a = place(selection.anchor), b = place(row);
      if (!e.ctrl) { const anchor = selection.anchor; selection.clear(); selection.anchor = anchor; }
      const range = among.subarray(Math.min(a, b), Math.max(a, b) + 1);
      if (a >= 0 && b >= 0) selection.add(among === state.rows ? state.processesOf(range) : range);
    } else this.pick(row, e.ctrl, among === state.rows);
    state.go(row);
    this.changed();
    if (among === state.rows) this.table.show(row);
  }

  /** pick selects a row alone, or turns it; one that stands for several does so for all of them. */
  private pick(row: number, turn: boolean, drawn: boolean) {
    const { selection } = this.state, on = !turn || !selection.has(row);
    if (turn) selection.toggle(row);
    else selection.only(row);
    if (drawn && this.state.piled(row)) for (const r of this.state.folds.all(row)) selection.set(r, on);
  }

  private fromTable(row: number, e: { ctrl: boolean; shift: boolean }, among: Int32Array) {
    this.select(row, e, among);
    this.state.reveal(row);
    this.state.part();
    this.tree.show(row, true);
  }

  private selectRows(rows: number[], add: boolean) {
    if (!add) this.state.selection.clear();
    this.state.selection.add(this.state.processesOf(rows));
    if (rows.length) this.state.go(this.state.selection.anchor = rows[0]!);
    this.changed();
  }

  private pinCard() {
    const { state, tree } = this, i = state.index(state.current);
    if (i < 0) return;
    if (this.card.pinned) return this.card.hide();
    this.card.at(state.current, tree.el.offsetLeft + tree.geometry.box(i, tree.scroller.y).x + 30, tree.el.offsetTop + tree.geometry.y(i + 1, tree.scroller.y), true);
    this.card.pinned = true;
  }

  /** changed tells the model of the selection. */
  private changed() {
    this.state.chosen();
    this.own = true;
    this.session.save({ selected: this.state.selection.runs() });
    this.own = false;
  }

  private pull() {
    const runs = this.session.model.get("selected"), { selection } = this.state;
    if (this.own || !Array.isArray(runs) || String(runs) === String(selection.runs())) return;
    selection.setRuns(runs as number[]);
    this.state.part();
    this.state.chosen();
    const [first] = selection.rows(1);
    if (first !== undefined) this.jump(first);
  }

  private pullFocus() {
    const row = this.session.model.get("focus");
    if (this.own || typeof row !== "number" || row >= this.state.data.n || row === this.state.focus) return;
    this.state.focusOn(row);
    this.tree.scroller.to(0);
  }

  /** save keeps what is set, when it has been still for a while. */
  private save() {
    clearTimeout(this.saving);
    this.saving = window.setTimeout(() => {
      this.own = true;
      this.session.save({ state: kept({ state: this.state, tree: this.tree, table: this.table, search: this.box }), focus: this.state.focus });
      this.own = false;
    }, 400);
  }

  destroy() {
    clearTimeout(this.saving);
    for (const stop of this.stops) stop();
    for (const part of [this.tree, this.table, this.box, this.search, this.state]) part.stop();
    this.shadow.replaceChildren();
  }
}

function styles(): CSSStyleSheet {
  const s = new CSSStyleSheet();
  s.replaceSync(style);
  return s;
}
