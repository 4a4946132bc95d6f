// One box: name, PID and command line, as much as there is room for.
import { type Box, type Geometry } from "./geometry";
import { cut } from "./dom";
import { Inferred, Weak } from "./data";
import * as names from "./names";
import type { State } from "./state";
import { edge, fill, strong } from "./theme";
import { css, mix, rgb } from "./colour";

export const sans = `system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif`;
export const mono = `ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Liberation Mono", Menlo, monospace`;

export const foldWidth = 22, pileWidth = 62; // pixels where a click folds, and where it opens what repeats

/** paintRow draws a row's box. */
export function paintRow(c: CanvasRenderingContext2D, s: State, g: Geometry, b: Box, focused: boolean) {
  const { row } = b, p = s.paint, colour = s.colours.colours[s.colours.index(row)]!;
  const chosen = s.selection.has(row), inferred = s.data.flag(row, Inferred), dim = s.hits !== null && !s.hit(row) && !chosen, pile = s.piled(row);
  c.globalAlpha = dim ? 0.4 : 1;
  if (g.detail === "bars") return bar(c, s, b, strong(p, colour), chosen);
  const radius = 5, accent = rgb(p.accent.slice(1));
  if (pile) under(c, s, b, radius, edge(p, colour));
  c.beginPath();
  c.roundRect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, radius);
  c.fillStyle = chosen ? css(mix(p.back, accent, p.dark ? 0.3 : 0.16)) : inferred ? css(p.back) : fill(p, colour);
  c.fill();
  c.setLineDash(inferred ? [4, 3] : []);
  c.lineWidth = chosen ? 1.5 : 1;
  c.strokeStyle = chosen ? p.accent : row === s.hover ? strong(p, colour) : inferred ? p.faint : edge(p, colour);
  c.stroke();
  c.setLineDash([]);
  stripe(c, b, strong(p, colour), radius);
  words(c, s, g, b);
  if (row === s.current && focused) ring(c, s, b);
  c.globalAlpha = 1;
}

/** under draws the edge of a second box, so that a row that stands for several looks like a pile. */
function under(c: CanvasRenderingContext2D, s: State, b: Box, radius: number, line: string) {
  c.beginPath();
  c.roundRect(b.x + 3.5, b.y + 3.5, b.w - 4, b.h - 1.5, radius);
  c.fillStyle = css(s.paint.back);
  c.fill();
  c.lineWidth = 1;
  c.strokeStyle = line;
  c.stroke();
}

function bar(c: CanvasRenderingContext2D, s: State, b: Box, colour: string, chosen: boolean) {
  c.fillStyle = chosen ? s.paint.accent : colour;
  c.fillRect(b.x, b.y, b.w, Math.max(1, b.h));
  if (s.hit(b.row)) { c.fillStyle = s.paint.hit; c.fillRect(b.x - 6, b.y, 4, Math.max(1, b.h)); }
  c.globalAlpha = 1;
}

function stripe(c: CanvasRenderingContext2D, b: Box, colour: string, radius: number) {
  c.beginPath();
  c.roundRect(b.x, b.y, 4, b.h, [radius, 0, 0, radius]);
  c.fillStyle = colour;
  c.fill();
}

function ring(c: CanvasRenderingContext2D, s: State, b: Box) {
  c.beginPath();
  c.roundRect(b.x - 1.5, b.y - 1.5, b.w + 3, b.h + 3, 7);
  c.lineWidth = 2;
  c.strokeStyle = s.paint.accent;
  c.stroke();
}

function words(c: CanvasRenderingContext2D, s: State, g: Geometry, b: Box) {
  const two = g.detail === "two", p = s.paint, size = two ? 13 : Math.min(13, Math.max(10, g.rowHeight * 0.52));
  const middle = b.y + (two ? b.h * 0.32 : b.h / 2) + 0.5, left = b.x + foldWidth;
  let right = b.x + b.w - 10;
  if (s.branch(b.row)) chevron(c, b.x + 13, two ? middle : middle, s.folded[b.row] === 1, p.quiet);
  c.textBaseline = "middle";
  const pile = s.piled(b.row);
  if (pile || s.unpiled(b.row)) right = badge(c, s, b, right, pile ? "Open" : "Close");
  else if (s.folded[b.row] && s.branch(b.row)) right = badge(c, s, b, right, "+" + (s.data.size[b.row]! - 1).toLocaleString("en"));
  c.font = `600 ${size}px ${sans}`;
  const name = cut(c, s.name(b.row), (right - left) * 0.7), wide = c.measureText(name).width;
  if (s.hit(b.row)) mark(c, s, left, middle, wide, size);
  c.fillStyle = p.ink;
  c.fillText(name, left, middle);
  c.font = `${size - 1}px ${sans}`;
  c.fillStyle = p.quiet;
  let x = left + wide + 10;
  const line = names.text(s.data, "CommandLine", b.row, 600) ?? "\u2026";
  const pid = pile ? s.folds.words(b.row, line !== "") : names.pid(s.data, b.row);
  if (pid) { const t = cut(c, pid, right - x); c.fillText(t, x, middle); x += c.measureText(t).width + 14; }
  if (two) note(c, s, b, x, right, middle);
  c.font = `${two ? 11.5 : size - 1.5}px ${mono}`;
  c.fillStyle = p.quiet;
  if (two) c.fillText(cut(c, line, right - left), left, b.y + b.h * 0.72);
  else if (right - x > 30) c.fillText(cut(c, line, right - x), x, middle);
}

/** note is the quiet word at the right: the user, or what is special. */
function note(c: CanvasRenderingContext2D, s: State, b: Box, x: number, right: number, middle: number) {
  const inferred = s.data.flag(b.row, Inferred), weak = s.data.flag(b.row, Weak);
  const word = inferred ? "not in the log" : weak ? "parent uncertain" : names.text(s.data, "User", b.row, 60) ?? "";
  c.font = `${inferred || weak ? "italic " : ""}11.5px ${sans}`;
  const wide = c.measureText(word).width;
  if (!word || wide > Math.min(220, right - x - 8)) return;
  c.fillStyle = s.paint.quiet;
  c.fillText(word, right - wide, middle);
}

function mark(c: CanvasRenderingContext2D, s: State, x: number, middle: number, wide: number, size: number) {
  c.fillStyle = s.paint.hit + (s.paint.dark ? "55" : "33");
  c.beginPath();
  c.roundRect(x - 4, middle - size * 0.72, wide + 8, size * 1.44, 4);
  c.fill();
}

function chevron(c: CanvasRenderingContext2D, x: number, y: number, folded: boolean, colour: string) {
  c.beginPath();
  if (folded) { c.moveTo(x - 2, y - 4); c.lineTo(x + 2.5, y); c.lineTo(x - 2, y + 4); }
  else { c.moveTo(x - 4, y - 2); c.lineTo(x, y + 2.5); c.lineTo(x + 4, y - 2); }
  c.lineWidth = 1.6;
  c.lineJoin = c.lineCap = "round";
  c.strokeStyle = colour;
  c.stroke();
}

/** badge is a word at the right; it returns what room is left of it. */
function badge(c: CanvasRenderingContext2D, s: State, b: Box, right: number, text: string): number {
  c.font = `600 11px ${sans}`;
  const wide = c.measureText(text).width + 14, y = b.y + b.h / 2;
  c.beginPath();
  c.roundRect(right - wide, y - 9, wide, 18, 9);
  c.fillStyle = s.paint.line;
  c.fill();
  c.fillStyle = s.paint.ink;
  c.fillText(text, right - wide + 7, y + 0.5);
  return right - wide - 8;
}
