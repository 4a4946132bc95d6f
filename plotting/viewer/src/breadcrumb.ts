// Who started this: the ancestors of the row the person is at, up to the root.
import { h } from "./dom";
import * as names from "./names";
import type { State } from "./state";

const near = 4; // ancestors shown at either end

export class Breadcrumb {
  private readonly list = h("ol", {});
  readonly el = h("nav", { class: "crumbs", "aria-label": "Ancestors" }, this.list);

  constructor(private readonly state: State, private readonly go: (row: number) => void) {
    state.on(["current", "rows", "loaded"], () => this.fill());
    this.fill();
  }

  private fill() {
    const { data, current, focus, kept } = this.state;
    if (current < 0) { this.list.replaceChildren(); return; }
    const up = data.ancestors(current), long = up.length > near * 2 + 1;
    const items = (long ? [...up.slice(0, 2), -1, ...up.slice(-near - 2)] : up).map((row) =>
      row < 0 ? h("li", { class: "gap" }, `\u2026 ${(up.length - near - 4).toLocaleString("en")} levels \u2026`) : h("li", {}, this.button(row)));
    items.push(h("li", { "aria-current": "true" }, h("b", {}, names.name(data, current)), h("small", {}, names.pid(data, current))));
    if (focus >= 0) items.unshift(this.way("Whole tree", () => this.state.focusOn(-1)));
    if (kept) items.unshift(this.way("All rows", () => this.state.keep(null)));
    this.list.replaceChildren(...items);
    this.list.scrollLeft = this.list.scrollWidth;
  }

  private button(row: number) {
    return h("button", { type: "button", onclick: () => this.go(row) }, names.name(this.state.data, row));
  }

  private way(label: string, run: () => void) {
    return h("li", { class: "way" }, h("button", { type: "button", onclick: run }, "\u2190 " + label));
  }
}
