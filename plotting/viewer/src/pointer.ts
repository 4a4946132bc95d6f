// Mouse and fingers on the tree.
import type { Canvas } from "./canvas";
import type { Card } from "./card";
import type { State } from "./state";

interface Point { x: number; y: number; time: number }

export interface Acts { select(row: number, e: { ctrl: boolean; shift: boolean }): void; selectRows(rows: number[], add: boolean): void; clear(): void; focus(row: number): void; pile(row: number): void }

/** Pointer turns events into clicks, rubber bands, pans and pinches. */
export class Pointer {
  private readonly down = new Map<number, Point>();
  private from: Point | null = null;
  private moved = false;
  private speed = 0;
  private pinch = 0;
  private timer = 0;

  constructor(private readonly state: State, private readonly tree: Canvas, private readonly card: Card, private readonly acts: Acts) {
    const el = tree.el;
    el.addEventListener("wheel", (e) => this.wheel(e), { passive: false });
    el.addEventListener("pointerdown", (e) => this.press(e));
    el.addEventListener("pointermove", (e) => this.move(e));
    el.addEventListener("pointerup", (e) => this.release(e));
    el.addEventListener("pointercancel", (e) => { this.down.delete(e.pointerId); this.endBand(); });
    el.addEventListener("pointerleave", () => { this.hover(-1); card.hide(); });
    el.addEventListener("dblclick", (e) => { const hit = tree.hit(e.offsetX, e.offsetY); if (hit && !hit.fold && !hit.pile) acts.focus(hit.row); });
  }

  private wheel(e: WheelEvent) {
    if (e.ctrlKey || e.metaKey) { e.preventDefault(); this.tree.zoom(Math.exp(-e.deltaY * 0.0025), e.offsetY); }
    else if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) { e.preventDefault(); this.tree.pan(e.deltaX || e.deltaY); }
    else this.tree.scroller.wheel(e);
  }

  private press(e: PointerEvent) {
    if (e.button !== 0) return;
    this.tree.scroller.hold();
    this.tree.el.setPointerCapture(e.pointerId);
    this.down.set(e.pointerId, { x: e.offsetX, y: e.offsetY, time: e.timeStamp });
    if (this.down.size === 1) { this.from = { x: e.offsetX, y: e.offsetY, time: e.timeStamp }; this.moved = false; this.speed = 0; }
    else this.pinch = this.spread();
  }

  private spread(): number {
    const [a, b] = [...this.down.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }

  private move(e: PointerEvent) {
    const before = this.down.get(e.pointerId);
    if (!before || !this.from) return this.over(e);
    const dx = e.offsetX - before.x, dy = e.offsetY - before.y;
    if (Math.hypot(e.offsetX - this.from.x, e.offsetY - this.from.y) > 5) this.moved = true;
    this.down.set(e.pointerId, { x: e.offsetX, y: e.offsetY, time: e.timeStamp });
    if (!this.moved) return;
    this.card.hide();
    if (this.down.size === 2) {
      const now = this.spread();
      if (this.pinch > 0) this.tree.zoom(now / this.pinch, (before.y + e.offsetY) / 2);
      this.pinch = now;
    } else if (e.pointerType === "touch") {
      this.tree.scroller.by(-dy);
      if (Math.abs(dx) > Math.abs(dy)) this.tree.pan(-dx);
      this.speed = -dy / Math.max(1, e.timeStamp - before.time) * 16;
    } else this.stretch(e.offsetX, e.offsetY);
  }

  private stretch(x: number, y: number) {
    const scroll = this.tree.scroller.y, from = this.from!;
    const top = this.tree.band ? this.origin : from.y + scroll;
    this.origin = top;
    this.tree.band = { x: Math.min(from.x, x), y: Math.min(top, y + scroll), w: Math.abs(x - from.x), h: Math.abs(y + scroll - top) };
    this.state.emit("paint");
    clearTimeout(this.timer);
    const edge = y < 0 ? y : y > this.tree.geometry.height ? y - this.tree.geometry.height : 0;
    if (edge && this.tree.scroller.by(edge / 2)) this.timer = window.setTimeout(() => this.stretch(x, y), 16);
  }
  private origin = 0;

  private release(e: PointerEvent) {
    const from = this.from;
    this.down.delete(e.pointerId);
    if (this.down.size || !from) return;
    this.from = null;
    if (this.tree.band) this.catchRows(e);
    else if (this.moved && e.pointerType === "touch") this.tree.scroller.throw(this.speed);
    else if (!this.moved) this.click(e);
    this.endBand();
  }

  private click(e: PointerEvent) {
    const hit = this.tree.hit(e.offsetX, e.offsetY);
    if (!hit) { if (!e.ctrlKey && !e.metaKey && !e.shiftKey) this.acts.clear(); return; }
    if (hit.fold) return this.state.fold(hit.row, !this.state.folded[hit.row]);
    if (hit.pile) return this.acts.pile(hit.row);
    this.acts.select(hit.row, { ctrl: e.ctrlKey || e.metaKey, shift: e.shiftKey });
  }

  private catchRows(e: PointerEvent) {
    const b = this.tree.band!, g = this.tree.geometry, rows: number[] = [];
    const first = Math.max(0, Math.floor((b.y - 6) / g.rowHeight)), last = Math.min(this.state.rows.length - 1, Math.floor((b.y + b.h - 6) / g.rowHeight));
    for (let i = first; i <= last; i++) {
      const box = g.box(i, 0);
      if (box.x <= b.x + b.w && box.x + box.w >= b.x) rows.push(box.row);
    }
    this.acts.selectRows(rows, e.ctrlKey || e.metaKey || e.shiftKey);
  }

  private endBand() {
    clearTimeout(this.timer);
    if (!this.tree.band) return;
    this.tree.band = null;
    this.state.emit("paint");
  }

  private over(e: PointerEvent) {
    const hit = this.tree.hit(e.offsetX, e.offsetY);
    this.hover(hit ? hit.row : -1);
    this.tree.el.style.cursor = hit ? "pointer" : "default";
    if (this.card.pinned) return;
    if (hit && e.pointerType === "mouse") this.card.at(hit.row, this.tree.el.offsetLeft + e.offsetX, (this.tree.el.offsetParent === null ? 0 : this.tree.el.offsetTop) + e.offsetY);
    else this.card.hide();
  }

  private hover(row: number) {
    if (row === this.state.hover) return;
    this.state.hover = row;
    this.state.emit("paint");
  }
}
