// Scrolling of any height: browsers stop at 33 million pixels, a million rows do not.

export class Scroller {
  y = 0; // pixels, not rounded
  private speed = 0;
  private frame = 0;

  constructor(private readonly total: () => number, private readonly window: () => number, private readonly moved: () => void) {}

  get most(): number { return Math.max(0, this.total() - this.window()); }

  to(y: number): boolean {
    const before = this.y;
    this.y = Math.max(0, Math.min(this.most, y));
    if (this.y !== before) this.moved();
    return this.y !== before;
  }

  by(dy: number): boolean { return this.to(this.y + dy); }

  /** wheel scrolls, and leaves the event to the page where there is no more to scroll. */
  wheel(e: WheelEvent) {
    const unit = e.deltaMode === 1 ? 40 : e.deltaMode === 2 ? this.window() : 1;
    if (this.by(e.deltaY * unit)) e.preventDefault();
  }

  /** throw goes on after a finger has left, slower and slower. */
  throw(speed: number) {
    this.speed = speed;
    cancelAnimationFrame(this.frame);
    const step = () => {
      this.speed *= 0.95;
      if (Math.abs(this.speed) > 0.3 && this.by(this.speed)) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  hold() { cancelAnimationFrame(this.frame); }
}
