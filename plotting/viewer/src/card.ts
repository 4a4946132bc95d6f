// The card with every column of one process.
import type { Column } from "./data";
import { h } from "./dom";
import * as names from "./names";
import { printable } from "./printable";
import type { State } from "./state";

export class Card {
  readonly el = h("div", { class: "card", role: "tooltip", hidden: true });
  private row = -1;
  private timer = 0;
  pinned = false;

  private readonly order: Column[]; // what says who it is comes first

  constructor(private readonly state: State, private readonly root: HTMLElement) {
    const first = (["CommandLine", "Name", "PID", "User", "Host"] as const).map((role) => state.data.role(role)).filter((c) => c !== undefined);
    this.order = [...new Set([...first, ...state.data.columns])];
    state.on("loaded", () => { if (this.row >= 0) this.fill(this.row); });
    state.on("scroll", () => { if (!this.pinned) this.hide(); });
  }

  /** at shows the card beside a point of the viewer, after a moment. */
  at(row: number, x: number, y: number, now = false) {
    clearTimeout(this.timer);
    if (row === this.row && !this.el.hidden) return this.place(x, y);
    if (!this.pinned && row !== this.row) this.hide();
    this.timer = window.setTimeout(() => { this.fill(row); this.place(x, y); }, now ? 0 : 260);
  }

  private fill(row: number) {
    const { data, want } = this.state, list = h("dl"), wide = h("dl");
    this.row = row;
    for (const c of this.order) {
      if (!c.ready) want(data.columns.indexOf(c));
      const text = c.ready ? printable(c.text(c.code(row)), 1200) : "\u2026";
      if (text) (text.length > 40 ? wide : list).append(h("dt", {}, printable(c.name, 60)), h("dd", {}, text));
    }
    this.el.classList.toggle("many", list.childElementCount > 20);
    const facts = [`level ${(data.depth[row]! + 1).toLocaleString("en")}`];
    if (this.state.piled(row)) facts.unshift(`the first of ${this.state.folds.count(row).toLocaleString("en")} processes alike`);
    if (data.children[row]) facts.push(`${data.children[row]!.toLocaleString("en")} children`, `${(data.size[row]! - 1).toLocaleString("en")} descendants`);
    const life = data.end ? data.end[row]! - data.start[row]! : NaN;
    if (life >= 0) facts.push(`ran for ${span(life)}`);
    if (data.flag(row, 1)) facts.push("not in the log, inferred from its children");
    if (data.flag(row, 2)) facts.push("its parent is uncertain");
    this.el.replaceChildren(h("strong", {}, names.name(data, row), h("span", {}, names.pid(data, row))), h("p", {}, facts.join(" \u00b7 ")), wide, list);
    this.el.hidden = false;
  }

  private place(x: number, y: number) {
    const { clientWidth: w, clientHeight: high } = this.root, { offsetWidth: cw, offsetHeight: ch } = this.el;
    const beside = w - cw - 104; // at the right end of the tree, where it hides the least
    this.el.style.left = `${Math.max(8, x + 30 < beside ? beside : x + 18 + cw > w ? w - cw - 8 : x + 18)}px`;
    this.el.style.top = `${Math.max(8, Math.min(y + 14, high - ch - 8))}px`;
  }

  hide() {
    clearTimeout(this.timer);
    this.pinned = false;
    this.el.hidden = true;
    this.row = -1;
  }

  get shown() { return !this.el.hidden; }
}

/** span writes a length of time with its largest unit. */
export function span(ms: number): string {
  for (const [unit, size] of [["d", 864e5], ["h", 36e5], ["min", 6e4], ["s", 1e3]] as const) {
    if (ms >= size) return `${Number((ms / size).toPrecision(3))} ${unit}`;
  }
  return `${Number(ms.toPrecision(3))} ms`;
}
