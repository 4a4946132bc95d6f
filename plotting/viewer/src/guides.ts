// Lines from parents to children.
import { Weak } from "./data";
import type { Geometry } from "./geometry";
import type { State } from "./state";

/** paintGuides draws, for the rows in sight, an elbow to each and a line down from each parent to
 * its last child in sight. */
export function paintGuides(c: CanvasRenderingContext2D, s: State, g: Geometry, from: number, to: number, scroll: number) {
  if (g.detail === "bars" && g.rowHeight < 7) return;
  const d = s.data, solid = new Path2D(), dashed = new Path2D(), until = new Map<number, number>();
  const bottom = g.height + 20, half = (g.rowHeight - 4) / 2;
  for (let i = from; i < to; i++) {
    const row = s.rows[i]!, up = s.up(row);
    if (up < 0) continue;
    const x = trunk(g, s.level(up)), y = g.y(i, scroll) + half, left = g.x(s.level(row));
    until.set(up, y);
    if (left - x < 3) continue;
    const path = d.flag(row, Weak) ? dashed : solid;
    path.moveTo(x, y - Math.min(6, half));
    path.quadraticCurveTo(x, y, x + Math.min(6, left - x), y);
    path.lineTo(left, y);
  }
  beyond(s, from, to, until, bottom);
  for (const [up, y] of until) {
    const i = s.index(up), x = trunk(g, s.level(up));
    if (x < -2 || x > g.width) continue;
    const top = i < 0 ? -10 : g.y(i, scroll) + g.rowHeight - 4;
    solid.moveTo(x, Math.max(-10, top));
    solid.lineTo(x, Math.max(top, y - 6));
  }
  c.strokeStyle = s.paint.guide;
  c.lineWidth = 1;
  c.setLineDash([]);
  c.stroke(solid);
  c.setLineDash([3, 3]);
  c.strokeStyle = s.paint.faint;
  c.stroke(dashed);
  c.setLineDash([]);
}

function trunk(g: Geometry, depth: number): number { return Math.round(g.x(depth) + Math.min(13, g.step / 2 + 1)) + 0.5; }

/** beyond lets the line run on of each parent that has children under the window. */
function beyond(s: State, from: number, to: number, until: Map<number, number>, bottom: number) {
  const d = s.data;
  if (to >= s.rows.length || to <= from) return;
  if (s.below) {
    for (let up = s.rows[to - 1]!; up >= 0; up = s.up(up)) if (s.below[up]! > s.rows[to - 1]!) until.set(up, bottom);
    return;
  }
  const last = s.rows[to - 1]!, next = s.rows[to]!;
  if (d.parent[next] === last) until.set(last, bottom);
  for (let row = last; row >= 0; row = d.parent[row]!) {
    const up = d.parent[row]!;
    if (up >= 0 && row + d.size[row]! < up + d.size[up]! && next < up + d.size[up]!) until.set(up, bottom);
  }
}
