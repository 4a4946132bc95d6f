// The picture of the tree: only what is in sight is drawn.
import { h } from "./dom";
import { Geometry, least, most } from "./geometry";
import { paintGuides } from "./guides";
import { paintRow, foldWidth, pileWidth } from "./paint_row";
import { Scroller } from "./scroll";
import type { State } from "./state";
import { css } from "./colour";

export interface Rectangle { x: number; y: number; w: number; h: number }

export class Canvas {
  readonly canvas = h("canvas", { class: "tree-canvas", "aria-hidden": "true" });
  readonly el = h("div", { class: "tree" }, this.canvas);
  readonly geometry: Geometry;
  readonly scroller: Scroller;
  band: Rectangle | null = null; // while rows are picked with the pointer; y from the top of all rows
  focused = false;
  private readonly context = this.canvas.getContext("2d")!;
  private shift = 0; // of the depth at the left edge, on its way to 0
  private readonly resized = new ResizeObserver(() => this.resize());

  constructor(private readonly state: State) {
    this.geometry = new Geometry(state);
    this.scroller = new Scroller(() => this.geometry.total(), () => this.geometry.height, () => state.emit("scroll"));
    this.resized.observe(this.el);
    state.on(["rows", "paint", "selected", "hits", "colour", "current", "loaded", "theme", "scroll"], () => this.draw());
    state.on("rows", () => this.scroller.to(this.scroller.y));
  }

  private resize() {
    const g = this.geometry, ratio = devicePixelRatio || 1;
    g.width = this.el.clientWidth;
    g.height = this.el.clientHeight;
    this.canvas.width = Math.round(g.width * ratio);
    this.canvas.height = Math.round(g.height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.scroller.to(this.scroller.y);
    this.state.emit("scroll");
    this.draw();
  }

  draw() {
    const g = this.geometry, c = this.context;
    if (!g.width) return;
    const base = g.base;
    g.fit(this.scroller.y);
    if (base !== g.base && Math.abs(g.base - base) < 6) this.shift += (g.base - base) * g.step;
    this.picture(c, g, this.scroller.y);
    if (this.shift) {
      this.shift = Math.abs(this.shift) < 1 ? 0 : this.shift * 0.7;
      this.state.emit("paint");
    }
  }

  private picture(c: CanvasRenderingContext2D, g: Geometry, y: number) {
    const [from, to] = g.window(y), slide = g.slide;
    g.slide = slide - this.shift;
    c.fillStyle = css(this.state.paint.back);
    c.fillRect(0, 0, g.width, g.height);
    paintGuides(c, this.state, g, from, to, y);
    for (let i = from; i < to; i++) paintRow(c, this.state, g, g.box(i, y), this.focused);
    g.slide = slide;
    if (this.band) this.rubber(c, y);
    if (!this.state.rows.length) this.nothing(c, g);
  }

  private rubber(c: CanvasRenderingContext2D, y: number) {
    const b = this.band!;
    c.fillStyle = this.state.paint.accent + "22";
    c.strokeStyle = this.state.paint.accent;
    c.lineWidth = 1;
    c.fillRect(b.x, b.y - y, b.w, b.h);
    c.strokeRect(b.x + 0.5, b.y - y + 0.5, b.w, b.h);
  }

  private nothing(c: CanvasRenderingContext2D, g: Geometry) {
    c.fillStyle = this.state.paint.quiet;
    c.font = "14px system-ui, sans-serif";
    c.textAlign = "center";
    c.fillText(this.state.data.n ? "Every row is hidden. Reset shows them all." : "There are no processes here.", g.width / 2, g.height / 2);
    c.textAlign = "left";
  }

  /** hit says which row is under a point, and whether its fold mark or the word that opens it is. */
  hit(x: number, y: number): { row: number; fold: boolean; pile: boolean } | null {
    const i = this.geometry.at(y, this.scroller.y);
    if (i < 0) return null;
    const b = this.geometry.box(i, this.scroller.y);
    if (x < b.x - 4 || x > b.x + b.w) return null;
    return { row: b.row, fold: x < b.x + foldWidth && this.state.branch(b.row), pile: this.geometry.detail !== "bars" && x > b.x + b.w - pileWidth && (this.state.piled(b.row) || this.state.unpiled(b.row)) };
  }

  /** show scrolls as little as brings a row into sight, or to the middle. */
  show(row: number, middle = false) {
    const i = this.state.index(row), g = this.geometry;
    if (i < 0) return;
    const top = i * g.rowHeight, s = this.scroller;
    if (middle && (top < s.y || top + g.rowHeight > s.y + g.height)) s.to(top - (g.height - g.rowHeight) / 2);
    else if (top < s.y) s.to(top);
    else if (top + g.rowHeight + 12 > s.y + g.height) s.to(top + g.rowHeight + 12 - g.height);
  }

  /** zoom changes the rows' height; what is at a height on the screen stays there. */
  zoom(factor: number, at = this.geometry.height / 2) {
    const g = this.geometry, before = g.rowHeight, row = (this.scroller.y + at - 6) / before;
    g.rowHeight = Math.max(least, Math.min(most, before * factor));
    this.scroller.y = Math.max(0, Math.min(this.scroller.most, row * g.rowHeight + 6 - at));
    this.state.emit("scroll");
  }

  pan(dx: number) {
    const g = this.geometry;
    g.slide = Math.max(0, Math.min(Math.max(0, (this.state.deepest - g.base) * g.step), g.slide + dx));
    this.state.emit("scroll");
  }

  /** image is the picture at twice the screen's fineness. */
  image(): Promise<Blob | null> {
    const g = this.geometry, canvas = h("canvas", { width: g.width * 2, height: g.height * 2 }), c = canvas.getContext("2d")!;
    c.scale(2, 2);
    this.picture(c, g, this.scroller.y);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  stop() { this.resized.disconnect(); }
}
