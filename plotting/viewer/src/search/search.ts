// Searching the tree: what both search fields ask.
import type { Work } from "../breathe";
import { Cancelled } from "../breathe";
import type { Column, Data } from "../data";
import { columnsOf, match } from "./match";
import { type Query, parse } from "./parse";
import { Regexes } from "./worker";

export class Search {
  private readonly regexes = new Regexes();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly data: Data, private readonly want: (column: number) => void) {}

  /** find marks the rows that a query matches; null for an empty query. */
  async find(text: string, work: Work): Promise<Uint8Array | null> {
    const q = parse(text);
    if (!q) return null;
    await this.ready(used(this.data, q), work);
    return match(this.data, q, work, this.regexes);
  }

  /** ready waits for columns that have not come yet. */
  async ready(columns: Column[], work: Work): Promise<void> {
    while (columns.some((c) => !c.ready)) {
      for (const c of columns) if (!c.ready) this.want(this.data.columns.indexOf(c));
      await new Promise<void>((resolve) => this.waiting.add(resolve));
      if (work.cancelled) throw new Cancelled();
    }
  }

  /** loaded tells that a column has come. */
  loaded() {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  stop() { this.regexes.stop(); this.loaded(); }
}

function used(d: Data, q: Query): Column[] {
  if (q.kind === "not") return used(d, q.of);
  return q.kind === "term" ? columnsOf(d, q.column) : q.of.flatMap((one) => used(d, one));
}
