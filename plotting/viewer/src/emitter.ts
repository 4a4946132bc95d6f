// Who wants to know of a change is called once before the next frame, however often it changed.

export class Emitter<E extends string> {
  private readonly wanting = new Map<E, Set<() => void>>();
  private readonly changed = new Set<E>();
  private frame = 0;

  on(events: E | E[], f: () => void) {
    for (const e of Array.isArray(events) ? events : [events]) {
      if (!this.wanting.has(e)) this.wanting.set(e, new Set());
      this.wanting.get(e)!.add(f);
    }
  }

  emit(event: E) {
    this.changed.add(event);
    if (!this.frame) this.frame = requestAnimationFrame(() => this.flush());
  }

  /** flush calls who waits now; what they change in turn is told in the next round. */
  flush() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const due = new Set<() => void>();
    for (const e of this.changed) for (const f of this.wanting.get(e) ?? []) due.add(f);
    this.changed.clear();
    for (const f of due) f();
  }

  stop() { cancelAnimationFrame(this.frame); this.wanting.clear(); }
}
