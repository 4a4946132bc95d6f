// Sorting by codes, which are in the order of their values.
import type { Column } from "./data";
import type { Work } from "./breathe";

const batch = 1 << 15;

/** sorted returns rows ordered by a column: stable, nulls last in either direction. */
export async function sorted(rows: Int32Array, c: Column, descending: boolean, work: Work): Promise<Int32Array> {
  const ends = new Int32Array(c.distinct + 3), most = c.distinct + 1;
  const key = (row: number) => { const code = c.code(row); return code === 0 ? most : descending ? most - code : code; };
  for (let i = 0; i < rows.length; i++) {
    if (i % batch === 0 && work.due()) await work.rest();
    ends[key(rows[i]!) + 1]!++;
  }
  for (let k = 1; k < ends.length; k++) ends[k]! += ends[k - 1]!;
  const out = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    if (i % batch === 0 && work.due()) await work.rest();
    out[ends[key(rows[i]!)]!++] = rows[i]!;
  }
  return out;
}
