// The tree in a page of its own, from disk or in a frame: the data is in the page, in parts.
import { Data, decode, headLength } from "./data";
import type { Model, View } from "./model";
import { Session } from "./session";
import { Viewer } from "./viewer";

/** PageModel keeps the state in the address, where the page has one of its own. */
class PageModel implements Model {
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly values: Record<string, unknown>;

  constructor(options: View) {
    this.values = { options, theme: "", selected: options.Selected ?? [], focus: options.Focus ?? -1, ...remembered() };
  }

  get(key: string) { return this.values[key]; }

  set(key: string, value: unknown) {
    this.values[key] = value;
    for (const f of this.listeners.get(`change:${key}`) ?? []) f();
  }

  save_changes() {
    const { state, selected, focus } = this.values;
    try { history.replaceState(null, "", "#" + encodeURIComponent(JSON.stringify({ state, selected, focus })).slice(0, 60000)); } catch { /* a frame has no address */ }
  }

  on(event: string, f: (...args: never[]) => void) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event)!.add(f as () => void);
  }

  off(event: string, f?: (...args: never[]) => void) { if (f) this.listeners.get(event)?.delete(f as () => void); }
}

function remembered(): Record<string, unknown> {
  try {
    const { state, selected, focus } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Record<string, unknown>;
    return { state: typeof state === "object" ? state : {}, selected: Array.isArray(selected) ? selected.filter(Number.isInteger) : [], focus: Number.isInteger(focus) ? focus : -1 };
  } catch { return {}; }
}

/** startPage reads the parts as they come and draws as soon as the head and the names are there. */
export async function startPage(main: HTMLElement) {
  const parts = partsOf();
  let head = new Uint8Array(0), data: Data | null = null, model: PageModel | null = null, session: Session | null = null;
  for await (const { column, bytes, block } of parts) {
    if (column >= 0) {
      if (data!.columns[column]!.put(block, bytes)) session?.loaded();
      if (session || !enough(data!)) continue;
    } else {
      if (!head.length) head = new Uint8Array(headLength(bytes));
      head.set(bytes, block * (1 << 20));
      if (block * (1 << 20) + bytes.length < head.length) continue;
      data = decode(head);
      if (!enough(data)) continue;
    }
    model = new PageModel(JSON.parse(document.getElementById("gopherwood-options")!.textContent!) as View);
    session = new Session(model, data!, () => undefined);
    show(session, main, model);
  }
  performance.mark("gopherwood-loaded");
}

function enough(data: Data): boolean { return [data.role("Name"), data.role("PID")].every((c) => !c || c.ready); }

function show(session: Session, main: HTMLElement, model: PageModel) {
  const host = document.createElement("div");
  host.style.height = "100%";
  main.replaceChildren(host);
  const viewer = new Viewer(session, host);
  requestAnimationFrame(() => { viewer.state.flush(); performance.mark("gopherwood-painted"); });
  if (parent === window) return;
  addEventListener("message", (e: MessageEvent<{ gopherwood?: string; theme?: string }>) => {
    if (e.source === parent && e.data?.gopherwood === "theme" && (e.data.theme === "dark" || e.data.theme === "light")) model.set("theme", e.data.theme);
  });
  parent.postMessage({ gopherwood: "ready" }, "*");
}

interface Part { column: number; block: number; bytes: Uint8Array }

/** partsOf gives the parts in their order, while the page is still being read; each is taken out
 * of the page, which would otherwise hold it twice. */
async function* partsOf(): AsyncGenerator<Part> {
  for (;;) {
    const element = document.querySelector<HTMLScriptElement>('script[type="application/gzip"]'), ended = document.getElementById("gopherwood-end") !== null;
    const whole = element && (ended || element.nextElementSibling);
    if (!whole) {
      if (ended) return;
      if (document.readyState === "complete") throw new Error("This file is cut short: a part of the tree is missing.");
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    const { column, block } = element.dataset, text = element.textContent!;
    element.remove();
    yield { column: Number(column), block: Number(block), bytes: await unpack(text) };
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

async function unpack(text: string): Promise<Uint8Array> {
  const packed = fromBase64(text), stream = new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function fromBase64(text: string): Uint8Array {
  const native = (Uint8Array as unknown as { fromBase64?(text: string): Uint8Array }).fromBase64;
  if (native) return native.call(Uint8Array, text);
  const binary = atob(text), out = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) out[i] = binary.charCodeAt(i);
  return out;
}
