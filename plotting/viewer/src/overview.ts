// The strip at the right: the whole tree in small, what is in sight, hits and selected rows.
import type { Canvas } from "./canvas";
import { h } from "./dom";
import type { State } from "./state";
import { strong } from "./theme";

export class Overview {
  readonly canvas = h("canvas", { "aria-hidden": "true" });
  readonly el = h("div", { class: "overview", title: "The whole tree; drag to move" }, this.canvas);
  private readonly small = h("canvas");
  private stale = true;
  private w = 0;
  private h = 0;
  private grabbed = 0;
  private readonly resized = new ResizeObserver(() => { this.stale = true; this.draw(); });

  constructor(private readonly state: State, private readonly tree: Canvas) {
    this.resized.observe(this.el);
    state.on(["rows", "selected", "hits", "colour", "theme", "loaded"], () => { this.stale = true; this.draw(); });
    state.on("scroll", () => this.draw());
    this.el.addEventListener("pointerdown", (e) => this.grab(e));
    this.el.addEventListener("pointermove", (e) => this.drag(e));
    this.el.addEventListener("wheel", (e) => tree.scroller.wheel(e), { passive: false });
  }

  /** unit is a row's height here. */
  private get unit() { return Math.min(this.h / Math.max(1, this.state.rows.length), 7); }

  private draw() {
    const ratio = devicePixelRatio || 1, w = this.el.clientWidth, height = this.el.clientHeight;
    if (!w || !height) return;
    if (w !== this.w || height !== this.h) {
      this.w = w;
      this.h = height;
      for (const c of [this.canvas, this.small]) { c.width = w * ratio; c.height = height * ratio; }
    }
    if (this.stale) this.redraw(ratio);
    const c = this.canvas.getContext("2d")!, [top, bottom] = this.window(), p = this.state.paint;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, this.canvas.width, this.canvas.height);
    c.drawImage(this.small, 0, 0);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.beginPath();
    c.roundRect(1, top + 0.5, w - 2, Math.max(6, bottom - top) - 1, 4);
    c.fillStyle = p.accent + (p.dark ? "2e" : "1f");
    c.fill();
    c.strokeStyle = p.accent + "aa";
    c.stroke();
  }

  private window(): [number, number] {
    const g = this.tree.geometry, y = this.tree.scroller.y;
    const top = (y / g.rowHeight) * this.unit, bottom = Math.min(this.state.rows.length, (y + g.height) / g.rowHeight) * this.unit;
    return [Math.min(top, this.h - 6), bottom];
  }

  private redraw(ratio: number) {
    this.stale = false;
    const c = this.small.getContext("2d")!, { data, rows, colours, paint, hits, selection, deepest } = this.state;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, this.w, this.h);
    const levels = deepest - data.shallowest + 3, left = 8, wide = this.w - 20, unit = this.unit;
    const painted = colours.colours.map((k) => strong(paint, k)), each = Math.max(1, Math.floor(0.75 / unit));
    const mark = (y: number, colour: string, x: number) => { c.globalAlpha = 1; c.fillStyle = colour; c.fillRect(x, y, 5, Math.max(1.5, unit)); };
    for (let from = 0; from < rows.length; from += each) {
      const y = from * unit, to = Math.min(rows.length, from + each);
      let low = Infinity, high = 0, hit = false, chosen = false;
      for (let i = from; i < to; i++) {
        const row = rows[i]!, depth = this.state.level(row);
        if (depth < low) low = depth;
        if (depth > high) high = depth;
        if (hits !== null && this.state.hit(row)) hit = true;
        if (selection.mask[row]) chosen = true;
      }
      c.globalAlpha = hits !== null && !hit ? 0.3 : 0.75;
      c.fillStyle = painted[colours.index(rows[from]!)]!;
      c.fillRect(left + ((low - data.shallowest) / levels) * (wide - 12), y, Math.max(14, ((high - low + 3) / levels) * wide), Math.max(0.6, unit * each - (unit > 3 ? 1 : 0)));
      if (hit) mark(y, paint.hit, this.w - 7);
      if (chosen) mark(y, paint.accent, 1);
    }
    c.globalAlpha = 1;
  }

  private grab(e: PointerEvent) {
    const y = e.offsetY, [top, bottom] = this.window();
    this.grabbed = y >= top && y <= Math.max(bottom, top + 6) ? y - top : (bottom - top) / 2;
    this.el.setPointerCapture(e.pointerId);
    this.drag(e);
  }

  private drag(e: PointerEvent) {
    if (!this.el.hasPointerCapture(e.pointerId)) return;
    this.tree.scroller.to(((e.offsetY - this.grabbed) / this.unit) * this.tree.geometry.rowHeight);
  }

  stop() { this.resized.disconnect(); }
}
