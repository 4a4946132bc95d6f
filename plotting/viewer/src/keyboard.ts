// The keys of the tree, as the ARIA practices for trees have them, and a few of our own.
import type { Canvas } from "./canvas";
import type { State } from "./state";

export interface Commands { [name: string]: () => void }

/** keys names what each letter does; the help lists them. */
export const keys: [string, string, string][] = [
  ["/", "search", "Search"], ["n", "next", "Next match"], ["N", "previous", "Previous match"],
  ["Enter", "focus", "Show this subtree alone; open a row that stands for several"], ["Backspace", "widen", "Back to the whole tree"],
  ["p", "paths", "Only the paths to what is selected, else to the matches"],
  ["i", "card", "Details of this process"], ["t", "table", "Table"], ["c", "copy", "Copy as a text tree"],
  ["-", "smaller", "Smaller rows"], ["+", "larger", "Larger rows"], ["0", "reset", "Reset"],
  ["r", "repeat", "Give each process that is alike a row, or let one row stand for them"], ["R", "repeats", "The same everywhere"],
  ["f", "full", "Full screen"], ["s", "picture", "Save a picture"], ["[", "foldAll", "Fold everything"], ["]", "unfoldAll", "Unfold everything"], ["?", "help", "This help"],
];

export class Keyboard {
  constructor(private readonly state: State, private readonly tree: Canvas, el: HTMLElement, private readonly select: (row: number, e: { ctrl: boolean; shift: boolean }) => void, private readonly commands: Commands) {
    el.addEventListener("keydown", (e) => { if (this.press(e)) { e.preventDefault(); e.stopPropagation(); } });
  }

  private press(e: KeyboardEvent): boolean {
    if (e.altKey) return false;
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "a") { this.commands["selectAll"]!(); return true; }
    if (this.motion(e)) return true;
    if (e.ctrlKey || e.metaKey) return false;
    if (e.key === " ") { this.select(this.state.current, { ctrl: true, shift: e.shiftKey }); return true; }
    if (e.key === "Escape") { this.commands["escape"]!(); return true; }
    if (e.key === "*") { this.commands["unfoldAll"]!(); return true; }
    const found = keys.find(([key]) => key === (e.key === "=" ? "+" : e.key));
    if (!found) return false;
    this.commands[found[1]]!();
    return true;
  }

  private motion(e: KeyboardEvent): boolean {
    const s = this.state, at = s.index(s.current), page = Math.max(1, Math.floor(this.tree.geometry.height / this.tree.geometry.rowHeight) - 1);
    if (e.key === "ArrowLeft") { if (!this.out()) return true; return this.to(s.index(s.nearest(s.up(s.current))), e); }
    if (e.key === "ArrowRight") {
      if (s.current >= 0 && s.folded[s.current]) { s.fold(s.current, false); return true; }
      return s.branch(s.current) ? this.to(at + 1, e) : true;
    }
    const step = ({ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page } as Record<string, number>)[e.key];
    if (step !== undefined) return this.to(Math.max(0, Math.min(s.rows.length - 1, at + step)), e);
    if (e.key === "Home") return this.to(0, e);
    if (e.key === "End") return this.to(s.rows.length - 1, e);
    return false;
  }

  /** out folds the row; it returns true where the person should go to the parent instead. */
  private out(): boolean {
    const s = this.state;
    if (s.branch(s.current) && !s.folded[s.current]) { s.fold(s.current, true); return false; }
    return s.current >= 0 && s.up(s.current) >= 0 && s.index(s.nearest(s.up(s.current))) >= 0;
  }

  private to(index: number, e: KeyboardEvent): boolean {
    const row = this.state.rows[index];
    if (row === undefined) return true;
    this.state.go(row);
    if (e.shiftKey) this.select(row, { ctrl: false, shift: true });
    this.tree.show(row);
    return true;
  }
}
