// What the keys do.
import { h } from "./dom";
import { keys } from "./keyboard";

export class Help {
  readonly el: HTMLDialogElement;

  constructor() {
    const row = (key: string, what: string) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)];
    this.el = h("dialog", { class: "help", "aria-label": "Help" },
      h("form", { method: "dialog" }, h("button", { class: "tool", "aria-label": "Close" }, "\u00d7")),
      h("h2", {}, "Keys and search"),
      h("dl", {}, ...row("\u2190 \u2192 \u2191 \u2193", "Move, fold and unfold"), ...row("Space", "Select or unselect; with Shift a range"), ...row("Ctrl+A", "Select all that is shown"), ...row("Esc", "Let go of the selection"), ...keys.flatMap(([key, , what]) => row(key, what))),
      h("p", {}, "Search: words are found in every column. user:admin looks in one column; = > < compare; /regex/ is a pattern; \u201cquotes\u201d keep words together; and, or, not and parentheses combine."),
      h("p", {}, "Mouse: click selects, Ctrl adds, Shift takes a range, dragging draws a box; double-click shows a subtree alone; Open gives each process that is alike a row; Ctrl with the wheel changes the size, Shift moves sideways."));
  }

  open() { this.el.showModal(); }
}
