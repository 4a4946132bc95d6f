// Showing the tree where the notebook's output is, without a widget view. A saved output then has
// nothing that needs a kernel: a picture and a frame, which we hide while we are there.
import { elsewhere } from "./notebook";
import type { Session } from "./session";
import { Viewer } from "./viewer";

/** mount draws in every element of the page that has the name, now and later: front ends take
 * outputs out of the page when they are scrolled away, and show one output in several places. It
 * returns what to call when the model goes: what is drawn stays.
 *
 * Several models may have a name: those that a restarted kernel left behind, which nobody closes,
 * those of a copy of the notebook, and one for each view of a notebook. An element is the latest's,
 * among those that are not closed and not of another notebook. */
export function mount(session: Session, name: string): () => void {
  const m = new Mount(session, name);
  return () => m.close();
}

// Each model has a copy of this module: what they share is on the page.
const ownerOf = Symbol.for("gopherwood.owner"), count = Symbol.for("gopherwood.mounts"), closed = "gopherwood-closed";
type Shared = { [ownerOf]?: Owner; [count]?: number };

interface Owner { readonly number: number; open(): boolean; fits(host: Element): boolean; leave(host: Element): void }

class Mount implements Owner {
  readonly number: number;
  private readonly drawn = new Map<Element, Drawn>();
  private due = 0;
  private readonly seen = new MutationObserver(() => this.soon());
  private readonly soon = () => { this.due ||= requestAnimationFrame(() => this.look()); };

  constructor(private readonly session: Session, private readonly name: string) {
    const page = document as Shared;
    this.number = page[count] = (page[count] ?? 0) + 1;
    this.seen.observe(document.body, { childList: true, subtree: true });
    document.addEventListener(closed, this.soon);
    this.look();
  }

  open() { return !this.session.closed; }

  fits(host: Element) { return !elsewhere(this.session.model, host); }

  close() {
    this.session.close();
    document.dispatchEvent(new Event(closed)); // another may draw in its place
    this.look();
  }

  leave(host: Element) {
    this.drawn.get(host)?.remove();
    this.drawn.delete(host);
    delete (host as Shared)[ownerOf];
  }

  private look() {
    this.due = 0;
    for (const host of this.drawn.keys()) if (!host.isConnected || !this.fits(host)) this.leave(host);
    for (const host of document.querySelectorAll(`[data-gopherwood="${CSS.escape(this.name)}"]`)) if (this.wins(host)) this.take(host);
    if (!this.open() && this.drawn.size === 0) this.stop();
  }

  private wins(host: Element): boolean {
    const other = (host as Shared)[ownerOf];
    if (other === this || !this.fits(host)) return false;
    if (!other || !other.fits(host)) return true;
    return this.open() === other.open() ? this.number > other.number : this.open();
  }

  private take(host: Element) {
    (host as Shared)[ownerOf]?.leave(host);
    (host as Shared)[ownerOf] = this;
    this.drawn.set(host, new Drawn(this.session, host));
  }

  private stop() {
    this.seen.disconnect();
    document.removeEventListener(closed, this.soon);
  }
}

const live = "data-gopherwood-live";

/** Drawn is a view in an output, whose own parts are hidden. */
class Drawn {
  private readonly hidden: [HTMLElement, string][] = [];
  private readonly here = document.createElement("div");
  private readonly viewer: Viewer;

  constructor(session: Session, private readonly host: Element) {
    for (const child of Array.from(host.children)) if (child instanceof HTMLElement && child.tagName !== "SCRIPT") {
      this.hidden.push([child, child.style.display]);
      child.style.display = "none";
    }
    host.setAttribute(live, "");
    this.here.setAttribute("data-gopherwood-here", "");
    host.append(this.here);
    this.viewer = new Viewer(session, this.here);
  }

  remove() {
    this.viewer.destroy();
    this.here.remove();
    this.host.removeAttribute(live);
    for (const [child, display] of this.hidden) child.style.display = display;
  }
}
