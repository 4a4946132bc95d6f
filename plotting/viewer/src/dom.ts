// Elements, made of text alone: nothing here reads markup.

type Child = Node | string | null | undefined | false;

export interface Attributes { [name: string]: string | number | boolean | null | undefined | ((e: never) => void) }

/** h makes an element. Functions are listeners (onclick), true and false set or leave an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") e.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) e.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) e.setAttribute(name, String(value));
  }
  e.append(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
  return e;
}

/** icon draws one of the paths below in a 16 by 16 box. */
export function icon(name: keyof typeof paths): SVGSVGElement {
  const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), path = document.createElementNS(ns, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

const paths = {
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.5 10.5l3.5 3.5",
  fold: "M3 4h10M6 8h7M6 12h7M3 8h.01M3 12h.01",
  unfold: "M3 4h10M3 8h10M3 12h10",
  focus: "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3M6.5 8h3M8 6.5v3",
  paths: "M4 2.5v8.5h3M4 6h3M9 6h4.5M9 11h4.5",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  picture: "M8 2.5v8M4.5 7.5L8 11l3.5-3.5M2.5 13.5h11",
  full: "M2.5 6v-3.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  reset: "M3 8a5 5 0 1 0 1.7-3.8M3 2.5v3h3",
  help: "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M8 12.3h.01",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4.5 6.5L8 10l3.5-3.5",
};

/** cut shortens a text to a width, ending in an ellipsis. */
export function cut(c: CanvasRenderingContext2D, text: string, width: number): string {
  if (width <= 0) return "";
  if (text.length * 14 < width || c.measureText(text).width <= width) return text;
  let low = 0, high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (c.measureText(text.slice(0, middle) + "\u2026").width <= width) low = middle; else high = middle - 1;
  }
  if (low > 0 && /[\ud800-\udbff]/.test(text[low - 1]!)) low--;
  return low > 0 ? text.slice(0, low) + "\u2026" : "";
}

/** download gives the person a file. */
export function download(name: string, content: Blob) {
  const url = URL.createObjectURL(content);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** copyText puts text on the clipboard; in a frame without the right to, by the older way. */
export async function copyText(text: string, within: ParentNode & Node): Promise<boolean> {
  try { await navigator.clipboard.writeText(text); return true; } catch { /* the older way follows */ }
  const area = h("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  within.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
