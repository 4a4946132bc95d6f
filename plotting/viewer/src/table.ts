// The table under the tree: every column, sorted and filtered, and only the rows in sight.
import { Cancelled, Work } from "./breathe";
import type { Column } from "./data";
import { h, icon } from "./dom";
import { printable } from "./printable";
import { Scroller } from "./scroll";
import type { Search } from "./search/search";
import { sorted } from "./sort";
import type { State } from "./state";

const rowHeight = 26;

export class Table {
  private readonly head = h("div", { class: "tr th", role: "row", "aria-rowindex": 1 });
  private readonly body = h("div", { class: "tbody", role: "rowgroup" });
  private readonly thumb = h("i", { class: "thumb" });
  private readonly grid = h("div", { class: "grid", role: "grid", tabindex: 0, "aria-label": "Processes", "aria-multiselectable": "true" }, h("div", { role: "rowgroup" }, this.head), this.body);
  private readonly count = h("small", { role: "status" });
  readonly filter = h("input", { type: "search", placeholder: "Filter the table", "aria-label": "Filter the table", spellcheck: "false", oninput: () => this.refilter() });
  private readonly only = h("input", { type: "checkbox", onchange: () => this.refilter() });
  readonly el = h("section", { class: "table", "aria-label": "Table" },
    h("div", { class: "table-bar" }, this.filter, h("label", {}, this.only, "matches only"), this.count, h("span", { class: "space" }), h("button", { type: "button", class: "tool", "aria-label": "Close the table", title: "Close the table (t)", onclick: () => this.close() }, icon("close"))),
    this.grid, this.thumb);
  readonly scroller = new Scroller(() => this.rows.length * rowHeight, () => this.body.clientHeight, () => this.draw());
  rows: Int32Array = new Int32Array(0);
  sort = "";
  down = false;
  private work = new Work();
  private readonly lines: HTMLElement[] = [];
  private readonly resized = new ResizeObserver(() => { this.scroller.by(0); this.draw(); });

  constructor(private readonly state: State, private readonly search: Search, private readonly id: string, private readonly choose: (row: number, e: { ctrl: boolean; shift: boolean }, among: Int32Array) => void) {
    this.heads();
    this.resized.observe(this.body);
    state.on(["rows", "hits", "table"], () => this.refilter());
    state.on(["selected", "current", "loaded", "theme"], () => this.draw());
    this.grid.addEventListener("wheel", (e) => { if (!e.shiftKey && Math.abs(e.deltaY) > Math.abs(e.deltaX)) this.scroller.wheel(e); }, { passive: false });
    this.grid.addEventListener("keydown", (e) => this.key(e));
    this.body.addEventListener("click", (e) => this.click(e));
    this.thumb.addEventListener("pointerdown", (e) => this.thumb.setPointerCapture(e.pointerId));
    this.thumb.addEventListener("pointermove", (e) => { if (this.thumb.hasPointerCapture(e.pointerId)) this.scroller.by(e.movementY * (this.rows.length * rowHeight) / Math.max(1, this.body.clientHeight)); });
    this.el.hidden = !state.tableOpen;
    if (state.tableOpen) this.refilter();
  }

  close() { this.state.tableOpen = false; this.state.emit("table"); this.state.emit("kept"); }

  private heads() {
    this.head.replaceChildren(...this.state.data.columns.map((c, i) => h("div", { role: "columnheader", "aria-colindex": i + 1, "aria-sort": this.sort === c.name ? (this.down ? "descending" : "ascending") : "none", class: width(c) },
      h("button", { type: "button", title: `Sort by ${printable(c.name, 80)}`, onclick: () => this.sortBy(c.name) }, printable(c.name, 40), h("span", { "aria-hidden": "true" }, this.sort === c.name ? (this.down ? " \u2193" : " \u2191") : "")))));
    this.grid.setAttribute("aria-colcount", String(this.state.data.columns.length));
  }

  /** sortBy sorts up, then down, then in the tree's order again. */
  sortBy(name: string) {
    if (this.sort !== name) [this.sort, this.down] = [name, false];
    else if (!this.down) this.down = true;
    else [this.sort, this.down] = ["", false];
    const at = this.state.data.columns.findIndex((c) => c.name === name);
    this.heads();
    (this.head.children[at]?.firstElementChild as HTMLElement | null)?.focus();
    this.refilter();
    this.state.emit("kept");
  }

  /** refilter makes the list anew: what the tree shows, the filter, the order. */
  async refilter() {
    this.el.hidden = !this.state.tableOpen;
    if (this.el.hidden) return;
    this.work.cancel();
    const work = this.work = new Work();
    try {
      const found = this.filter.value.trim() === "" ? null : await this.search.find(this.filter.value, work);
      this.filter.setCustomValidity("");
      this.filter.removeAttribute("aria-invalid");
      const rows = await this.passing(found, work), column = this.state.data.column(this.sort);
      if (column) await this.search.ready([column], work);
      this.rows = column ? await sorted(rows, column, this.down, work) : rows;
      this.count.textContent = `${this.rows.length.toLocaleString("en")} rows`;
      this.grid.setAttribute("aria-rowcount", String(this.rows.length + 1));
      this.scroller.by(0);
      this.draw();
    } catch (e) {
      if (e instanceof Cancelled) return;
      this.filter.setAttribute("aria-invalid", "true");
      this.count.textContent = (e as Error).message;
    }
  }

  private async passing(found: Uint8Array | null, work: Work): Promise<Int32Array> {
    const all = this.state.listed(), hits = this.only.checked ? this.state.hits : null;
    if (!found && !hits) return all;
    const out = new Int32Array(all.length);
    let n = 0;
    for (let i = 0; i < all.length; i++) {
      if (i % 32768 === 0 && work.due()) await work.rest();
      const row = all[i]!;
      if ((!found || found[row]) && (!hits || hits[row])) out[n++] = row;
    }
    return out.subarray(0, n);
  }

  private draw() {
    if (this.el.hidden || !this.body.clientHeight) return;
    const y = this.scroller.y, first = Math.floor(y / rowHeight), n = Math.min(this.rows.length - first, Math.ceil(this.body.clientHeight / rowHeight) + 1);
    while (this.lines.length < n) this.lines.push(this.body.appendChild(this.line()));
    while (this.lines.length > Math.max(0, n)) this.lines.pop()!.remove();
    for (let k = 0; k < n; k++) this.fill(this.lines[k]!, first + k, y);
    const share = this.body.clientHeight / Math.max(1, this.rows.length * rowHeight), room = this.body.clientHeight;
    this.thumb.hidden = share >= 1;
    this.thumb.style.height = `${Math.max(24, share * room)}px`;
    this.thumb.style.top = `${this.body.offsetTop + this.grid.offsetTop + (y / Math.max(1, this.scroller.most)) * (room - Math.max(24, share * room))}px`;
  }

  private line(): HTMLElement {
    return h("div", { class: "tr", role: "row" }, ...this.state.data.columns.map((c, i) => h("div", { role: "gridcell", "aria-colindex": i + 1, class: width(c) })));
  }

  private fill(line: HTMLElement, at: number, y: number) {
    const { data, selection, current, want, hits } = this.state, row = this.rows[at]!;
    line.style.transform = `translateY(${at * rowHeight - y}px)`;
    line.dataset.at = String(at);
    line.id = `${this.id}-t${row}`;
    line.setAttribute("aria-rowindex", String(at + 2));
    line.setAttribute("aria-selected", String(selection.has(row)));
    line.className = `tr${row === current ? " now" : ""}${hits?.[row] ? " hit" : ""}`;
    if (row === current) this.grid.setAttribute("aria-activedescendant", line.id);
    data.columns.forEach((c, i) => {
      if (!c.ready) want(i);
      const text = c.ready ? printable(c.text(c.code(row)), 300) : "\u2026", cell = line.children[i]!;
      if (cell.textContent !== text) cell.textContent = text;
    });
  }

  private click(e: MouseEvent) {
    const line = (e.target as Element).closest<HTMLElement>(".tr");
    if (line) this.choose(this.rows[Number(line.dataset.at)]!, { ctrl: e.ctrlKey || e.metaKey, shift: e.shiftKey }, this.rows);
  }

  private key(e: KeyboardEvent) {
    if ((e.target as Element).closest("button")) return;
    const at = this.rows.indexOf(this.state.current), page = Math.floor(this.body.clientHeight / rowHeight) - 1;
    const to = ({ ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.rows.length - 1 } as Record<string, number>)[e.key];
    if (e.key === " ") this.choose(this.state.current, { ctrl: true, shift: e.shiftKey }, this.rows);
    else if (to === undefined) return;
    else {
      const next = Math.max(0, Math.min(this.rows.length - 1, to)), row = this.rows[next];
      if (row === undefined) return;
      this.state.reveal(row);
      this.state.go(row);
      this.show(row);
    }
    e.preventDefault();
    e.stopPropagation();
  }

  /** show scrolls a row into sight. */
  show(row: number) {
    if (this.el.hidden) return;
    const i = this.rows.indexOf(row), top = i * rowHeight, room = this.body.clientHeight;
    if (i < 0) return;
    if (top < this.scroller.y || top + rowHeight > this.scroller.y + room) this.scroller.to(top - (room - rowHeight) / 2);
  }

  stop() { this.work.cancel(); this.resized.disconnect(); }
}

function width(c: Column): string {
  return c.kind === "text" ? (c.distinct > 50 ? "wide" : "middle") : c.kind === "time" ? "middle" : "narrow";
}
