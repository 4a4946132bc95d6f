// The tree as screen readers know it: an item for each row in sight, at most a few dozen.
import type { Canvas } from "./canvas";
import { h } from "./dom";
import * as names from "./names";
import type { State } from "./state";
import { Inferred, Weak } from "./data";

const mostItems = 48;

export class TreeItems {
  readonly el: HTMLElement;
  private readonly items: HTMLElement[] = [];

  constructor(private readonly state: State, private readonly tree: Canvas, private readonly id: string, label: string) {
    this.el = h("div", { class: "items", role: "tree", tabindex: 0, "aria-label": label, "aria-multiselectable": "true" });
    state.on(["rows", "scroll", "current", "selected", "loaded", "hits"], () => this.fill());
  }

  private fill() {
    const { state, tree } = this, [from, to] = tree.geometry.window(tree.scroller.y), at = state.index(state.current);
    const wanted: number[] = [];
    for (let i = from; i < to && wanted.length < mostItems; i++) wanted.push(i);
    if (at >= 0 && !wanted.includes(at)) wanted.push(at);
    while (this.items.length < wanted.length) this.items.push(this.el.appendChild(h("div", { role: "treeitem" })));
    while (this.items.length > wanted.length) this.items.pop()!.remove();
    wanted.forEach((i, k) => this.item(this.items[k]!, state.rows[i]!));
    if (at >= 0) this.el.setAttribute("aria-activedescendant", `${this.id}-${state.current}`);
    else this.el.removeAttribute("aria-activedescendant");
  }

  private item(e: HTMLElement, row: number) {
    const { data, folded, selection, hits } = this.state;
    const set = (name: string, value: string | number) => { if (e.getAttribute(name) !== String(value)) e.setAttribute(name, String(value)); };
    set("id", `${this.id}-${row}`);
    set("aria-level", this.state.level(row) + 1);
    if (this.state.below) for (const name of ["aria-setsize", "aria-posinset"]) e.removeAttribute(name); // not known while repetition is folded
    else { set("aria-setsize", data.siblings(row)); set("aria-posinset", data.place[row]! + 1); }
    set("aria-selected", String(selection.has(row)));
    if (this.state.branch(row)) set("aria-expanded", String(!folded[row]));
    else e.removeAttribute("aria-expanded");
    const text = this.words(row, hits !== null && this.state.hit(row));
    if (e.textContent !== text) e.textContent = text;
  }

  private words(row: number, hit: boolean): string {
    const { data } = this.state, pile = this.state.piled(row), out = [this.state.name(row)];
    const pid = names.pid(data, row), line = names.text(data, "CommandLine", row, 200);
    if (pile) out.push(`${this.state.folds.count(row).toLocaleString("en")} processes, Enter gives each a row`);
    else if (pid) out.push(`PID ${pid}`);
    if (line) out.push(line);
    if (data.flag(row, Inferred)) out.push("not in the log");
    if (data.flag(row, Weak)) out.push("parent uncertain");
    if (hit) out.push("found");
    return out.join(", ");
  }
}
