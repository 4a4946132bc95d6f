// Rows as text: a tree, Go code, CSV.
import type { Data } from "./data";
import * as names from "./names";
import { printable } from "./printable";
import type { Query } from "./search/parse";
import { columnsOf } from "./search/match";

const mostRows = 100000;

/** textTree draws rows, ascending, as lines; rows whose parent is not among them are roots. */
export function textTree(d: Data, rows: ArrayLike<number>, name = (row: number) => names.name(d, row), above = (row: number) => d.parent[row]!): string {
  const n = Math.min(rows.length, mostRows), lines: string[] = [], has = new Map<number, number>();
  for (let i = 0; i < n; i++) has.set(rows[i]!, i);
  const up = Array.from({ length: n }, (_, i) => { for (let p = above(rows[i]!); p >= 0; p = above(p)) if (has.has(p)) return has.get(p)!; return -1; });
  const last = new Map<number, number>();
  up.forEach((p, i) => last.set(p, i));
  const bars: string[] = [];
  for (let i = 0; i < n; i++) {
    const p = up[i]!, end = last.get(p) === i, before = p < 0 ? "" : bars[p]!;
    bars[i] = p < 0 ? "" : before + (end ? "   " : "\u2502  ");
    const line = names.text(d, "CommandLine", rows[i]!, 300);
    lines.push(`${p < 0 ? "" : before + (end ? "\u2514\u2500 " : "\u251c\u2500 ")}${name(rows[i]!)}  ${names.pid(d, rows[i]!)}${line ? "  " + line : ""}`);
  }
  if (rows.length > n) lines.push(`\u2026 ${rows.length - n} more`);
  return lines.join("\n") + "\n";
}

/** csv writes rows with every column. A cell that a spreadsheet would take for a formula begins
 * with an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection). */
export function csv(d: Data, rows: ArrayLike<number>): string {
  const cell = (text: string) => {
    if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) text = "'" + text;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [d.columns.map((c) => cell(c.name)).join(",")];
  for (let i = 0; i < rows.length; i++) lines.push(d.columns.map((c) => cell(c.text(c.code(rows[i]!)))).join(","));
  return lines.join("\r\n") + "\r\n";
}

/** goString writes a text as a Go string literal. */
export function goString(text: string): string {
  return '"' + printable(text.replace(/["\\]/g, "\\$&"), Infinity) + '"';
}

/** goQuery writes a search as Go: it keeps the same rows. */
export function goQuery(d: Data, q: Query, source: string): string {
  return `${source}.Where(${predicate(d, q)})`;
}

function predicate(d: Data, q: Query): string {
  if (q.kind === "not") return `dataframe.Not(${predicate(d, q.of)})`;
  if (q.kind !== "term") return `dataframe.${q.kind === "and" ? "And" : "Or"}(${q.of.map((one) => predicate(d, one)).join(", ")})`;
  const columns = columnsOf(d, q.column).filter((c) => c.kind === "text" || q.column !== "");
  const of = columns.map((c) => {
    const op = { ">": "Gt", ">=": "Ge", "<": "Lt", "<=": "Le" }[q.op as string], number = c.kind === "int" || c.kind === "float";
    if (op) return `dataframe.${op}(${goString(c.name)}, ${number ? Number(q.value) : goString(q.value)})`;
    if (q.op === "=" && q.value === "") return `dataframe.IsNull(${goString(c.name)})`;
    if (c.kind !== "text") return `dataframe.Eq(${goString(c.name)}, ${number ? Number(q.value) : c.kind === "bool" ? q.value : goString(q.value)})`;
    const pattern = q.regex ? q.value : q.value.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
    return `dataframe.Matches(${goString(c.name)}, ${goString("(?i)" + (q.op === "=" ? `^${pattern}$` : pattern))})`;
  });
  return of.length === 1 ? of[0]! : `dataframe.Or(${of.join(", ")})`;
}
