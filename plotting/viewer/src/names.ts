// What a row is called.
import type { Data } from "./data";
import { printable } from "./printable";

/** text is a cell as it is shown; null when the column has not come yet. */
export function text(d: Data, role: keyof Data["manifest"]["Roles"], row: number, limit?: number): string | null {
  const c = d.role(role);
  if (!c) return "";
  return c.ready ? printable(c.text(c.code(row)), limit) : null;
}

/** base is the last part of a path, of either kind of system. */
export function base(path: string): string {
  const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return at >= 0 && at < path.length - 1 ? path.slice(at + 1) : path;
}

export function name(d: Data, row: number): string {
  const c = d.role("Name");
  if (!c) return `row ${row}`;
  if (!c.ready) return "\u2026";
  return printable(base(c.text(c.code(row))), 260) || "(no name)";
}

/** pid shows hexadecimal ones in both ways, as the original plot does. */
export function pid(d: Data, row: number): string {
  const value = text(d, "PID", row, 40) ?? "\u2026";
  return /^0x[0-9a-f]{1,8}$/i.test(value) ? `${value} (${parseInt(value, 16)})` : value;
}
