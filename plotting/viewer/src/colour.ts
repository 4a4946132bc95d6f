// Colours of rows: by level, by the values of a column, or along a scale.
import type { Column, Data } from "./data";

export type RGB = readonly [number, number, number];

/** distinct are the colours of plotting/palette.go: Okabe and Ito's without black, then Tol's muted. */
const distinct = ["0072b2", "e69f00", "009e73", "cc79a7", "56b4e9", "d55e00", "f0e442", "5b4bc4", "b0355f", "999933", "44aa99", "8c510a"].map(rgb);
const viridis = ["440154", "482878", "3e4989", "31688e", "26828e", "1f9e89", "35b779", "6dcd59", "b4de2c", "fde725"].map(rgb);
export const nothing: RGB = [150, 152, 158];
export const others: RGB = [125, 112, 102];

export function rgb(hex: string): RGB {
  return [parseInt(hex.slice(0, 2), 16), parseInt(hex.slice(2, 4), 16), parseInt(hex.slice(4, 6), 16)];
}

export function mix(a: RGB, b: RGB, at: number): RGB {
  return [a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at, a[2] + (b[2] - a[2]) * at];
}

export function css(c: RGB, alpha = 1): string {
  return `rgb(${Math.round(c[0])} ${Math.round(c[1])} ${Math.round(c[2])} / ${alpha})`;
}

/** scale is a colour at a place from 0 to 1. */
export function scale(at: number): RGB {
  at = Math.max(0, Math.min(1, at)) * (viridis.length - 1);
  const i = Math.min(Math.floor(at), viridis.length - 2);
  return mix(viridis[i]!, viridis[i + 1]!, at - i);
}

export interface Entry { label: string; colour: RGB; count: number; codes: number[] }

/** Colouring gives each row the number of one of its colours. */
export interface Colouring {
  by: string; // column, "" for the level
  colours: RGB[];
  index(row: number): number;
  entries: Entry[] | null; // of the legend
  range: [number, number] | null; // of the colour bar
  time: boolean;
}

const steps = 64;

/** colouring makes the colours for a column, for the level when there is none. */
export function colouring(d: Data, column: Column | undefined): Colouring {
  if (!column || column.codes.length === 0) return byLevel(d, column?.name ?? "");
  const numeric = column.kind === "int" || column.kind === "float" || column.kind === "time";
  return numeric && column.distinct > 1 ? byNumber(column) : byValue(d, column);
}

function byLevel(d: Data, by: string): Colouring {
  const span = Math.max(1, d.deepest - d.shallowest), colours = Array.from({ length: steps }, (_, i) => scale(0.12 + 0.76 * (i / (steps - 1))));
  return { by, colours, entries: null, time: false, range: d.deepest > d.shallowest ? [d.shallowest + 1, d.deepest + 1] : null,
    index: (row) => Math.round(((d.depth[row]! - d.shallowest) / span) * (steps - 1)) };
}

function byNumber(c: Column): Colouring {
  let first = 1, last = c.distinct;
  while (first < last && !Number.isFinite(c.number(first))) first++;
  while (last > first && !Number.isFinite(c.number(last))) last--;
  const low = c.number(first), high = c.number(last), colours = Array.from({ length: steps }, (_, i) => scale(i / (steps - 1)));
  colours.push(nothing);
  const at = new Uint8Array(c.distinct + 1).fill(steps);
  for (let code = first; code <= last; code++) at[code] = Math.round(((c.number(code) - low) / (high - low || 1)) * (steps - 1));
  return { by: c.name, colours, entries: null, range: [low, high], time: c.kind === "time", index: (row) => at[c.codes[row]!]! };
}

/** byValue colours the most frequent values, and all others alike. */
function byValue(d: Data, c: Column): Colouring {
  const counts = new Uint32Array(c.distinct + 1);
  for (let i = 0; i < d.n; i++) counts[c.codes[i]!]!++;
  const order = Array.from(counts.keys()).filter((code) => code > 0 && counts[code]! > 0);
  order.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const most = order.length <= distinct.length ? distinct.length : distinct.length - 1;
  const entries: Entry[] = order.slice(0, most).map((code, i) => ({ label: c.text(code), colour: distinct[i]!, count: counts[code]!, codes: [code] }));
  const rest = order.slice(most);
  if (rest.length) entries.push({ label: `${rest.length.toLocaleString("en")} other values`, colour: others, count: rest.reduce((n, k) => n + counts[k]!, 0), codes: rest });
  if (counts[0]) entries.push({ label: "no value", colour: nothing, count: counts[0], codes: [0] });
  const at = new Uint8Array(c.distinct + 1);
  entries.forEach((e, i) => { for (const code of e.codes) at[code] = i; });
  return { by: c.name, colours: entries.map((e) => e.colour), entries, range: null, time: false, index: (row) => at[c.codes[row]!]! };
}
