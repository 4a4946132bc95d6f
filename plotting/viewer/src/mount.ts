// Showing the tree where the notebook's output is, without a widget view. A saved output then has
// nothing that needs a kernel: a picture and a frame, which we hide while we are there.
import type { Session } from "./session";
import { Viewer } from "./viewer";

/** mount draws in every element of the page that has the name, now and later: front ends take
 * outputs out of the page when they are scrolled away, and show one output in several places. It
 * returns what to call when the model goes: what is drawn stays. */
export function mount(session: Session, name: string): () => void {
  const drawn = new Map<Element, Viewer>();
  let due = 0;
  const look = () => {
    due = 0;
    for (const [host, viewer] of drawn) {
      if (host.isConnected) continue;
      viewer.destroy();
      drawn.delete(host);
    }
    for (const host of document.querySelectorAll(`[data-gopherwood="${CSS.escape(name)}"]`)) if (!drawn.has(host)) drawn.set(host, draw(session, host));
    if (session.closed && drawn.size === 0) seen.disconnect();
  };
  const seen = new MutationObserver(() => { due ||= requestAnimationFrame(look); });
  seen.observe(document.body, { childList: true, subtree: true });
  look();
  return () => { session.close(); look(); };
}

function draw(session: Session, host: Element): Viewer {
  host.setAttribute("data-gopherwood-live", "");
  for (const child of Array.from(host.children)) if (child instanceof HTMLElement && child.tagName !== "SCRIPT") child.style.display = "none";
  host.querySelector("[data-gopherwood-here]")?.remove();
  const here = document.createElement("div");
  here.setAttribute("data-gopherwood-here", "");
  host.append(here);
  return new Viewer(session, here);
}
