// When things ran: starts over time, the part of the subtree the person is at, and hits.
import { h } from "./dom";
import { timeText } from "./data";
import type { State } from "./state";
import { span } from "./card";

export class TimeStrip {
  readonly canvas = h("canvas", { "aria-hidden": "true" });
  private readonly from = h("small");
  private readonly what = h("small", { class: "what" });
  private readonly to = h("small");
  readonly el = h("div", { class: "times", title: "Starts over time, the current subtree in colour. Drag to keep a span of time, double-click for all." }, this.canvas, h("div", { class: "ends" }, this.from, this.what, this.to));
  private low = Infinity;
  private high = -Infinity;
  private bins = new Float64Array(0);
  private drag: [number, number] | null = null;
  private readonly resized = new ResizeObserver(() => { this.count(); this.draw(); });

  constructor(private readonly state: State) {
    for (const t of state.data.start) { if (t < this.low) this.low = t; if (t > this.high) this.high = t; }
    this.el.hidden = !(this.high > this.low);
    if (this.el.hidden) return;
    this.from.textContent = time(this.low);
    this.to.textContent = time(this.high);
    this.resized.observe(this.canvas);
    state.on(["current", "hits", "theme", "rows", "kept"], () => this.draw());
    this.canvas.addEventListener("pointerdown", (e) => { this.canvas.setPointerCapture(e.pointerId); this.drag = [e.offsetX, e.offsetX]; });
    this.canvas.addEventListener("pointermove", (e) => { if (this.drag) { this.drag[1] = e.offsetX; this.draw(); } });
    this.canvas.addEventListener("pointerup", () => this.keep());
    this.canvas.addEventListener("dblclick", () => state.keep(null));
  }

  private bin(t: number) { return Math.min(this.bins.length - 1, Math.floor(((t - this.low) / (this.high - this.low)) * this.bins.length)); }

  private count() {
    this.bins = new Float64Array(Math.max(1, Math.floor(this.canvas.clientWidth / 3)));
    for (const t of this.state.data.start) if (t >= this.low) this.bins[this.bin(t)]!++;
  }

  private draw() {
    const w = this.canvas.clientWidth, high = this.canvas.clientHeight, ratio = devicePixelRatio || 1, { data, current, paint, hits } = this.state;
    if (!w || !this.bins.length) return;
    if (this.canvas.width !== Math.round(w * ratio)) { this.canvas.width = Math.round(w * ratio); this.canvas.height = Math.round(high * ratio); }
    const c = this.canvas.getContext("2d")!, own = new Float64Array(this.bins.length), found = new Float64Array(this.bins.length);
    let first = Infinity, last = -Infinity;
    if (current >= 0) for (let i = current; i < current + data.size[current]!; i++) {
      const t = data.start[i]!;
      if (t >= this.low) { own[this.bin(t)]!++; first = Math.min(first, t); last = Math.max(last, t); }
    }
    if (hits) for (let i = 0; i < data.n; i++) if (hits[i] && data.start[i]! >= this.low) found[this.bin(data.start[i]!)]!++;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, w, high);
    let top = 1;
    for (const b of this.bins) top = Math.max(top, b);
    const bars = (counts: Float64Array, colour: string) => {
      c.fillStyle = colour;
      counts.forEach((n, i) => { if (n) { const y = Math.max(2, (Math.log1p(n) / Math.log1p(top)) * (high - 6)); c.fillRect(i * (w / counts.length), high - y, Math.max(1, w / counts.length - 1), y); } });
    };
    bars(this.bins, paint.guide);
    bars(own, paint.accent);
    c.fillStyle = paint.hit;
    found.forEach((n, i) => { if (n) c.fillRect(i * (w / found.length), 0, Math.max(2, w / found.length - 1), 3); });
    if (this.drag) { c.fillStyle = paint.accent + "33"; c.fillRect(Math.min(...this.drag), 0, Math.abs(this.drag[1] - this.drag[0]), high); }
    this.what.textContent = first === Infinity ? "" : first === last ? `this subtree: ${time(first)}` : `this subtree: ${time(first)}, for ${span(last - first)}`;
  }

  /** keep leaves the rows that began in the span, and the paths to them. */
  private keep() {
    const drag = this.drag, { data } = this.state;
    this.drag = null;
    if (!drag || Math.abs(drag[1] - drag[0]) < 4) return this.draw();
    const at = (x: number) => this.low + (x / this.canvas.clientWidth) * (this.high - this.low), from = at(Math.min(...drag)), to = at(Math.max(...drag));
    const mask = new Uint8Array(data.n);
    for (let i = 0; i < data.n; i++) if (data.start[i]! >= from && data.start[i]! <= to) mask[i] = 1;
    this.state.keepPaths(mask);
  }

  stop() { this.resized.disconnect(); }
}

function time(ms: number) { return timeText(BigInt(Math.floor(ms)) * 1000000n); }
